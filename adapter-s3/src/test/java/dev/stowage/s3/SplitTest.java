package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.PayloadTooLarge;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {

    private static final long CHUNK = 8L << 20;

    @Test
    void of_smallLength_usesTheChunk() {
        assertThat(Split.of(CHUNK * 10_000, CHUNK).partSize()).isEqualTo(CHUNK);
    }

    @ParameterizedTest
    @ValueSource(longs = {CHUNK * 10_000 + 1, 5L << 40, 48L << 40})
    void of_largeLength_growsToFit10000Parts(long length) {
        long size = Split.of(length, CHUNK).partSize();

        assertThat(size).isGreaterThan(CHUNK).isLessThanOrEqualTo(5L << 30);
        assertThat((length + size - 1) / size).isLessThanOrEqualTo(10_000);
    }

    @Test
    void of_moreThanTheLargestParts_isTooLarge() {
        assertThatThrownBy(() -> Split.of(50L << 40, CHUNK)).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void sizeAt_end_isTheRest() {
        Split split = Split.of(CHUNK + 5, CHUNK);

        assertThat(split.sizeAt(0)).isEqualTo(CHUNK);
        assertThat(split.sizeAt(CHUNK)).isEqualTo(5);
    }

    @Test
    void check_ofPart10001_isTooLarge() {
        Split split = new Split(CHUNK, OptionalLong.empty());
        split.check(10_000);

        assertThatThrownBy(() -> split.check(10_001)).isInstanceOf(PayloadTooLarge.class);
    }
}
