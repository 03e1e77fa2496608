package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading ranges. */
interface RangeContract extends StoreFixture {

    @ParameterizedTest
    @MethodSource("rangesOf100")
    default void read_ofRange_lendsExactlyThatRange(ByteRange range, long offset, long length) throws IOException {
        put(key("hundred"), Bodies.pattern(100, 9));

        store().read(key("hundred"), ReadOptions.of(range), (info, span, body) -> {
            assertThat(info.size()).isEqualTo(100);
            assertThat(span).isEqualTo(new ByteSpan(offset, length));
            Bodies.verify(body, offset, length, 9);
            return info;
        });
    }

    /** Returns ranges, and their bytes in an object of 100 bytes. */
    default Stream<Arguments> rangesOf100() {
        return Stream.of(
                Arguments.of(new ByteRange.Slice(0, 0), 0, 1),
                Arguments.of(new ByteRange.Slice(0, 99), 0, 100),
                Arguments.of(new ByteRange.Slice(10, 19), 10, 10),
                Arguments.of(new ByteRange.Slice(99, 99), 99, 1),
                Arguments.of(new ByteRange.Slice(90, 100), 90, 10),
                Arguments.of(new ByteRange.Slice(0, Long.MAX_VALUE), 0, 100),
                Arguments.of(new ByteRange.Slice(10, 1L << 31), 10, 90),
                Arguments.of(new ByteRange.Slice(10, (1L << 32) + 19), 10, 90),
                Arguments.of(new ByteRange.From(0), 0, 100),
                Arguments.of(new ByteRange.From(99), 99, 1),
                Arguments.of(new ByteRange.Suffix(1), 99, 1),
                Arguments.of(new ByteRange.Suffix(100), 0, 100),
                Arguments.of(new ByteRange.Suffix(101), 0, 100),
                Arguments.of(new ByteRange.Suffix((1L << 32) + 1), 0, 100),
                Arguments.of(new ByteRange.Suffix(Long.MAX_VALUE), 0, 100));
    }

    @Test
    default void read_ofRangeOutside_isNotSatisfiable() {
        put(key("hundred"), Bodies.pattern(100, 9));

        for (ByteRange range : List.of(
                new ByteRange.Slice(100, 100),
                new ByteRange.Slice(1000, Long.MAX_VALUE),
                new ByteRange.Slice((1L << 32) + 10, (1L << 32) + 19),
                new ByteRange.From(100),
                new ByteRange.From(1L << 31),
                new ByteRange.From((1L << 32) + 10),
                new ByteRange.From(Long.MAX_VALUE),
                new ByteRange.Suffix(0))) {
            assertNotSatisfiable("hundred", range, 100);
        }
    }

    @Test
    default void read_ofAnyRangeOfEmptyObject_isNotSatisfiable() {
        put(key("empty"), "");

        for (ByteRange range : List.of(
                new ByteRange.Slice(0, 0), new ByteRange.From(0), new ByteRange.Suffix(1), new ByteRange.Suffix(0))) {
            assertNotSatisfiable("empty", range, 0);
        }
    }

    @Test
    default void read_ofEmptyObject_lendsNoByte() throws IOException {
        put(key("empty"), "");

        store().read(key("empty"), ReadOptions.ALL, (info, span, body) -> {
            assertThat(span).isEqualTo(ByteSpan.whole(0));
            assertThat(body.read()).isEqualTo(-1);
            return info;
        });
    }

    @Test
    default void read_ofRangesAroundThresholds_lendsTheRightBytes() throws IOException {
        for (long threshold : thresholds()) {
            long size = threshold * 2 + 10;
            put(key("large"), Bodies.pattern(size, 10));
            for (long first : List.of(0L, threshold - 1, threshold, threshold + 1, size - 1)) {
                for (long last : List.of(first, Math.min(size - 1, first + 5), size - 1)) {
                    verifyRange(new ByteRange.Slice(first, last), first, last - first + 1);
                }
            }
            verifyRange(new ByteRange.Suffix(threshold + 5), size - threshold - 5, threshold + 5);
        }
    }

    private void verifyRange(ByteRange range, long offset, long length) throws IOException {
        store().read(key("large"), ReadOptions.of(range), (info, span, body) -> {
            assertThat(span).isEqualTo(new ByteSpan(offset, length));
            Bodies.verify(body, offset, length, 10);
            return info;
        });
    }

    private void assertNotSatisfiable(String name, ByteRange range, long size) {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() ->
                        store().read(key(name), ReadOptions.of(range), (info, span, body) -> calls.incrementAndGet()))
                .isInstanceOfSatisfying(
                        RangeNotSatisfiable.class,
                        error -> assertThat(error.size()).isEqualTo(size));
        assertThat(calls).hasValue(0);
    }
}
