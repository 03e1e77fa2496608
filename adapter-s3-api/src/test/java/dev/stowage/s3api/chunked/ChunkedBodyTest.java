package dev.stowage.s3api.chunked;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.ContentStream;
import dev.stowage.s3api.auth.ChunkSigner;
import dev.stowage.s3api.auth.SigningKey;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.error.S3ErrorMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies in chunks, with the examples that AWS publishes: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">signed chunks</a> and <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">trailers</a>.
 */
final class ChunkedBodyTest {

    private static final int LENGTH = 66_560;
    private static final String SEED = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private static final String TRAILER_SEED = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
    private static final String FIRST = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    private static final String SECOND = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    private static final String LAST = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

    /** The first published example. */
    private static final String SIGNED =
            chunk("10000", FIRST, 65_536) + chunk("400", SECOND, 1024) + "0;chunk-signature=" + LAST + "\r\n\r\n";

    /** The second one, up to the trailers. */
    private static final String BEFORE_TRAILERS =
            chunk("10000", "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", 65_536)
                    + chunk("400", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7", 1024)
                    + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n";

    private static final String CHECKSUM = "x-amz-checksum-crc32c:sOO8/Q==";
    private static final String TRAILER_SIGNATURE =
            "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";

    private static final String WITH_TRAILERS = BEFORE_TRAILERS + CHECKSUM + "\r\n" + TRAILER_SIGNATURE + "\r\n\r\n";

    @Test
    void signedChunks_ofThePublishedExample_areDecoded() {
        assertThat(read(signed(SIGNED))).isEqualTo("a".repeat(LENGTH));
    }

    @Test
    void trailers_ofThePublishedExample_areVerified() {
        ChunkedBody body = withTrailers(WITH_TRAILERS);

        assertThat(read(body)).isEqualTo("a".repeat(LENGTH));
        assertThat(body.digests()).containsExactly(new Checksum(ChecksumAlgorithm.CRC32C, "sOO8/Q=="));
    }

    @Test
    void trailers_asMinioGoWritesThem_areVerified() {
        String body = BEFORE_TRAILERS + CHECKSUM + "\n\r\n" + TRAILER_SIGNATURE + "\r\n\r\n";

        assertThat(read(withTrailers(body))).hasSize(LENGTH);
    }

    @Test
    void unsignedChunks_areDecoded_andTheirTrailerVerified() {
        ChunkedBody body = unsigned("5\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:nXpOKg==\r\n\r\n", 6);

        assertThat(body.digests()).isEmpty();
        assertThatThrownBy(() -> read(body)).satisfies(e -> assertCode(e, S3ErrorCode.BAD_DIGEST));
        ChunkedBody right =
                unsigned("5\r\nhello\r\n1\r\n!\r\n0\r\nX-Amz-Checksum-Crc32: " + crc32("hello!") + "\r\n\r\n", 6);
        assertThat(read(right)).isEqualTo("hello!");
        assertThat(right.digests()).containsExactly(new Checksum(ChecksumAlgorithm.CRC32, crc32("hello!")));
    }

    @Test
    void emptyBody_isVerifiedWhenItIsOpened() {
        ChunkedBody body = unsigned("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 0);

        assertThat(read(body)).isEmpty();
        assertThat(body.digests()).hasSize(1);
        ChunkedBody wrong = unsigned("0\r\nx-amz-checksum-crc32:AAAAAQ==\r\n\r\n", 0);
        assertThatThrownBy(() -> read(wrong)).satisfies(e -> assertCode(e, S3ErrorCode.BAD_DIGEST));
    }

    @Test
    void withoutAuthentication_signaturesAreOnlyParsed() {
        ChunkedBody body = new ChunkedBody(
                stream(SIGNED.replace(FIRST, "0".repeat(64))),
                ChunkFraming.SIGNED,
                Optional.empty(),
                LENGTH,
                Optional.empty());

        assertThat(read(body)).hasSize(LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 65_536, 100_000})
    void anySizeOfReads_decodesTheSame(int size) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[size];
        try (InputStream in = signed(SIGNED).open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
            }
        }

        assertThat(all.toString(US_ASCII)).isEqualTo("a".repeat(LENGTH));
    }

    @Test
    void alteredBytes_areRefused() {
        for (int at : new int[] {100, 65_000, 66_000}) {
            assertThatThrownBy(() -> read(signed(altered(SIGNED, at))))
                    .as("byte %d", at)
                    .satisfies(e -> assertCode(e, S3ErrorCode.SIGNATURE_DOES_NOT_MATCH));
        }
    }

    @Test
    void chunksOfAnotherRequest_inAnotherOrder_orLeftOut_areRefused() {
        String first = chunk("10000", FIRST, 65_536);
        String second = chunk("400", SECOND, 1024);
        String last = "0;chunk-signature=" + LAST + "\r\n\r\n";

        for (ChunkedBody body : List.of(
                body(SIGNED, ChunkFraming.SIGNED, TRAILER_SEED, LENGTH, Optional.empty()),
                signed(second + first + last),
                body(first + last, ChunkFraming.SIGNED, SEED, 65_536, Optional.empty()),
                body(first + first + last, ChunkFraming.SIGNED, SEED, 131_072, Optional.empty()))) {
            assertThatThrownBy(() -> read(body)).satisfies(e -> assertCode(e, S3ErrorCode.SIGNATURE_DOES_NOT_MATCH));
        }
    }

    @Test
    void alteredTrailers_areRefused() {
        assertThatThrownBy(() -> read(withTrailers(WITH_TRAILERS.replace("sOO8", "sOO9"))))
                .satisfies(e -> assertCode(e, S3ErrorCode.SIGNATURE_DOES_NOT_MATCH));
        assertThatThrownBy(() -> read(withTrailers(WITH_TRAILERS.replace("d81f", "d81e"))))
                .satisfies(e -> assertCode(e, S3ErrorCode.SIGNATURE_DOES_NOT_MATCH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-amz-trailer-signature:d81f | no checksum",
                "x-amz-checksum-crc32c:sOO8/Q== | no signature",
                "x-amz-checksum-crc32:sOO8/Q== | another algorithm",
                "nonsense | no colon",
                "'' | nothing"
            })
    void trailersOtherThanTheAnnouncedOnes_areRefused(String trailers, String what) {
        String lines = trailers.isEmpty() ? "" : trailers + "\r\n";

        assertThatThrownBy(() -> read(withTrailers(BEFORE_TRAILERS + lines + "\r\n\r\n")))
                .as(what)
                .satisfies(e -> assertCode(e, S3ErrorCode.MALFORMED_TRAILER));
    }

    @ParameterizedTest
    @CsvSource({"66559, longer", "66561, shorter", "0, longer", "1000000000000000000, shorter"})
    void anotherLengthThanDeclared_isRefused(long declared, String how) {
        assertThatThrownBy(() -> read(body(SIGNED, ChunkFraming.SIGNED, SEED, declared, Optional.empty())))
                .as(how)
                .satisfies(e -> assertCode(e, S3ErrorCode.INCOMPLETE_BODY));
    }

    @Test
    void bodyThatEndsEarly_isRefused_whereverItEnds() {
        for (int end : new int[] {0, 1, 60, 86, 87, 1000, 65_623, 65_624, 65_625, SIGNED.length() - 1}) {
            assertThatThrownBy(() -> read(signed(SIGNED.substring(0, end))))
                    .as("%d bytes", end)
                    .satisfies(e -> assertCode(e, S3ErrorCode.INCOMPLETE_BODY));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5;chunk-signature=x\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\rhello\r\n0\r\n\r\n",
                "5\r\nhelloo\r\n0\r\n\r\n",
                "5\u0000\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\r\nmore"
            })
    void malformedFraming_isRefused(String body) {
        assertThatThrownBy(() -> read(new ChunkedBody(
                        stream(body), ChunkFraming.UNSIGNED_WITH_TRAILERS, Optional.empty(), 5, Optional.empty())))
                .satisfies(e -> assertCode(e, S3ErrorCode.INVALID_REQUEST));
    }

    @ParameterizedTest
    @EnumSource(ChunkFraming.class)
    void endlessLine_isRefused_withoutBeingHeld(ChunkFraming framing) {
        Endless source = new Endless();

        Throwable failure = catchThrowable(() -> ContentStream.open(
                        new ChunkedBody(source, framing, Optional.empty(), 5, Optional.empty()), List.of())
                .read(new byte[1], 0, 1));

        assertCode(failure, S3ErrorCode.INVALID_REQUEST);
        assertThat(source.read).isLessThan(20_000);
    }

    @Test
    void smallSignedChunks_areRefused_beforeTheyCostMuch() {
        String small = chunk("400", FIRST, 1024);

        assertThatThrownBy(() -> read(new ChunkedBody(
                        stream(small.repeat(3)), ChunkFraming.SIGNED, Optional.empty(), 3072, Optional.empty())))
                .satisfies(e -> assertCode(e, S3ErrorCode.INVALID_CHUNK_SIZE));
    }

    @Test
    void wrongBody_neverYieldsItsLastByte() throws IOException {
        ContentStream stream = ContentStream.open(withTrailers(WITH_TRAILERS.replace("d81f", "d81e")), List.of());
        long read = 0;
        try (stream) {
            byte[] buffer = new byte[1000];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                read += count;
            }
        } catch (BrokenContent expected) {
            assertThat(read).isLessThan(LENGTH);
            return;
        }
        throw new AssertionError("the body was accepted");
    }

    private static String chunk(String size, String signature, int length) {
        return size + ";chunk-signature=" + signature + "\r\n" + "a".repeat(length) + "\r\n";
    }

    private static String altered(String body, int at) {
        return body.substring(0, at) + 'b' + body.substring(at + 1);
    }

    private static ChunkedBody signed(String body) {
        return body(body, ChunkFraming.SIGNED, SEED, LENGTH, Optional.empty());
    }

    private static ChunkedBody withTrailers(String body) {
        return body(
                body, ChunkFraming.SIGNED_WITH_TRAILERS, TRAILER_SEED, LENGTH, Optional.of(ChecksumAlgorithm.CRC32C));
    }

    private static ChunkedBody unsigned(String body, long length) {
        return new ChunkedBody(
                stream(body),
                ChunkFraming.UNSIGNED_WITH_TRAILERS,
                Optional.empty(),
                length,
                Optional.of(ChecksumAlgorithm.CRC32));
    }

    private static ChunkedBody body(
            String body, ChunkFraming framing, String seed, long length, Optional<ChecksumAlgorithm> trailing) {
        return new ChunkedBody(stream(body), framing, Optional.of(signer(seed)), length, trailing);
    }

    /** The credentials and the time of the published examples. */
    private static ChunkSigner signer(String seed) {
        Secret secret = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        SigningKey key = SigningKey.of(secret, "20130524", "us-east-1");
        return new ChunkSigner(key, "20130524T000000Z", "20130524/us-east-1/s3/aws4_request", seed);
    }

    private static String crc32(String text) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.CRC32.newHasher();
        hasher.update(text.getBytes(US_ASCII), 0, text.length());
        return Checksum.of(ChecksumAlgorithm.CRC32, hasher.finish()).base64();
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(US_ASCII));
    }

    /** Reads a body as a store does. */
    private static String read(ChunkedBody body) {
        try (ContentStream stream = ContentStream.open(body, List.of())) {
            return new String(stream.readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertCode(Throwable failure, S3ErrorCode code) {
        assertThat(failure).isInstanceOf(BrokenContent.class);
        S3ErrorException error = S3ErrorMapper.map(failure);
        assertThat(error.code()).as(error.message()).isEqualTo(code);
    }

    /** Digits without end. */
    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return '1';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) '1');
            read += length;
            return length;
        }
    }
}
