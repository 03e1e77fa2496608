package dev.stowage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HeaderTest {

    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e-10000");
    private static final ObjectAttributes ODD = new ObjectAttributes(
            new ContentType("text/plain; charset=utf-8"),
            new Metadata(
                    Map.of("note", " padded: caf\u00E9\u2028 ", "empty", "", "parts", "1*1", "content-type", "no")),
            new HeaderAttributes(Map.of(HeaderAttribute.CACHE_CONTROL, "max-age=60, a: b")));

    @Test
    void bytes_areParsedToTheSameHeader() {
        Header header = header(List.of(5L, 5L, 5L, 7L));

        assertThat(header.toBytes()).hasSize(header.length());
        assertThat(Header.parse(header.toBytes())).contains(header);
    }

    @Test
    void headerOfManyPartsOfDifferentSizes_isParsed() {
        Header header = header(LongStream.range(0, 10_000).boxed().toList());

        assertThat(Header.parse(header.toBytes())).contains(header);
    }

    @Test
    void unfinishedHeader_hasTheLengthOfTheFinalOne_andIsNotValid() {
        byte[] unfinished = Header.unfinished(ODD);

        assertThat(unfinished).hasSize(header(List.of()).length());
        assertThat(Header.parse(unfinished)).isEmpty();
    }

    @Test
    void otherFiles_areNotValid() {
        byte[] valid = header(List.of()).toBytes();
        byte[] withoutTag = valid.clone();
        Arrays.fill(withoutTag, 50, Header.FIXED - 1, (byte) ' ');

        for (byte[] other : List.of(
                new byte[0],
                "stowage/1 ".getBytes(StandardCharsets.US_ASCII),
                "stowage/1 x".repeat(100).getBytes(StandardCharsets.US_ASCII),
                withoutTag,
                Arrays.copyOf(valid, valid.length - 1))) {
            assertThat(Header.parse(other)).isEmpty();
        }
    }

    private static Header header(List<Long> parts) {
        return Header.of(Long.MAX_VALUE, Instant.ofEpochMilli(1_764_000_000_123L), "v".repeat(45), TAG, ODD, parts);
    }
}
