package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartSourceTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, PartSource.AHEAD - 1, PartSource.AHEAD, PartSource.AHEAD + 1, 300_000})
    void parts_together_areTheBody(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        PartSource source = source(bytes, List.of());
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        while (source.hasMore()) {
            byte[] part = source.next(70_000).readAllBytes();
            assertThat(part).isNotEmpty();
            read.writeBytes(part);
            assertThat(source.position()).isEqualTo(read.size());
        }

        assertThat(read.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void remaining_ofShortBody_canBeReadAgain() throws IOException {
        byte[] bytes = {1, 2, 3};
        PartSource source = source(bytes, List.of());

        assertThat(source.hasMore()).isTrue();
        assertThat(source.isNearEnd()).isTrue();
        Content rest = source.remaining();

        assertThat(rest.length()).hasValue(3);
        assertThat(rest.open().readAllBytes()).isEqualTo(bytes);
        assertThat(rest.open().readAllBytes()).isEqualTo(bytes);
        assertThat(source.hasMore()).isFalse();
    }

    @Test
    void hasMore_ofWrongBody_failsBeforeItsEnd() {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        PartSource source = source(new byte[10], List.of(Checksum.of(ChecksumAlgorithm.SHA256, hasher.finish())));

        assertThatThrownBy(source::hasMore).isInstanceOf(ChecksumMismatch.class);
    }

    private static PartSource source(byte[] bytes, List<Checksum> expected) {
        Content content = Content.once(new ByteArrayInputStream(bytes), OptionalLong.empty());
        return new PartSource(ContentStream.open(content, expected));
    }
}
