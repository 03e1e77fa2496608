package dev.stowage.s3api.body;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.error.S3ErrorMapper;
import dev.stowage.s3api.request.HeaderLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SentBodyTest {

    /** The SHA-256 and the MD5 of {@code hello}. */
    private static final String SHA256_HEX = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final String SHA256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    private static final String MD5 = "XUFAKrxLKna5cZ2REBfFkg==";

    @Test
    void payloadHash_andEqualChecksum_areOneDigest() {
        SentBody body = body(
                "Content-Length: 5",
                "x-amz-content-sha256: " + SHA256_HEX,
                "x-amz-checksum-sha256: " + SHA256,
                "Content-MD5: " + MD5);

        assertThat(body.expected())
                .containsExactly(
                        new Checksum(ChecksumAlgorithm.SHA256, SHA256), new Checksum(ChecksumAlgorithm.MD5, MD5));
        assertThat(body.checksum()).contains(new Checksum(ChecksumAlgorithm.SHA256, SHA256));
        assertThat(body.read(Content::length)).hasValue(5);
    }

    @Test
    void unsignedBody_hasNoDigests() {
        assertThat(body("Content-Length: 5", "x-amz-content-sha256: UNSIGNED-PAYLOAD")
                        .expected())
                .isEmpty();
        assertThat(body("Content-Length: 5").expected()).isEmpty();
    }

    @Test
    void checksumInATrailer_isThatOfTheResponse() {
        SentBody body = body(
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "Content-Length: 100",
                "x-amz-decoded-content-length: 5",
                "x-amz-sdk-checksum-algorithm: SHA256",
                "x-amz-trailer: x-amz-checksum-sha256");

        assertThat(body.expected()).isEmpty();
        assertThat(body.checksum()).isEmpty();
        assertThat(read(body)).isEqualTo("hello");
        assertThat(body.checksum()).contains(new Checksum(ChecksumAlgorithm.SHA256, SHA256));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-amz-checksum-crc32: AAAAAA==, x-amz-checksum-sha1: AAAA | InvalidRequest",
                "x-amz-checksum-crc99: AAAAAA== | InvalidRequest",
                "x-amz-checksum-crc32: bad | BadDigest",
                "x-amz-checksum-crc32: AAAA | BadDigest",
                "x-amz-sdk-checksum-algorithm: CRC32 | InvalidRequest",
                "x-amz-sdk-checksum-algorithm: CRC32C, x-amz-checksum-crc32: AAAAAA== | InvalidRequest",
                "x-amz-trailer: x-amz-checksum-crc32 | InvalidRequest",
                "Content-MD5: short | InvalidDigest",
                "Content-MD5: | InvalidDigest",
                "x-amz-content-sha256: abc | InvalidArgument",
                "x-amz-content-sha256: STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD | NotImplemented",
                "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD | MissingContentLength",
                "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD, x-amz-decoded-content-length: -1 | InvalidArgument",
                "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD, x-amz-decoded-content-length: 5,"
                        + " x-amz-trailer: x-amz-checksum-crc32 | InvalidRequest",
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER, x-amz-decoded-content-length: 5,"
                        + " x-amz-trailer: x-amz-meta-a | InvalidRequest"
            })
    void headersThatAreNotValid_orContradictEachOther_areRefused(String headers, String code) {
        String[] lines = ("Content-Length: 5, " + headers).split(", *", -1);

        assertThatThrownBy(() -> body(lines))
                .isInstanceOfSatisfying(
                        S3ErrorException.class,
                        e -> assertThat(e.code().id()).as(e.message()).isEqualTo(code));
    }

    @Test
    void documentOfACompletion_hasNoChecksumOfItsOwn() {
        HeaderLines headers = new HeaderLines()
                .add("Content-Length", "5")
                .add("x-amz-content-sha256", SHA256_HEX)
                .add("x-amz-checksum-crc32", "AAAAAA==-2");

        assertThat(SentBody.ofDocument(headers, new ByteArrayInputStream(new byte[5]), Optional.empty())
                        .expected())
                .containsExactly(new Checksum(ChecksumAlgorithm.SHA256, SHA256));
    }

    @Test
    void bodyInTheTransferCodingChunked_hasNoLength() {
        assertThat(body("Transfer-Encoding: chunked").read(Content::length)).isEmpty();
    }

    @Test
    void missingLength_isRefused() {
        assertThatThrownBy(SentBodyTest::body)
                .isInstanceOfSatisfying(
                        S3ErrorException.class, e -> assertThat(e.code().id()).isEqualTo("MissingContentLength"));
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-content-sha256: HEX, XAmzContentSHA256Mismatch",
        "x-amz-checksum-sha256: BASE64, BadDigest",
        "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==, BadDigest"
    })
    void bytesWithoutTheDigestThatWasSent_areRefusedByTheNameOfItsHeader(String line, String code) {
        SentBody body = SentBody.of(
                headers("Content-Length: 5", line.replace("HEX", SHA256_HEX).replace("BASE64", SHA256)),
                new ByteArrayInputStream("other".getBytes(US_ASCII)),
                Optional.empty());

        assertThatThrownBy(() -> read(body))
                .satisfies(e -> assertThat(S3ErrorMapper.map(e).code().id()).isEqualTo(code));
    }

    private static String read(SentBody body) {
        return body.read(content -> {
            try (ContentStream stream = ContentStream.open(content, body.expected())) {
                return new String(stream.readAllBytes(), US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static HeaderLines headers(String... lines) {
        HeaderLines headers = new HeaderLines();
        for (String line : List.of(lines)) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static SentBody body(String... lines) {
        String chunks = "5\r\nhello\r\n0\r\nx-amz-checksum-sha256:" + SHA256 + "\r\n\r\n";
        return SentBody.of(headers(lines), new ByteArrayInputStream(chunks.getBytes(US_ASCII)), Optional.empty());
    }
}
