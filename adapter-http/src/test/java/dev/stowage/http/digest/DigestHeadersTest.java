package dev.stowage.http.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestHeadersTest {

    private static final String MD5 = "XUFAKrxLKna5cZ2REBfFkg==";
    private static final String SHA256 = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";

    @Test
    void everyKindOfDigest_isRead() {
        List<Checksum> digests = parse(Map.of(
                "Content-MD5",
                MD5,
                "x-amz-checksum-sha256",
                SHA256,
                "x-amz-checksum-crc32",
                "AAAAAA==",
                "Content-Digest",
                "sha-256=:" + SHA256 + ":, md5=:" + MD5 + ":;note=\"a, b\"",
                "Repr-Digest",
                "unixsum=:AAAA:"));

        assertThat(digests)
                .containsExactlyInAnyOrder(
                        new Checksum(ChecksumAlgorithm.MD5, MD5),
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256),
                        new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA=="),
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256),
                        new Checksum(ChecksumAlgorithm.MD5, MD5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Content-MD5            | nonsense
            Content-MD5            | AAAA
            Content-MD5            | ``
            x-amz-checksum-sha256  | AAAA
            Content-Digest         | sha-256=AAAA
            Content-Digest         | sha-256=:AAAA:
            Content-Digest         | sha-256
            Content-Digest         | ``
            Content-Digest         | SHA-256=:AAAA:
            Content-Digest         | sha-256=:AAAA: sha-512=:AAAA:
            Content-Digest         | unixsum=:AAAA:,
            Repr-Digest            | sha-512=:!!:
            """)
    void malformedDigests_areRefused_byName(String name, String value) {
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", name));
    }

    private static List<Checksum> parse(Map<String, String> headers) {
        return DigestHeaders.parse(
                name -> headers.containsKey(name) ? List.of(headers.getOrDefault(name, "")) : List.of());
    }
}
