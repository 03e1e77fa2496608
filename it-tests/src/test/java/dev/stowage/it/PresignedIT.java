package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed URLs, used by a client without credentials. */
class PresignedIT extends ServiceSuite {

    @Test
    void upload_andDownload_needOnlyTheUrlAndItsHeaders() {
        JsonNode upload = sign("upload", Map.of("key", key("ü p.txt"), "content_type", "text/plain"));
        Reply put = use("PUT", upload, bytes(1000));
        JsonNode download = sign(
                "download",
                Map.of("key", key("ü p.txt"), "response_content_disposition", "attachment; filename=\"x.txt\""));
        Reply got = use("GET", download, new byte[0]);

        assertThat(upload.path("method").asText()).isEqualTo("PUT");
        assertThat(upload.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(upload.path("headers").path("Content-Type").asText()).isEqualTo("text/plain");
        assertThat(put.status()).as(put.text()).isBetween(200, 299);
        assertThat(put.header("ETag")).isNotEmpty();
        assertThat(got.body()).isEqualTo(bytes(1000));
        assertThat(got.header("Content-Disposition")).isEqualTo("attachment; filename=\"x.txt\"");
        assertThat(got.header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void download_thatIsRedirected_needsOnlyTheUrl() {
        api.store(key("r ü.bin"), bytes(1000));

        Reply redirect = api.get(Paths.DOWNLOAD + Api.encode(key("r ü.bin")) + "?redirect=true");
        Reply part = plain("GET", redirect.header("Location"), new byte[0], "Range", "bytes=10-19");

        assertThat(redirect.status()).as(redirect.text()).isEqualTo(307);
        assertThat(part.status()).as(part.text()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes(1000), 10, 20));
        assertThat(part.header("Content-Disposition"))
                .isEqualTo(api.get(Paths.DOWNLOAD + Api.encode(key("r ü.bin"))).header("Content-Disposition"));
    }

    @Test
    void anotherContentType_isRefused() {
        String url = sign("upload", Map.of("key", key("t.txt"), "content_type", "text/plain"))
                .path("url")
                .asText();

        assertThat(plain("PUT", url, bytes(10), "Content-Type", "text/html").status())
                .isEqualTo(403);
        assertThat(api.head(Paths.EXISTS + key("t.txt")).status()).isEqualTo(404);
    }

    @Test
    void anotherKeyOrMethod_isRefused() {
        api.store(key("one.txt"), bytes(1));
        api.store(key("two.txt"), bytes(2));
        String url = sign("download", Map.of("key", key("one.txt"))).path("url").asText();

        assertThat(plain("GET", url, new byte[0]).status()).isEqualTo(200);
        assertThat(plain("GET", url.replace("one.txt", "two.txt"), new byte[0]).status())
                .isEqualTo(403);
        assertThat(plain("PUT", url, bytes(3)).status()).isBetween(400, 499);
        assertThat(api.get(Paths.DOWNLOAD + key("one.txt")).body()).isEqualTo(bytes(1));
    }

    @Test
    void parts_areSentToTheStore_andCompletedByTheService() {
        String upload = api.post(Paths.MULTIPART + "create", Map.of("key", key("p.bin")))
                .json()
                .path("upload_id")
                .asText();
        Reply signed = api.post(
                Paths.MULTIPART + "presign-part", Map.of("key", key("p.bin"), "upload_id", upload, "part_number", 1));

        Reply put = use("PUT", signed.json(), bytes(2000));
        Reply completed = api.post(Paths.MULTIPART + "complete", Map.of("key", key("p.bin"), "upload_id", upload));

        assertThat(put.status()).as(put.text()).isBetween(200, 299);
        assertThat(put.header("ETag")).isNotEmpty();
        assertThat(completed.status()).as(completed.text()).isEqualTo(200);
        assertThat(api.get(Paths.DOWNLOAD + key("p.bin")).body()).isEqualTo(bytes(2000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 86_401})
    void expiry_outOfBounds_isRefused(int expiresIn) {
        Reply reply = api.post(Paths.PRESIGNED + "download", Map.of("key", key("x.txt"), "expires_in", expiresIn));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("InvalidExpiry");
    }

    @Test
    void upload_outsideTheLayout_isRefused() {
        assertThat(api.post(Paths.PRESIGNED + "upload", Map.of("key", "elsewhere/x.txt"))
                        .error())
                .isEqualTo("InvalidKey");
    }

    private JsonNode sign(String what, Map<String, ?> body) {
        Reply reply = api.post(Paths.PRESIGNED + what, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** Uses a signed URL with the headers that it requires. */
    private Reply use(String method, JsonNode signed, byte[] body) {
        List<String> headers = new ArrayList<>();
        signed.path("headers").properties().forEach(header -> {
            headers.add(header.getKey());
            headers.add(header.getValue().asText());
        });
        return plain(method, signed.path("url").asText(), body, headers.toArray(String[]::new));
    }

    private Reply plain(String method, String url, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.send(request.build());
    }
}
