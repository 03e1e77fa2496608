package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints for operators, and the documentation pages. */
class AroundIT extends ServiceSuite {

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/redoc"})
    void page_isServed(String path) {
        Reply reply = api.get(path);

        assertThat(reply.status()).as(path).isIn(200, 302);
    }

    @Test
    void metrics_countRequestsByRoute_withoutKeys() {
        api.store(key("counted.txt"), bytes(3));

        String metrics = api.get("/metrics").text();

        assertThat(metrics).contains("http_server_requests", "jvm_memory_used_bytes");
        assertThat(metrics).doesNotContain(project);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/redoc"})
    void apiPages_loadNothingFromAnotherHost(String path) {
        assertThat(api.get(path).text()).doesNotContainPattern("(src|href)=[\"'](https?:)?//");
    }

    @Test
    void openApi_describesThePathsOfTheContract() {
        assertThat(api.get("/openapi.json").json().path("openapi").asText()).startsWith("3.");
        assertThat(api.get("/openapi.json").json().path("paths").fieldNames())
                .toIterable()
                .contains(Paths.OBJECT + "upload", Paths.OBJECT + "list", Paths.MULTIPART + "complete");
    }
}
