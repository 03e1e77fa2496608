package dev.stowage.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32SumTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 5", "5, 0", "1, 1", "3, 100000", "100000, 3", "65531, 65536"})
    void sum_isTheChecksumOfBothPieces(int first, int second) {
        byte[] bytes = new byte[first + second];
        new Random(first + second).nextBytes(bytes);

        long sum = Crc32Sum.of(crc(bytes, 0, first), crc(bytes, first, second), second);

        assertThat(sum).isEqualTo(crc(bytes, 0, bytes.length));
    }

    private static long crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return crc.getValue();
    }
}
