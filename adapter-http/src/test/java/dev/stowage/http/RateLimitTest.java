package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A limit of one request a second with a burst of two. The tests send more than could be granted even on a slow machine. */
class RateLimitTest {

    private static final Limits LIMITS =
            new Limits(1, 2, 0, TransferLimit.NONE, 0, Duration.ofSeconds(10), ConnectionLimit.NONE);
    private static final int MANY = 40;
    private static final String LIST = "/api/v1/s3/list";

    private static RunningService service;

    /** The credential is the name of the principal. */
    @BeforeAll
    static void start() {
        RequestAuthenticator authenticator = RequestAuthenticator.guardedBy(
                List.of(credential -> credential.value().equals("wrong")
                        ? Optional.empty()
                        : Optional.of(Principal.of("key:" + credential.value(), "somebody", Rights.ALL))),
                AuditLog.NONE);
        service = RunningService.over(new InMemoryStorage(), authenticator, LIMITS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyAnswer_tellsWhatIsLeft() {
        HttpResponse<byte[]> first = get(LIST, "ada");
        HttpResponse<byte[]> missing = get("/api/v1/s3/metadata/raw/p/none", "ben");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"requests\";q=2;w=2");
        assertThat(header(first, "RateLimit")).isEqualTo("\"requests\";r=1;t=1");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(header(missing, "RateLimit")).isEqualTo("\"requests\";r=1;t=1");
    }

    @Test
    void requestsBeyondTheLimit_are429_andSayWhenToComeBack() {
        HttpResponse<byte[]> refused = requests(LIST, "cleo")
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(header(refused, "RateLimit")).isEqualTo("\"requests\";r=0;t=1");
        assertThat(header(refused, "RateLimit-Policy")).isNotEmpty();
        assertThat(RunningService.text(refused)).contains("\"error\":\"TooManyRequests\"");
    }

    @Test
    void othersAreNotHeldUp() {
        assertThat(requests(LIST, "dora")).anyMatch(answer -> answer.statusCode() == 429);

        assertThat(get(LIST, "ed").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsForEverybody_isNotLimited() {
        assertThat(requests("/healthz", "fay"))
                .allMatch(answer -> answer.statusCode() == 200)
                .allMatch(answer -> header(answer, "RateLimit").isEmpty());
    }

    @Test
    void bearersOfSignedUrls_areLimitedByTheirAddress() {
        assertThat(requests("/api/v1/signed/raw/p/a.txt?signature=made-up", "gus"))
                .anyMatch(answer -> answer.statusCode() == 429);
        assertThat(get(LIST, "gus").statusCode()).isEqualTo(200);
    }

    @Test
    void invalidCredentials_countForNoAccount() {
        assertThat(requests(LIST, "wrong"))
                .allMatch(answer -> answer.statusCode() == 401)
                .allMatch(answer -> header(answer, "RateLimit").isEmpty());
    }

    @Test
    void withoutALimit_nothingIsSaidOfIt() {
        try (RunningService unlimited =
                RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), RunningService.NO_LIMITS)) {
            assertThat(header(unlimited.get(LIST), "RateLimit-Policy")).isEmpty();
        }
    }

    @Test
    void withoutAuthentication_everyAddressHasItsLimit() {
        try (RunningService open = RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), LIMITS)) {
            assertThat(Stream.generate(() -> open.get(LIST)).limit(MANY))
                    .anyMatch(answer -> answer.statusCode() == 429);
        }
    }

    private static Stream<HttpResponse<byte[]>> requests(String path, String who) {
        return Stream.generate(() -> get(path, who)).limit(MANY);
    }

    private static HttpResponse<byte[]> get(String path, String who) {
        HttpRequest.Builder request = service.request(path).GET().header("Authorization", "Bearer " + who);
        return service.send(request);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
