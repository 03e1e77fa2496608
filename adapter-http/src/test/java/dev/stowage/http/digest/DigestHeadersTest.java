package dev.stowage.http.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
                "unixsum=:AAAA:, sha-256=:" + SHA256 + ":"));

        assertThat(digests)
                .containsExactlyInAnyOrder(
                        new Checksum(ChecksumAlgorithm.MD5, MD5),
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256),
                        new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA=="),
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256),
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
            x-amz-content-sha256   | nonsense
            x-amz-content-sha256   | b94d27
            x-amz-checksum-algorithm | SHA256
            x-amz-checksum-crc64nvme | AAAAAA==
            """)
    void malformedDigests_areRefused_byName(String name, String value) {
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Digest                   | md4=:AAAA:
            Content-Digest                   | unixsum=:AAAA:, adler=:AAAA:
            Repr-Digest                      | unixcksum=:AAAA:
            Digest                           | SHA-256=uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=
            x-amz-checksum-xxhash64          | AAAAAAAAAAA=
            X-Amz-Checksum-Whatever          | AAAA
            x-amz-sdk-checksum-algorithm     | XXHASH3
            x-amz-content-sha256             | STREAMING-UNSIGNED-PAYLOAD-TRAILER
            x-amz-trailer                    | x-amz-checksum-crc32
            Trailer                          | Expires, Content-Digest
            Trailer                          | content-md5
            """)
    void whatCantBeChecked_isNotSupported(String name, String value) {
        assertThatThrownBy(() -> parse(Map.of(name, value))).isInstanceOf(NotSupported.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Want-Repr-Digest      | sha-256=1
            Want-Content-Digest   | sha-256=1
            x-amz-content-sha256  | UNSIGNED-PAYLOAD
            x-amz-checksum-type   | FULL_OBJECT
            x-amz-checksum-mode   | ENABLED
            Trailer               | Expires
            """)
    void whatIsNoDigest_isNoMatter(String name, String value) {
        assertThat(parse(Map.of(name, value))).isEmpty();
    }

    @Test
    void digestsOfAmazonsClients_areRead() {
        String hex = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

        assertThat(parse(Map.of(
                        "X-Amz-Content-SHA256", hex,
                        "x-amz-sdk-checksum-algorithm", "CRC64NVME",
                        "x-amz-checksum-crc64nvme", "AAAAAAAAAAA=")))
                .containsExactlyInAnyOrder(
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256),
                        new Checksum(ChecksumAlgorithm.CRC64NVME, "AAAAAAAAAAA="));
    }

    @Test
    void unknownAlgorithms_besideAKnownOne_areLeftOut() {
        assertThat(parse(Map.of("Content-Digest", "blake3=:AAAA:, sha-256=:" + SHA256 + ":")))
                .containsExactly(new Checksum(ChecksumAlgorithm.SHA256, SHA256));
    }

    @Test
    void digestsOfTheContent_areWithoutThatOfTheWholeFile() {
        DigestHeaders headers = headers(Map.of("Repr-Digest", "sha-256=:" + SHA256 + ":", "Content-MD5", MD5));

        assertThat(headers.ofContent()).containsExactly(new Checksum(ChecksumAlgorithm.MD5, MD5));
        assertThat(headers.ofRepresentation()).containsExactly(new Checksum(ChecksumAlgorithm.SHA256, SHA256));
        assertThatThrownBy(() -> headers.refuseRepresentation("")).isInstanceOf(NotSupported.class);
        assertThatThrownBy(() -> headers.refuseAll("")).isInstanceOf(NotSupported.class);
    }

    private static List<Checksum> parse(Map<String, String> headers) {
        return headers(headers).all();
    }

    private static DigestHeaders headers(Map<String, String> headers) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(headers);
        return new DigestHeaders(
                List.copyOf(fields.keySet()),
                name -> fields.containsKey(name) ? List.of(fields.getOrDefault(name, "")) : List.of());
    }
}
