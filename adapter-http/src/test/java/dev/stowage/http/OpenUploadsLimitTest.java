package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.JobLimits;
import dev.stowage.core.link.Links;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.OwnerLimits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit of two open uploads, for all protocols together. */
class OpenUploadsLimitTest {

    private static final Limits LIMITS = new Limits(
            0,
            0,
            0,
            TransferLimit.NONE,
            0,
            Duration.ofSeconds(10),
            ConnectionLimit.NONE,
            new OwnerLimits(2, 1, 1, JobLimits.NONE, Links.Limits.DEFAULT, 1));

    private final RunningService service =
            RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), LIMITS);

    /** A way to create an upload. */
    private enum Way {
        MULTIPART,
        COMPANION,
        TUS,
        TUS_WITH_BYTES,
        TUS_PARTIAL,
        DRAFT,
        DRAFT_AT_ONCE
    }

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void upload_besideAsManyAsThereMayBe_is429_untilOneIsAborted(Way way) {
        String first = location(begin(Way.TUS));
        assertThat(begin(Way.MULTIPART).statusCode()).isEqualTo(201);

        HttpResponse<byte[]> refused = begin(way);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(RunningService.text(refused))
                .contains("\"error\":\"TooManyRequests\"")
                .contains("You have 2 open uploads")
                .contains("abort")
                .contains("/api/v1/s3/multipart/list")
                .contains("\"detail\":{\"max_open_uploads\":2}");
        assertThat(tus(service.request(first).DELETE()).statusCode()).isEqualTo(204);
        assertThat(begin(way).statusCode()).isIn(200, 201);
    }

    @Test
    void refusedUpload_leavesNothing_andOpenUploadsContinue() {
        String first = location(begin(Way.TUS));
        begin(Way.TUS_PARTIAL);
        begin(Way.TUS_WITH_BYTES);

        assertThat(RunningService.text(service.get("/api/v1/s3/multipart/list")))
                .containsOnlyOnce("\"upload_id\"");
        HttpRequest.Builder bytes = service.request(first)
                .header("Upload-Offset", "0")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofString("abc"));
        assertThat(tus(bytes).statusCode()).isEqualTo(204);
        assertThat(begin(Way.DRAFT).statusCode()).isEqualTo(201);
    }

    @Test
    void uploadsThatAreNoSessions_areNotCounted() {
        begin(Way.MULTIPART);
        begin(Way.MULTIPART);

        HttpRequest.Builder put = service.request("/api/v1/s3/raw/p/b").PUT(BodyPublishers.ofString("b"));
        assertThat(service.send(put).statusCode()).isEqualTo(201);
    }

    private HttpResponse<byte[]> begin(Way way) {
        return switch (way) {
            case MULTIPART -> service.postJson("/api/v1/s3/multipart/create", "{\"key\":\"raw/p/a\"}");
            case COMPANION ->
                service.postJson(
                        "/api/v1/companion/s3/multipart",
                        "{\"filename\":\"a\",\"type\":\"text/plain\",\"metadata\":{\"key\":\"raw/p/a\"}}");
            case TUS -> tus(named(create(BodyPublishers.noBody())));
            case TUS_WITH_BYTES ->
                tus(named(create(BodyPublishers.ofString("ab")))
                        .header("Content-Type", "application/offset+octet-stream"));
            case TUS_PARTIAL -> tus(create(BodyPublishers.noBody()).header("Upload-Concat", "partial"));
            case DRAFT -> draft(BodyPublishers.noBody(), "?0");
            case DRAFT_AT_ONCE -> draft(BodyPublishers.ofString("ab"), "?1");
        };
    }

    private HttpRequest.Builder create(HttpRequest.BodyPublisher body) {
        return service.request("/api/v1/tus").header("Upload-Length", "3").POST(body);
    }

    private static HttpRequest.Builder named(HttpRequest.Builder creation) {
        return creation.header("Upload-Metadata", "key cmF3L3AvYQ==");
    }

    private HttpResponse<byte[]> tus(HttpRequest.Builder request) {
        return service.send(request.header("Tus-Resumable", "1.0.0"));
    }

    private HttpResponse<byte[]> draft(HttpRequest.BodyPublisher body, String complete) {
        return service.send(service.request("/api/v1/resumable?key=raw/p/a")
                .header("Upload-Draft-Interop-Version", "8")
                .header("Upload-Complete", complete)
                .POST(body));
    }

    private static String location(HttpResponse<byte[]> created) {
        assertThat(created.statusCode()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }
}
