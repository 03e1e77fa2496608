package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.RangeNotSatisfiable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {

    @Test
    void slice_isCutAtTheEnd() {
        assertThat(new ByteRange.Slice(0, 0).resolve(1)).isEqualTo(new ByteSpan(0, 1));
        assertThat(new ByteRange.Slice(2, 4).resolve(10)).isEqualTo(new ByteSpan(2, 3));
        assertThat(new ByteRange.Slice(9, Long.MAX_VALUE).resolve(10)).isEqualTo(new ByteSpan(9, 1));
        assertThat(new ByteRange.Slice(0, Long.MAX_VALUE).resolve(Long.MAX_VALUE))
                .isEqualTo(new ByteSpan(0, Long.MAX_VALUE));
    }

    @Test
    void from_reachesToTheEnd() {
        assertThat(new ByteRange.From(0).resolve(10)).isEqualTo(ByteSpan.whole(10));
        assertThat(new ByteRange.From(9).resolve(10)).isEqualTo(new ByteSpan(9, 1));
    }

    @Test
    void suffix_longerThanTheObject_isTheWhole() {
        assertThat(new ByteRange.Suffix(3).resolve(10)).isEqualTo(new ByteSpan(7, 3));
        assertThat(new ByteRange.Suffix(10).resolve(10)).isEqualTo(ByteSpan.whole(10));
        assertThat(new ByteRange.Suffix(Long.MAX_VALUE).resolve(10)).isEqualTo(ByteSpan.whole(10));
    }

    @Test
    void range_withoutAnyByte_isNotSatisfiable() {
        for (ByteRange range : List.of(
                new ByteRange.Slice(10, 20),
                new ByteRange.From(10),
                new ByteRange.From(Long.MAX_VALUE),
                new ByteRange.Suffix(0))) {
            assertNotSatisfiable(range, 10);
        }
        for (ByteRange range : List.of(new ByteRange.Slice(0, 5), new ByteRange.From(0), new ByteRange.Suffix(5))) {
            assertNotSatisfiable(range, 0);
        }
    }

    @Test
    void invalidRange_isAnIllegalArgument() {
        assertThatThrownBy(() -> new ByteRange.Slice(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange.Slice(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange.From(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange.Suffix(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteSpan(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteSpan(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void span_hasALastByte() {
        assertThat(new ByteSpan(5, 3).last()).isEqualTo(7);
        assertThat(ByteSpan.whole(0).last()).isEqualTo(-1);
    }

    private static void assertNotSatisfiable(ByteRange range, long size) {
        assertThatThrownBy(() -> range.resolve(size))
                .isInstanceOfSatisfying(
                        RangeNotSatisfiable.class,
                        error -> assertThat(error.size()).isEqualTo(size));
    }
}
