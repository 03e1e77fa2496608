package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AuditLog;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.testkit.InMemoryStorage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that pages of other sites make a browser send to a service without authentication. */
class OtherSitesTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final String FORM = String.join(
            "\r\n",
            "--b",
            "Content-Disposition: form-data; name=\"key\"",
            "",
            "raw/p/a",
            "--b",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a\"",
            "",
            "x",
            "--b--",
            "");

    private final InMemoryStorage storage = new InMemoryStorage();
    private RunningService service = RunningService.over(storage, RequestAuthenticator.open(), Set.of(), Set.of());

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:9090",
                "localhost.",
                "app.localhost:1",
                "127.0.0.1",
                "127.1.2.3:80",
                "[::1]:9090"
            })
    void loopbackNames_areServed(String host) {
        assertThat(request("GET /api/v1/s3/list", host, "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /docs", host, "")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example", "evil.example:9090", "localhost.evil.example", "127.0.0.1.evil.example", "xlocalhost",
                "0.0.0.0", "10.0.0.1", "[::]", "[2001:db8::1]:9090", "128.0.0.1"
            })
    void otherNames_areRefused_onEveryPathButTheProbes(String host) {
        for (String line : List.of(
                "GET /api/v1/s3/list",
                "GET /docs",
                "GET /openapi.json",
                "GET /metrics",
                "GET /nothing",
                "GET /",
                "PUT /api/v1/s3/raw/p/a",
                "GET /api/v1/signed/raw/p/a",
                "HEAD /api/v1/s3/exists/raw/p/a",
                "OPTIONS /api/v1/tus")) {
            assertThat(request(line, host, "")).as(line).startsWith("HTTP/1.1 403 ");
        }
        assertThat(request("GET /api/v1/s3/list", host, ""))
                .contains("HTTP_ALLOWED_HOSTS")
                .contains("AccessDenied");
        assertThat(request("GET /healthz", host, "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /readyz", host, "")).startsWith("HTTP/1.1 200 ");
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void everyRoute_isRefusedUnderAForeignName_andEachChangeFromAForeignPage() {
        for (String route : RecordedRoutes.operations()) {
            String[] parts = route.split(" ", 2);
            String method = parts[0].toUpperCase(Locale.ROOT);
            String line = method + " " + parts[1].replace("{key}", "raw/p/a").replaceAll("\\{[^}]*}", "1");
            if (!Set.of("/healthz", "/readyz").contains(parts[1])) {
                assertThat(request(line, "evil.example", "")).as(line).startsWith("HTTP/1.1 403 ");
            }
            if (!Set.of("GET", "HEAD", "OPTIONS").contains(method)) {
                for (String field : List.of("Origin: https://evil.example", "Sec-Fetch-Site: cross-site")) {
                    assertThat(request(line, "localhost", field + "\r\nContent-Length: 0\r\n"))
                            .as(line + field)
                            .startsWith("HTTP/1.1 403 ");
                }
            }
        }
    }

    @Test
    void targetInAbsoluteForm_countsAsTheName_andSoDoesHost() {
        assertThat(request("GET http://evil.example/api/v1/s3/list", "localhost", ""))
                .startsWith("HTTP/1.1 403 ");
        assertThat(request("GET http://localhost/api/v1/s3/list", "evil.example", ""))
                .startsWith("HTTP/1.1 403 ");
        assertThat(request("GET http://localhost:9/api/v1/s3/list", "127.0.0.1", ""))
                .startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /api/v1/s3/list", "evil.example", "X-Forwarded-Host: localhost\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void namesInTheSetting_areServed() {
        restart(RequestAuthenticator.open(), Set.of(), Set.of("files.example", "2001:db8::1"));

        assertThat(request("GET /api/v1/s3/list", "Files.example:9090", "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /api/v1/s3/list", "[2001:db8::1]", "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /api/v1/s3/list", "localhost", "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /api/v1/s3/list", "evil.example", "")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void anyName_isServed_whereCallersAreAskedWhoTheyAre() {
        restart(RequestAuthenticator.guardedBy(List.of(), AuditLog.NONE), Set.of(), Set.of());

        assertThat(request("GET /docs", "files.example", "")).startsWith("HTTP/1.1 200 ");
        assertThat(request("GET /api/v1/s3/list", "files.example", "")).startsWith("HTTP/1.1 401 ");
        assertThat(request("DELETE /api/v1/s3/raw/p/a", "files.example", "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://evil.example   | -
            https://evil.example   | cross-site
            https://evil.example   | nonsense
            http://localhost:3000  | same-site
            http://localhost:3000  | -
            http://localhost       | -
            http://localhost:9090. | -
            localhost:9090         | -
            null                   | -
            null                   | cross-site
            -                      | cross-site
            -                      | same-site
            -                      | Cross-Site
            http://localhost:9090  | cross-site
            """)
    void changesFromAForeignOrigin_areRefused(String origin, String site) {
        for (String line : List.of(
                "PUT /api/v1/s3/raw/p/a",
                "POST /api/v1/s3/upload",
                "DELETE /api/v1/s3/raw/p/a",
                "POST /api/v1/tus",
                "POST /api/v1/jobs",
                "PATCH /api/v1/tus/1",
                "PUT /api/v1/signed/raw/p/a",
                "POST /nothing")) {
            assertThat(change(line, origin, site))
                    .as(line)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("CORS_ALLOWED_ORIGINS");
        }
        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(change("GET /api/v1/s3/list", origin, site)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                      | -
            -                      | same-origin
            -                      | none
            http://localhost:9090  | -
            http://localhost:9090  | same-origin
            HTTP://LOCALHOST:9090  | -
            https://files.example  | same-origin
            """)
    void changesFromTheServiceItself_andFromOtherClients_areTaken(String origin, String site) {
        assertThat(change("POST /api/v1/s3/upload", origin, site)).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void pageBehindAProxy_isOfTheServiceItself() {
        String origin = "Origin: https://files.example\r\n";

        assertThat(request("DELETE /api/v1/s3/raw/p/a", "localhost", origin + "X-Forwarded-Host: files.example\r\n"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(request(
                        "DELETE /api/v1/s3/raw/p/a", "localhost", origin + "X-Forwarded-Host: files.example:443\r\n"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(request("DELETE /api/v1/s3/raw/p/a", "localhost", origin + "X-Forwarded-Host: other.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void originsOfTheSetting_mayChange_andOthersMayNot() {
        restart(RequestAuthenticator.open(), Set.of("https://app.example"), Set.of());

        assertThat(change("POST /api/v1/s3/upload", "https://app.example", "cross-site"))
                .startsWith("HTTP/1.1 201 ");
        assertThat(change("POST /api/v1/s3/upload", "https://evil.example", "cross-site"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(change("POST /api/v1/s3/upload", null, "cross-site")).startsWith("HTTP/1.1 403 ");
    }

    private void restart(RequestAuthenticator authenticator, Set<String> corsOrigins, Set<String> allowedHosts) {
        service.close();
        service = RunningService.over(storage, authenticator, corsOrigins, allowedHosts);
    }

    private String change(String line, @Nullable String origin, @Nullable String site) {
        String fields = (origin == null ? "" : "Origin: " + origin + "\r\n")
                + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n");
        return line.startsWith("GET")
                ? request(line, "localhost:9090", fields)
                : send(
                        line,
                        "localhost:9090",
                        fields + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + FORM.length()
                                + "\r\n",
                        FORM);
    }

    private String request(String line, String host, String fields) {
        return send(line, host, fields, "");
    }

    private String send(String line, String host, String fields, String body) {
        return RawRequest.send(
                service.port(),
                line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + fields + "\r\n" + body);
    }
}
