package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.console.ConsoleConfig;
import dev.stowage.http.console.OidcConfig;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console; {@code ConsoleIT} uses them in a browser. */
final class ConsoleTest {

    private static final Path SOURCES = Path.of("src/main/resources/dev/stowage/http/console");
    private static final Pattern IMPORT = Pattern.compile("from '(\\.[^']+)'");
    private static final Pattern LATER_IMPORT = Pattern.compile("import\\('(\\.[^']+)'\\)");
    private static final Pattern OF_THE_PAGE = Pattern.compile("(?:src|href)=\"console/assets/([^\"]+)\"");
    private static final int FIRST_LOAD = 300 << 10;

    private final RunningService service = RunningService.over(new InMemoryStorage());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void root_leadsABrowserToTheConsole_andIsNothingForOtherClients() {
        HttpResponse<byte[]> browser =
                service.send(service.request("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        HttpResponse<byte[]> other = service.send(service.request("/").header("Accept", "*/*"));

        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("Location")).contains("/console");
        assertThat(service.get("/console/").headers().firstValue("Location")).contains("/console");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(RunningService.text(other)).contains("\"error\":\"NotFound\"");
    }

    @Test
    void page_allowsNothingInline_andNothingOfAnotherHost() {
        HttpResponse<byte[]> page = service.get("/console");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(RunningService.text(page))
                .doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on[a-z]+=|https?://");
    }

    @Test
    void pages_withAProvider_mayExchangeTokensWithItsOriginsOnly() {
        OidcConfig oidc = new OidcConfig(
                URI.create("https://id.example:8443/realms/a&b"),
                "a\"<b>",
                "openid profile",
                "stowage",
                List.of("https://token.example"));
        try (RunningService with =
                RunningService.withConsole(new InMemoryStorage(), new ConsoleConfig(true, Optional.of(oidc)))) {
            for (String path : List.of("/console", "/console/callback")) {
                HttpResponse<byte[]> page = with.get(path);

                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                        .contains("connect-src 'self' https://id.example:8443 https://token.example; ");
                assertThat(RunningService.text(page))
                        .contains(
                                "data-issuer=\"https://id.example:8443/realms/a&amp;b\"",
                                "data-client-id=\"a&quot;<b>\"",
                                "assets/vendor/oidc.js\" defer></script>")
                        .doesNotContain("<!--", "-->");
            }
        }
        assertThat(service.get("/console/callback").statusCode()).isEqualTo(404);
    }

    @Test
    void everyFile_isServed_andOneMoreTimeOnlyIfItChanged() throws IOException {
        TreeSet<String> names = new TreeSet<>(List.of("vendor/preact.js", "vendor/preact-hooks.js"));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().matches(".*\\.(js|css|svg)"))
                    .forEach(file -> names.add(SOURCES.relativize(file).toString()));
        }
        for (String name : names) {
            HttpResponse<byte[]> answer = service.get("/console/assets/" + name);
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            String etag = answer.headers().firstValue("ETag").orElseThrow();
            assertThat(service.send(service.request("/console/assets/" + name).header("If-None-Match", etag))
                            .statusCode())
                    .as(name)
                    .isEqualTo(304);
        }
    }

    @Test
    void firstLoad_isSmall_andHasNoViewThatIsLoadedLater() throws IOException {
        Set<String> names = firstLoad();
        long size = 0;
        for (String name : names) {
            size += service.get("/console/assets/" + name).body().length;
        }

        assertThat(names)
                .contains("views/files.js", "vendor/oidc.js")
                .doesNotContain("views/keys.js", "views/webhooks.js");
        assertThat(size).as("bytes of the first load, without compression").isLessThan(FIRST_LOAD);
    }

    /** What the page names, also for services with an identity provider, and what these modules import. */
    private static Set<String> firstLoad() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        Matcher named = OF_THE_PAGE.matcher(Files.readString(SOURCES.resolve("index.html")));
        while (named.find()) {
            open.add(named.group(1));
        }
        while (!open.isEmpty()) {
            String name = open.remove();
            Path file = SOURCES.resolve(name);
            if (names.add(name) && Files.exists(file) && name.endsWith(".js")) {
                imports(IMPORT, file)
                        .forEach(path -> open.add(SOURCES.relativize(path).toString()));
            }
        }
        return names;
    }

    private static List<Path> imports(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> file.resolveSibling(found.group(1)).normalize())
                .toList();
    }

    @Test
    void everyImport_isAFile() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                for (Pattern pattern : List.of(IMPORT, LATER_IMPORT)) {
                    assertThat(imports(pattern, file))
                            .as("imported by %s", file)
                            .allMatch(Files::exists);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/assets/none.js",
                "/console/assets/index.html",
                "/console/assets/webjars.properties",
                "/console/assets/lib/..%2Findex.html",
                "/console/assets/..%2F..%2Fdocs%2Fdocs.html",
                "/console/assets/other/api.js",
                "/console/assets/parts/Api.class",
                "/console/other"
            })
    void otherPaths_areNothing(String path) {
        assertThat(service.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void withoutConsole_thereIsNoPage() {
        try (RunningService without =
                RunningService.withConsole(new InMemoryStorage(), new ConsoleConfig(false, Optional.empty()))) {
            assertThat(without.get("/console").statusCode()).isEqualTo(404);
            assertThat(without.get("/console/assets/main.js").statusCode()).isEqualTo(404);
            assertThat(without.send(without.request("/").header("Accept", "text/html"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(RunningService.text(without.get("/api/v1/info"))).doesNotContain("console");
        }
    }
}
