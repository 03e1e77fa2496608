package dev.stowage.s3api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.object.ContentStream;
import dev.stowage.s3api.auth.ChunkSigner;
import dev.stowage.s3api.auth.SignatureVerifier;
import dev.stowage.s3api.auth.SigningKey;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorMapper;
import dev.stowage.s3api.form.PostPolicy;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.RequestHead;
import dev.stowage.s3api.xml.XmlInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutations of valid input must be read or refused, and never be a fault of the service, which clients would see as a 500. */
class InputFuzzTest {

    private static final int ROUNDS = 3000;

    /** What breaks parsers. */
    private static final List<String> PIECES = List.of(
            "",
            "\0",
            "\r\n",
            "\n",
            "%",
            "%ff",
            "%00",
            "=",
            "&",
            "/",
            "//",
            "..",
            ";",
            ",",
            "\"",
            "<",
            ">",
            "&#0;",
            "&lt;",
            "-1",
            "0",
            "99999999999999999999",
            "ffffffffffffffff",
            "NaN",
            "é",
            "\u00ff",
            "\ud800",
            "[",
            "{",
            "]",
            "}",
            "$",
            "<!DOCTYPE a>",
            "<![CDATA[",
            "x".repeat(300));

    private final Random random = new Random(20261127);

    @FunctionalInterface
    private interface Reader {
        void read(String input) throws IOException;
    }

    @Test
    void signatures() {
        SignatureVerifier verifier = new SignatureVerifier(
                Optional.of((id, signedWith) ->
                        signedWith.test(new Secret("secret")) ? Optional.of(Principal.ANYONE) : Optional.empty()),
                event -> {},
                () -> Instant.parse("2026-11-27T10:00:00Z"));
        fuzz(
                "GET /bucket/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=abcdefghij23%2F20261127%2Fus-east-1%2Fs3"
                        + "%2Faws4_request&X-Amz-Date=20261127T100000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature="
                        + "0".repeat(64) + "\nHost: h",
                text -> verifier.authenticate(head(text)));
        fuzz(
                "PUT /bucket/a\nHost: h\nx-amz-date: 20261127T100000Z\nx-amz-content-sha256: UNSIGNED-PAYLOAD\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=abcdefghij23/20261127/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" + "0".repeat(64),
                text -> verifier.authenticate(head(text)));
        fuzz(
                "policy=e30=\nx-amz-algorithm=AWS4-HMAC-SHA256\nx-amz-credential=abcdefghij23/20261127/r/s3/aws4_request\n"
                        + "x-amz-date=20261127T100000Z\nx-amz-signature=00\nawsaccesskeyid=abcdefghij23\nsignature=AAAA",
                text -> verifier.authenticateForm(head("POST /b\nHost: h"), fields(text)));
    }

    @Test
    void headersAndChunksOfBodies() {
        ChunkSigner signer = new ChunkSigner(
                SigningKey.of(new Secret("secret"), "20261127", "us-east-1"),
                "20261127T100000Z",
                "scope",
                "0".repeat(64));
        String signed =
                "5;chunk-signature=" + "0".repeat(64) + "\r\nhello\r\n0;chunk-signature=" + "0".repeat(64) + "\r\n\r\n";
        fuzz(
                "PUT /b/k\nContent-Length: 200\nx-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n"
                        + "x-amz-decoded-content-length: 5\nContent-MD5: XUFAKrxLKna5cZ2REBfFkg==",
                text -> read(head(text).headers(), signed, Optional.of(signer)));
        HeaderLines unsigned = head("PUT /b/k\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\n"
                        + "x-amz-decoded-content-length: 5\nx-amz-trailer: x-amz-checksum-crc32")
                .headers();
        fuzz(
                "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
                text -> read(unsigned, text, Optional.empty()));
        HeaderLines chunks = head("PUT /b/k\nx-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n"
                        + "x-amz-decoded-content-length: 5")
                .headers();
        fuzz(signed, text -> read(chunks, text, Optional.of(signer)));
    }

    @Test
    void documentsAndPolicies() {
        fuzz(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a&amp;b"
                        + "</Key></Object><!-- c --><Quiet>true</Quiet><?pi a?></Delete>",
                text -> XmlInput.read(
                        new ByteArrayInputStream(text.getBytes(ISO_8859_1)),
                        10_000,
                        "Delete",
                        "…",
                        input -> input.children(name -> {
                            if (name.equals("Object")) {
                                input.children(field -> input.text());
                            }
                        })));
        fuzz(
                "{\"expiration\":\"2026-11-27T12:00:00Z\",\"conditions\":[{\"bucket\":\"b\"},[\"starts-with\",\"$key\",\"u\"],"
                        + "[\"content-length-range\",1,10]]}",
                text -> PostPolicy.parse(Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1))));
        fuzz("eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yN1QxMjowMDowMFoiLCJjb25kaXRpb25zIjpbXX0=", PostPolicy::parse);
    }

    private void fuzz(String valid, Reader reader) {
        for (int round = 0; round < ROUNDS; round++) {
            String input = round == 0 ? valid : mutated(valid);
            try {
                reader.read(input);
            } catch (IOException refused) {
                // The body ends early, or is malformed.
            } catch (RuntimeException refused) {
                assertThat(S3ErrorMapper.map(refused).code())
                        .as("%s for %s", refused, input)
                        .isNotEqualTo(S3ErrorCode.INTERNAL_ERROR);
            }
        }
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int from = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), from + random.nextInt(random.nextInt(5) == 0 ? 40 : 4));
            String piece =
                    random.nextInt(3) == 0 ? mutated.substring(from, to) : PIECES.get(random.nextInt(PIECES.size()));
            mutated.replace(from, random.nextBoolean() ? to : from, piece);
        }
        return mutated.toString();
    }

    private static void read(HeaderLines headers, String body, Optional<ChunkSigner> signer) {
        SentBody sent = SentBody.of(headers, new ByteArrayInputStream(body.getBytes(ISO_8859_1)), signer);
        sent.read(content -> {
            try (ContentStream stream = ContentStream.open(content, sent.expected())) {
                return stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new IllegalStateException("the stream has exceptions of its own", e);
            }
        });
    }

    /** Parses a request line and header fields. */
    private static RequestHead head(String text) {
        String[] lines = text.split("\n", -1);
        String[] request = lines[0].split(" ", 2);
        String[] target = (request.length > 1 ? request[1] : "").split("\\?", 2);
        HeaderLines headers = new HeaderLines();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            headers.add(field[0], field.length > 1 ? field[1] : "");
        }
        return RequestHead.of(request[0], target[0], target.length > 1 ? target[1] : "", headers);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.split("=", 2);
            fields.put(field[0], field.length > 1 ? field[1] : "");
        }
        return fields;
    }
}
