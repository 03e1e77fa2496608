package dev.stowage.http.ops;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OpsRoutesTest {

    private static final ToggledStorage STORAGE = new ToggledStorage(new InMemoryStorage());
    private static final RunningService SERVICE = RunningService.over(STORAGE);

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void healthz_answers_withoutAskingTheStore() {
        int before = STORAGE.checks();
        HttpResponse<byte[]> answer = SERVICE.get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{\"status\":\"ok\"}");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(STORAGE.checks()).isEqualTo(before);
    }

    @Test
    void readyz_whenTheStoreDoesNotAnswer_isUnavailable_andSaysSo() {
        try (RunningService service = RunningService.over(ToggledStorage.down())) {
            HttpResponse<byte[]> answer = service.get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(text(answer))
                    .contains("\"error\":\"StorageUnavailable\"")
                    .contains("\"detail\":{\"storage\":\"The store does not respond\"}")
                    .contains("request_id")
                    .doesNotContain("internal");
        }
    }

    @Test
    void readyz_whenTheStoreAnswers_isReady() {
        assertThat(SERVICE.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void metrics_countRequests_byRouteAndNeverByKey() {
        SERVICE.get("/api/v1/s3/metadata/raw/secret-project/a");
        SERVICE.get("/nowhere/secret-project");
        SERVICE.send("POST", "/healthz");

        HttpResponse<byte[]> answer = SERVICE.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(answer))
                .contains(
                        "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"/api/v1/s3/metadata/<key>\"} 1")
                .contains("http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"none\"} 1")
                .contains("http_server_requests_seconds_count{method=\"POST\",status=\"405\",uri=\"none\"} 1")
                .contains("http_server_requests_seconds_bucket{")
                .contains("http_server_requests_active 1.0")
                .contains("http_server_request_body_bytes_total")
                .contains("http_server_response_body_bytes_total")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_threads_live_threads")
                .contains("process_cpu_usage")
                .contains("process_uptime_seconds")
                .doesNotContain("secret-project");
    }
}
