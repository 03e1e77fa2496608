package dev.stowage.http.ietf;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Repr-Digest} of the whole file, which any request of an upload may have and which is verified when it completes. */
final class FileDigestTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final String SHA256 = digest("sha-256", ChecksumAlgorithm.SHA256, "hello world");
    private static final String SHA512 = digest("sha-512", ChecksumAlgorithm.SHA512, "hello world");
    private static final String WRONG = digest("sha-256", ChecksumAlgorithm.SHA256, "hello");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"'', 6", "hello, 6", "hello, 8"})
    void rightDigest_withTheCreation_isOfTheWholeFile(String first, String version) {
        for (String digest : new String[] {SHA256, SHA512, SHA256 + ", " + SHA512, "blake3=:AAAA:, " + SHA256}) {
            HttpResponse<byte[]> begun = create(version, first, "?0", digest);
            assertThat(begun.statusCode()).as(text(begun)).isEqualTo(201);
            HttpResponse<byte[]> last =
                    append(location(begun), "hello world".substring(first.length()), first.length(), null);
            assertThat(last.statusCode()).as(text(last)).isEqualTo(200);
            assertThat(storage.objects().stat(KEY)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello"})
    void wrongDigest_withTheCreation_isAMismatchAtTheEnd_andGivesTheUploadUp(String first) {
        HttpResponse<byte[]> begun = create("8", first, "?0", WRONG);
        assertThat(begun.statusCode()).isEqualTo(201);

        HttpResponse<byte[]> last =
                append(location(begun), "hello world".substring(first.length()), first.length(), null);

        assertThat(last.statusCode()).isEqualTo(400);
        assertThat(text(last)).contains("ChecksumMismatch").contains("whole file");
        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(service.send("HEAD", location(begun)).statusCode()).isEqualTo(404);
    }

    @Test
    void digestWithTheLastBytes_isOfTheWholeFile() {
        String right = location(create("8", "hello", "?0", null));
        assertThat(append(right, " world", 5, SHA256).statusCode()).isEqualTo(200);

        String wrong = location(create("8", "hello", "?0", null));
        assertThat(append(wrong, " world", 5, digest("sha-256", ChecksumAlgorithm.SHA256, " world"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void digestInTheMiddle_isKept() {
        String url = location(create("6", "he", "?0", null));
        assertThat(service.send(patch(url, 2, "?0")
                                .header("Repr-Digest", WRONG)
                                .method("PATCH", BodyPublishers.ofString("llo")))
                        .statusCode())
                .isEqualTo(204);

        assertThat(append(url, " world", 5, null).statusCode()).isEqualTo(400);
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void allInOneRequest_isCompared() {
        assertThat(create("8", "hello world", "?1", WRONG).statusCode()).isEqualTo(400);
        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(create("8", "hello world", "?1", SHA256).statusCode()).isEqualTo(201);
    }

    @Test
    void digestThatCantBeComputedAnyMore_isNotSupported() {
        String url = location(create("8", "hello", "?0", null));

        assertThat(append(url, " world", 5, SHA512).statusCode()).isEqualTo(501);
        assertThat(create("8", "hello", "?0", "md5=:XUFAKrxLKna5cZ2REBfFkg==:").statusCode())
                .isEqualTo(501);
        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(append(url, " world", 5, SHA256).statusCode()).isEqualTo(200);
    }

    @Test
    void digestOfTheContent_isOfThatRequestAlone() {
        String url = location(create("8", "hello", "?0", SHA256));
        String own = digest("sha-256", ChecksumAlgorithm.SHA256, " world");

        assertThat(service.send(patch(url, 5, "?1")
                                .header("Content-Digest", WRONG)
                                .method("PATCH", BodyPublishers.ofString(" world")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.send(patch(url, 5, "?1")
                                .header("Content-Digest", own)
                                .method("PATCH", BodyPublishers.ofString(" world")))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<byte[]> create(String version, String body, String complete, @Nullable String digest) {
        HttpRequest.Builder request = service.request("/api/v1/resumable?key=" + KEY)
                .header("Upload-Draft-Interop-Version", version)
                .header("Upload-Complete", complete)
                .POST(BodyPublishers.ofString(body));
        Optional.ofNullable(digest).ifPresent(value -> request.header("Repr-Digest", value));
        return service.send(request);
    }

    private HttpResponse<byte[]> append(String url, String body, long offset, @Nullable String digest) {
        HttpRequest.Builder request = patch(url, offset, "?1").method("PATCH", BodyPublishers.ofString(body));
        Optional.ofNullable(digest).ifPresent(value -> request.header("Repr-Digest", value));
        return service.send(request);
    }

    private HttpRequest.Builder patch(String url, long offset, String complete) {
        return service.request(url)
                .header("Upload-Offset", Long.toString(offset))
                .header("Upload-Complete", complete)
                .header("Content-Type", "application/partial-upload");
    }

    private static String location(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String digest(String name, ChecksumAlgorithm algorithm, String text) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        return name + "=:" + Checksum.of(algorithm, hasher.finish()).base64() + ":";
    }
}
