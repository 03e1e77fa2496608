package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links for everyone who has one. */
final class LinksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINKS = "/api/v1/links";
    private static final String CONTENT = "what is there";
    private static final String HTML = "text/html,*/*";

    private final List<AuditEvent> log = new CopyOnWriteArrayList<>();
    private final RunningService service = RunningService.guarded(new InMemoryStorage(), new TwoProjects(), log::add);

    @BeforeEach
    void store() {
        for (String name : List.of("a.txt", "in/b.txt", "in/<c>&.txt")) {
            assertThat(alice(new Attempt("PUT", "/api/v1/s3/raw/p1/" + encoded(name), "text/html", CONTENT))
                            .statusCode())
                    .isEqualTo(201);
        }
        log.clear();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void program_getsTheBytes_andAPersonAPage() throws IOException {
        String path = open("{'key': 'raw/p1/a.txt', 'expires_in': 86400}");

        HttpResponse<byte[]> bytes = get(path);
        HttpResponse<byte[]> page = get(path, "Accept", HTML);
        HttpResponse<byte[]> download = get(path + "?download=true", "Accept", HTML);
        HttpResponse<byte[]> connection = get(path, "Accept", HTML, "User-Agent", "Java/17.0.1");

        assertThat(RunningService.text(bytes)).isEqualTo(CONTENT);
        assertThat(header(bytes, "Content-Disposition")).isEqualTo("attachment; filename=\"a.txt\"");
        assertThat(header(bytes, "Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(header(bytes, "Cache-Control")).isEqualTo("no-store");
        assertThat(RunningService.text(download)).isEqualTo(CONTENT);
        assertThat(RunningService.text(connection)).isEqualTo(CONTENT);
        assertThat(RunningService.text(page)).contains("<h1>a.txt</h1>", "download=true", "1 December 2025, 12:00 UTC");
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("script");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void uses_areWhatSendsBytes() throws IOException {
        String path = open("{'key': 'raw/p1/a.txt', 'max_uses': 1}");
        assertThat(head(path).statusCode()).isEqualTo(200);
        assertThat(get(path, "Accept", HTML).statusCode()).isEqualTo(200);
        assertThat(get(path, "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(get(path, "If-Match", "\"x\"").statusCode()).isEqualTo(412);
        assertThat(get(path, "Range", "bytes=99-").statusCode()).isEqualTo(416);

        HttpResponse<byte[]> part = get(path, "Range", "bytes=5-");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get(path, "Range", "bytes=1-").statusCode()).isEqualTo(404);
        assertThat(head(path).statusCode()).isEqualTo(404);
    }

    @Test
    void linksThatDoNotWork_lookTheSame() throws IOException {
        String usedUp = open("{'key': 'raw/p1/a.txt', 'max_uses': 1}");
        assertThat(get(usedUp).statusCode()).isEqualTo(200);
        JsonNode revoked = create("{'key': 'raw/p1/a.txt', 'password': 'x'}");
        assertThat(alice(Attempt.of("DELETE", LINKS + "/" + revoked.path("id").asText()))
                        .statusCode())
                .isEqualTo(204);
        String never = "/s/k3x9m2q7ah4dk3x9m2q7ah4dk3x9m2q7";

        for (String accept : List.of("*/*", HTML)) {
            Map<String, List<String>> headers = null;
            String body = "";
            for (String path : List.of(never, usedUp, path(revoked))) {
                HttpResponse<byte[]> answer = get(path, "Accept", accept, "X-Request-Id", "same");
                assertThat(answer.statusCode()).isEqualTo(404);
                String text = RunningService.text(answer);
                body = body.isEmpty() ? text : body;
                assertThat(text).as(path).isEqualTo(body);
                headers = headers == null ? answer.headers().map() : headers;
                assertThat(answer.headers().map().keySet()).as(path).isEqualTo(headers.keySet());
            }
        }
    }

    @Test
    void folder_isAPage_aList_andAZip_withFilesBelowItOnly() throws IOException {
        String path = open("{'prefix': 'raw/p1/in/'}");

        String page = RunningService.text(get(path, "Accept", HTML));
        JsonNode list = JSON.readTree(get(path, "Accept", "application/json").body());
        HttpResponse<byte[]> zip = get(path);

        assertThat(page)
                .contains("&lt;c&gt;&amp;.txt", "/%3Cc%3E%26.txt", "zip=true")
                .doesNotContain("<c>");
        assertThat(list.at("/files/1/name").asText()).isEqualTo("b.txt");
        assertThat(zip.body()).startsWith('P', 'K');
        assertThat(header(zip, "Content-Disposition")).isEqualTo("attachment; filename=\"in.zip\"");
        assertThat(RunningService.text(get(path + "/b.txt"))).isEqualTo(CONTENT);
        assertThat(RunningService.text(get(path + "/%3Cc%3E%26.txt"))).isEqualTo(CONTENT);
        HttpResponse<byte[]> none = get(path + "/none");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(RunningService.text(none)).doesNotContain("raw/p1");
        assertThat(get(path + "/..%2Fa.txt").statusCode()).isIn(400, 404);
        assertThat(get(open("{'key': 'raw/p1/a.txt'}") + "/a.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void folder_isListedInPages() throws IOException {
        for (int i = 0; i < 201; i++) {
            alice(new Attempt("PUT", "/api/v1/s3/raw/p1/many/%03d".formatted(i), "text/plain", "x"));
        }
        String path = open("{'prefix': 'raw/p1/many/'}");

        JsonNode first = JSON.readTree(get(path, "Accept", "application/json").body());
        JsonNode second =
                JSON.readTree(get(path + "?after=" + first.path("next").asText(), "Accept", "application/json")
                        .body());

        assertThat(first.path("files")).hasSize(200);
        assertThat(second.at("/files/0/name").asText()).isEqualTo("200");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(RunningService.text(get(path, "Accept", HTML))).contains("after=199");
    }

    @Test
    void upload_withAnAttribute_isRefused() throws IOException {
        String path = open("{'prefix': 'raw/p1/in/', 'kind': 'upload'}") + "/new";

        for (String header : List.of("X-Meta-Author", "Content-Disposition", "Content-Language")) {
            HttpResponse<byte[]> answer =
                    service.send(request(path, header, "x").PUT(BodyPublishers.ofString("x")));
            assertThat(answer.statusCode()).as(header).isEqualTo(400);
            assertThat(RunningService.text(answer)).contains("can't have " + header);
        }
    }

    @Test
    void upload_neverReplaces_andStaysBelowThePrefix() throws IOException {
        String path = open("{'prefix': 'raw/p1/in/', 'kind': 'upload', 'max_size': 5, 'max_uses': 2}");

        assertThat(put(path + "/b.txt", "other").statusCode()).isEqualTo(409);
        HttpResponse<byte[]> large = put(path + "/new", "123456");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(RunningService.text(large))
                .contains("The file has more than the 5 bytes that can be sent to this link");
        assertThat(put(path + "/..%2Fx", "x").statusCode()).isEqualTo(400);
        assertThat(put(path + "//x", "x").statusCode()).isEqualTo(400);
        assertThat(put(path, "x").statusCode()).isEqualTo(400);
        assertThat(RunningService.text(put(path + "/new?expires_in=60", "x"))).contains("can't have expires_in");
        assertThat(put(path + "/sub/new", "12345").statusCode()).isEqualTo(201);
        assertThat(put(path + "/newer", "1").statusCode()).isEqualTo(201);
        assertThat(put(path + "/third", "1").statusCode()).isEqualTo(404);

        assertThat(RunningService.text(alice(Attempt.of("GET", "/api/v1/s3/download/raw/p1/in/b.txt"))))
                .isEqualTo(CONTENT);
        assertThat(alice(Attempt.of("HEAD", "/api/v1/s3/exists/raw/p1/in/sub/new"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(open("{'prefix': 'raw/p1/in/'}") + "/x", "x").statusCode())
                .isEqualTo(405);
    }

    @Test
    void form_storesSeveralFiles_upToTheFirstThatFails() throws IOException {
        String path = open("{'prefix': 'raw/p1/in/', 'kind': 'upload'}");

        HttpResponse<byte[]> stored = form(path, "*/*", "C:\\one", "e\u0301");
        HttpResponse<byte[]> page = form(path, HTML, "<two>");
        HttpResponse<byte[]> failed = form(path, "*/*", "three", "one", "four");

        assertThat(stored.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(stored.body()).at("/files/1/name").asText()).isEqualTo("\u00e9");
        assertThat(RunningService.text(page)).contains("&lt;two&gt;");
        assertThat(failed.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(failed.body()).at("/detail/stored/0").asText()).isEqualTo("three");
        JsonNode list = JSON.readTree(
                alice(Attempt.of("GET", "/api/v1/s3/list?prefix=raw/p1/in/")).body());
        assertThat(list.path("files").findValuesAsText("key"))
                .containsExactlyInAnyOrder(
                        "raw/p1/in/<c>&.txt",
                        "raw/p1/in/b.txt",
                        "raw/p1/in/one",
                        "raw/p1/in/\u00e9",
                        "raw/p1/in/<two>",
                        "raw/p1/in/three");
    }

    @Test
    void password_isAskedFor_andItsAttemptsAreLimited() throws IOException {
        String path = open("{'key': 'raw/p1/a.txt', 'password': 'secret'}");

        assertThat(header(get(path), "WWW-Authenticate")).startsWith("Basic ");
        assertThat(RunningService.text(get(path, "Accept", HTML)))
                .contains("type=\"password\"")
                .doesNotContain("a.txt");
        assertThat(RunningService.text(get(path, "Authorization", basic("secret"))))
                .isEqualTo(CONTENT);
        HttpResponse<byte[]> right = password(path, "secret", "null");
        String cookie = header(right, "Set-Cookie");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(cookie).contains("; Path=" + path + ";", "HttpOnly", "SameSite=Lax");
        assertThat(password(path, "secret", "http://other.example").statusCode())
                .isEqualTo(403);

        for (int i = 0; i < 10; i++) {
            assertThat(password(path, "wrong" + i, "null").statusCode()).isEqualTo(403);
        }

        assertThat(password(path, "secret", "null").statusCode()).isEqualTo(429);
        assertThat(get(path, "Authorization", basic("secret")).statusCode()).isEqualTo(429);
        assertThat(RunningService.text(get(path, "Cookie", cookie.split(";", 2)[0])))
                .isEqualTo(CONTENT);
        assertThat(get(open("{'key': 'raw/p1/a.txt', 'password': 'other'}"), "Cookie", cookie.split(";", 2)[0])
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void uses_areAudited_withTheIdOfTheLink_andNeverItsToken() throws IOException {
        JsonNode download = create("{'key': 'raw/p1/a.txt'}");
        JsonNode upload = create("{'prefix': 'raw/p1/in/', 'kind': 'upload', 'password': 'secret'}");
        log.clear();

        get(path(download));
        get(path(upload), "Authorization", basic("wrong"));
        service.send(
                request(path(upload) + "/x", "Authorization", basic("secret")).PUT(BodyPublishers.ofString("x")));

        assertThat(log)
                .extracting(AuditEvent::operation)
                .containsExactly("link.use", "link.password", "link.use", "file.put");
        assertThat(log.get(0).key()).hasValue("raw/p1/a.txt");
        assertThat(log.get(0).detail())
                .containsEntry("link", download.path("id").asText());
        assertThat(log.get(3).principal().orElseThrow().id())
                .hasValue("link:" + upload.path("id").asText());
        assertThat(log.toString())
                .doesNotContain(path(download).substring(3))
                .doesNotContain(path(upload).substring(3));
    }

    @Test
    void uses_andRefusals_areCounted() throws IOException {
        try (RunningService open = RunningService.over(new InMemoryStorage())) {
            open.send(open.request("/api/v1/s3/raw/p1/a").PUT(BodyPublishers.ofString("x")));
            String json = "{\"key\": \"raw/p1/a\", \"max_uses\": 1, \"password\": \"secret\"}";
            String path = path(JSON.readTree(open.postJson(LINKS, json).body()));
            for (String password : List.of("wrong", "secret", "secret")) {
                open.send(open.request(path).header("Authorization", basic(password)));
            }

            assertThat(RunningService.text(open.get("/metrics")))
                    .contains(
                            "stowage_link_uses_total{kind=\"download\"} 1.0",
                            "stowage_link_uses_total{kind=\"upload\"} 0.0",
                            "stowage_link_refused_total{reason=\"ended\"} 1.0",
                            "stowage_link_refused_total{reason=\"password\"} 1.0");
        }
    }

    @Test
    void links_areSeenByTheirOwner_andWhatIsWrongIsRefused() throws IOException {
        create("{'key': 'raw/p1/a.txt', 'max_uses': 3, 'expires_in': 60}");

        JsonNode link = JSON.readTree(
                        alice(Attempt.of("GET", LINKS + "?prefix=raw/p1")).body())
                .at("/links/0");

        assertThat(link.path("url").isNull()).isTrue();
        assertThat(link.path("state").asText()).isEqualTo("active");
        for (String json : List.of(
                "{}",
                "{'key': 'raw/p1/a', 'prefix': 'raw/p1/'}",
                "{'key': 'raw/p1/a', 'kind': 'both'}",
                "{'key': 'raw/p1/a', 'max_uses': 0}",
                "{'key': 'raw/p1/a', 'expires_in': 0}",
                "{'key': 'raw/p1/a', 'max_size': 1}",
                "{'key': 'raw/p1/a', 'password': ''}",
                "{'prefix': 'raw/p1/in', 'kind': 'upload'}",
                "{'prefix': 'other/p1/', 'kind': 'upload'}",
                "{'key': 'raw/p1/a', 'token': 'x'}")) {
            assertThat(alice(Attempt.json("POST", LINKS, json)).statusCode())
                    .as(json)
                    .isEqualTo(400);
        }
    }

    private HttpResponse<byte[]> alice(Attempt attempt) {
        return service.send(attempt.request(service).header("Authorization", "Bearer alice"));
    }

    private JsonNode create(String json) throws IOException {
        HttpResponse<byte[]> created = alice(Attempt.json("POST", LINKS, json));
        assertThat(created.statusCode()).as(RunningService.text(created)).isEqualTo(201);
        return JSON.readTree(created.body());
    }

    private String open(String json) throws IOException {
        return path(create(json));
    }

    private static String path(JsonNode link) {
        String url = link.path("url").asText();
        return url.substring(url.indexOf("/s/"));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = service.request(path);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        return service.send(request(path, headers));
    }

    private HttpResponse<byte[]> head(String path) {
        return service.send(request(path).method("HEAD", BodyPublishers.noBody()));
    }

    private HttpResponse<byte[]> put(String path, String body) {
        return service.send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> password(String path, String password, String origin) {
        return service.send(
                request(path, "Accept", HTML, "Origin", origin, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("password=" + password)));
    }

    private HttpResponse<byte[]> form(String path, String accept, String... names) {
        StringBuilder body = new StringBuilder();
        for (String name : names) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(name)
                    .append("\"\r\n\r\nx\r\n");
        }
        return service.send(request(path, "Accept", accept, "Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body + "--b--\r\n")));
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString((":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String name) {
        return name.replace("<", "%3C").replace(">", "%3E");
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
