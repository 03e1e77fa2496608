package dev.stowage.http.docs;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocsRoutesTest {

    private static final RunningService SERVICE = RunningService.over(new InMemoryStorage());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void openapi_isServed_andRevalidates() {
        HttpResponse<byte[]> answer = SERVICE.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("\"version\":\"1.2.3-test\"");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again =
                SERVICE.send(SERVICE.request("/openapi.json").header("If-None-Match", etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/redoc"})
    void page_loadsEverythingFromHere(String path) {
        HttpResponse<byte[]> page = SERVICE.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self';")
                .doesNotContain("http");
        List<String> links = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(text(page))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(links).hasSizeGreaterThan(3);
        for (String link : links) {
            URI target = SERVICE.uri(path).resolve(link);
            assertThat(target.getPort()).isEqualTo(SERVICE.port());
            HttpResponse<byte[]> asset = SERVICE.get(target.getPath() + "?" + target.getQuery());
            assertThat(asset.statusCode()).as(link).isEqualTo(200);
            assertThat(asset.body()).as(link).isNotEmpty();
            boolean versioned = link.contains("?v=");
            assertThat(asset.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"))
                    .isEqualTo(versioned);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/assets/nothing.js", "/docs/assets/..%2Fdocs.html", "/docs/assets/assets.properties"})
    void asset_thatIsNone_isNotFound(String path) {
        HttpResponse<byte[]> answer = SERVICE.get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer)).contains("\"error\":\"NotFound\"");
    }
}
