package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ChecksumTest {

    /** The check values of the CRC catalog, and the digests of RFC 1321 and FIPS 180 test vectors, in base64. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, 123456789, y/Q5Jg==",
        "CRC32C, 123456789, 4waSgw==",
        "CRC64NVME, 123456789, rosUhgp5mIg=",
        "MD5, abc, kAFQmDzST7DWlj99KOF/cg==",
        "SHA1, abc, qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        "SHA256, abc, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "SHA512, abc, 3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
    })
    void hasher_computesTheKnownDigest(ChecksumAlgorithm algorithm, String text, String digest) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(bytes, 0, 1);
        hasher.update(bytes, 1, bytes.length - 1);

        assertThat(Checksum.of(algorithm, hasher.finish())).isEqualTo(new Checksum(algorithm, digest));
    }

    @ParameterizedTest
    @EnumSource
    void digest_ofAnotherLength_isRejected(ChecksumAlgorithm algorithm) {
        assertThat(Checksum.of(algorithm, new byte[algorithm.length()]).algorithm())
                .isEqualTo(algorithm);
        assertThatThrownBy(() -> Checksum.of(algorithm, new byte[algorithm.length() - 1]))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Checksum(algorithm, "")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void invalidBase64_isRejected() {
        for (String text : new String[] {"y/Q5J===", "y_Q5Jg==", "y/Q5Jg==\n", " y/Q5Jg==", "cbf43926"}) {
            assertThatThrownBy(() -> new Checksum(ChecksumAlgorithm.CRC32, text))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void digestWithoutPadding_isEqual() {
        assertThat(new Checksum(ChecksumAlgorithm.CRC32, "y/Q5Jg"))
                .isEqualTo(new Checksum(ChecksumAlgorithm.CRC32, "y/Q5Jg=="));
    }
}
