package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodiesTest {

    private static final int SIZE = 1000;
    private static final long SEED = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 13, 64, SIZE})
    void stream_readInPieces_hasEachByteAtItsOffset(int piece) throws IOException {
        try (InputStream body = Bodies.stream(SIZE, SEED)) {
            byte[] bytes = new byte[SIZE];
            int count = 0;
            while (count < SIZE) {
                count += body.read(bytes, count, Math.min(piece, SIZE - count));
            }

            assertThat(body.read(new byte[1])).isNegative();
            for (int i = 0; i < SIZE; i++) {
                assertThat(bytes[i]).as("byte %d", i).isEqualTo(Bodies.at(i, SEED));
            }
            assertThat(Bodies.bytes(SIZE, SEED)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 17})
    void verify_ofARange_comparesItWithTheBytesFromItsOffset(int offset) {
        byte[] range = Arrays.copyOfRange(Bodies.bytes(SIZE, SEED), offset, SIZE);

        assertThatCode(() -> Bodies.verify(new ByteArrayInputStream(range), offset, range.length, SEED))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 500, SIZE - 1})
    void verify_ofAWrongByte_failsThere(int wrong) {
        byte[] bytes = Bodies.bytes(SIZE, SEED);
        bytes[wrong]++;

        assertThatThrownBy(() -> Bodies.verify(new ByteArrayInputStream(bytes), 0, SIZE, SEED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the byte at " + wrong + " ");
    }

    @Test
    void verify_ofAnotherLength_fails() {
        byte[] bytes = Bodies.bytes(SIZE, SEED);

        assertThatThrownBy(() -> Bodies.verify(new ByteArrayInputStream(bytes), 0, SIZE - 1, SEED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> Bodies.verify(new ByteArrayInputStream(bytes), 0, SIZE + 1, SEED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ended after");
    }
}
