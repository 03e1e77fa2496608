package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BufferPoolTest {

    private static final int MIB = 1 << 20;

    private final BufferPool pool = new BufferPool(4 * MIB, Duration.ofMillis(50));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BufferPool.SEGMENT - 1, BufferPool.SEGMENT, BufferPool.SEGMENT + 1, 3 * MIB, 4 * MIB})
    void buffer_returnsItsMemory(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        for (int round = 0; round < 3; round++) {
            try (PartBuffer buffer = pool.take(Math.max(size, 1))) {
                buffer.fill(new ByteArrayInputStream(bytes));

                assertThat(buffer.size()).isEqualTo(size);
                assertThat(buffer.open().readAllBytes()).isEqualTo(bytes);
                assertThat(buffer.open().readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void tryTake_whenAllIsTaken_isEmpty() {
        PartBuffer first = pool.take(3 * MIB);

        assertThat(pool.tryTake(2 * MIB)).isEmpty();
        assertThat(pool.tryTake(MIB)).isPresent();
        first.close();
        assertThat(pool.tryTake(3 * MIB)).isPresent();
    }

    @Test
    void fill_takesTheNextPart_andTheRest() throws IOException {
        byte[] bytes = new byte[5 * MIB];
        new Random(1).nextBytes(bytes);
        try (ContentStream body = ContentStream.open(Content.of(bytes), List.of())) {
            PartSource source = new PartSource(body);
            for (int offset = 0; offset < bytes.length; offset += 2 * MIB) {
                assertThat(source.hasMore()).isTrue();
                try (PartBuffer part = pool.fill(source, 2 * MIB)) {
                    int end = Math.min(bytes.length, offset + 2 * MIB);
                    assertThat(part.open().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, offset, end));
                }
            }
            assertThat(source.hasMore()).isFalse();
        }
    }

    @Test
    void fill_ofABodyThatEndsEarly_returnsTheMemory() {
        Content broken = Content.once(InputStream.nullInputStream(), OptionalLong.of(1));
        try (ContentStream body = ContentStream.open(broken, List.of())) {
            assertThatThrownBy(() -> pool.fill(new PartSource(body), MIB)).isInstanceOf(BrokenContent.class);
        }

        assertThat(pool.tryTake(4 * MIB)).isPresent();
    }

    @Test
    void tryTake_ofMoreThanTheCapacity_isEmpty() {
        assertThat(pool.tryTake(5 * MIB)).isEmpty();
        assertThat(pool.tryTake(5L << 30)).isEmpty();
    }

    @Test
    void take_whenNothingIsReturned_isUnavailable() {
        PartBuffer all = pool.take(4 * MIB);

        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(StorageUnavailable.class);

        all.close();
        assertThat(pool.tryTake(4 * MIB)).isPresent();
    }

    @Test
    void close_isIdempotent() {
        PartBuffer all = pool.take(4 * MIB);
        all.close();
        all.close();

        assertThat(pool.tryTake(4 * MIB)).isPresent();
        assertThat(pool.tryTake(1)).isEmpty();
    }

    @Test
    void take_onInterruptedThread_isUnavailableAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pool.take(1)).isInstanceOf(StorageUnavailable.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
