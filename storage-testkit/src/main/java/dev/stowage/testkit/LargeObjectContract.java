package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of more than 2 GiB: sizes and offsets that do not fit into 32 bits with a sign. Of their bytes, few are read. */
interface LargeObjectContract extends MultipartFixture {

    long TWO_GIB = 1L << 31;

    long LARGE = TWO_GIB + (1 << 20);

    /** The limit of a test in seconds. Client and server compute up to four digests of 2 GiB, which takes a busy machine over a minute. */
    int TIMEOUT_SECONDS = 300;

    @Test
    @Timeout(value = TIMEOUT_SECONDS, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    default void put_over2GiB_isReadAtAnyOffset() throws IOException {
        assumeHolds(LARGE);
        ObjectKey key = key("large");

        assertThat(put(key, Bodies.pattern(LARGE, 1)).size())
                .as("size that put returns")
                .isEqualTo(LARGE);

        assertSize(key);
        assertRange(key, new ByteRange.From(0), 0, LARGE, 1, 0);
        assertRange(key, new ByteRange.Slice(5, TWO_GIB + 5), 5, TWO_GIB + 1, 1, 5);
        assertRange(key, new ByteRange.Slice(TWO_GIB - 5, TWO_GIB + 4), TWO_GIB - 5, 10, 1, TWO_GIB - 5);
        assertRange(key, new ByteRange.From(LARGE - 1000), LARGE - 1000, 1000, 1, LARGE - 1000);
        assertRange(key, new ByteRange.Suffix(7), LARGE - 7, 7, 1, LARGE - 7);
        assertRange(key, new ByteRange.Suffix(TWO_GIB + 1), LARGE - TWO_GIB - 1, TWO_GIB + 1, 1, LARGE - TWO_GIB - 1);
    }

    @Test
    @Timeout(value = TIMEOUT_SECONDS, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    default void complete_over2GiB_isReadAtAnyOffset() throws IOException {
        assumeHolds(2 * LARGE);
        ObjectKey key = key("large");
        UploadId upload = create(key);
        long first = Long.highestOneBit(Math.min(TWO_GIB, uploads().limits().maxSize()));
        List<PartTag> parts = new ArrayList<>();
        for (int number = 1; number * first <= TWO_GIB; number++) {
            parts.add(putPart(key, upload, number, first));
        }
        int last = parts.size() + 1;
        parts.add(putPart(key, upload, last, LARGE - TWO_GIB));

        assertThat(uploads().listParts(key, upload, 1000, Optional.empty()).items())
                .as("sizes of the parts")
                .extracting(PartInfo::size)
                .endsWith(first, LARGE - TWO_GIB);
        assertThat(complete(key, upload, parts).size())
                .as("size that complete returns")
                .isEqualTo(LARGE);

        assertSize(key);
        assertRange(key, new ByteRange.Slice(TWO_GIB - 3, TWO_GIB - 1), TWO_GIB - 3, 3, last - 1, first - 3);
        assertRange(key, new ByteRange.From(TWO_GIB), TWO_GIB, LARGE - TWO_GIB, last, 0);
        assertRange(key, new ByteRange.Suffix(7), LARGE - 7, 7, last, LARGE - TWO_GIB - 7);
    }

    private void assumeHolds(long size) {
        assumeTrue(holds(size), () -> "holds(" + size + ") is false: objects of more than 2 GiB are not tested");
    }

    private void assertSize(ObjectKey key) {
        assertThat(store().stat(key).orElseThrow().size())
                .as("size that stat returns")
                .isEqualTo(LARGE);
        assertThat(store().list(ListQuery.of(prefix(""))).objects())
                .as("sizes in the list")
                .extracting(ObjectSummary::size)
                .containsExactly(LARGE);
    }

    /** Reads a range, of which at most the first 1000 bytes, which are those of a body with this seed from {@code origin} on. */
    private void assertRange(ObjectKey key, ByteRange range, long offset, long length, long seed, long origin)
            throws IOException {
        store().read(key, ReadOptions.of(range), (info, span, body) -> {
            assertThat(info.size()).as("size of the object that read returns").isEqualTo(LARGE);
            assertThat(span).as("bytes of %s", range).isEqualTo(new ByteSpan(offset, length));
            if (length <= 1000) {
                Bodies.verify(body, origin, length, seed);
            } else {
                Bodies.verifyNext(body, origin, 1000, seed);
            }
            return info;
        });
    }
}
