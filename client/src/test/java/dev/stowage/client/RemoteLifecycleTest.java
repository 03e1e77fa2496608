package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of the rules while others change them, with a service whose ETags are marked as weak by a proxy. */
@Timeout(60)
class RemoteLifecycleTest {

    private static final ExpiryRule MINE = ExpiryRule.of("mine", "raw/demo/", Duration.ofDays(1));

    private final MovedTime time = new MovedTime();
    private HttpServer server;
    private RemoteLifecycle lifecycle;
    private String rules = "{\"rules\": []}";
    private int version;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lifecycle", this::answer);
        server.start();
        lifecycle = lifecycle(Duration.ofSeconds(30));
    }

    private RemoteLifecycle lifecycle(Duration retryTimeout) {
        return StowageClient.builder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .retries(RetryPolicy.of(retryTimeout, time))
                .build()
                .lifecycle();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String expected = exchange.getRequestHeaders().getFirst("If-Match");
        boolean holds = expected == null || expected.equals("\"" + version + "\"");
        if (exchange.getRequestMethod().equals("PUT") && holds) {
            store(new String(body, StandardCharsets.UTF_8));
        }
        byte[] answer = (holds ? rules : "{\"error\": \"PreconditionFailed\", \"message\": \"changed\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("ETag", "W/\"" + version + "\"");
        exchange.sendResponseHeaders(holds ? 200 : 412, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized void store(String json) {
        rules = json;
        version++;
    }

    private void storeAnother(int number) {
        store("{\"rules\": [{\"id\": \"r%d\", \"prefix\": \"raw/\", \"expire_after\": \"1d\"}]}".formatted(number));
    }

    @Test
    void replace_ofRulesThatHaveChanged_isRefused() throws Exception {
        ExpiryRules read = lifecycle.rules();
        storeAnother(1);

        assertThatThrownBy(() -> lifecycle.replace(read.with(MINE).without("raw/other/", "x")))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.error()).isEqualTo("PreconditionFailed"));
    }

    @Test
    void replace_byRulesThatWereNotRead_replacesAny() throws Exception {
        storeAnother(1);

        assertThat(lifecycle.replace(ExpiryRules.of(List.of(MINE))).list()).containsExactly(MINE);
    }

    @Test
    void change_whileAnotherChanges_keepsBoth() throws Exception {
        AtomicInteger calls = new AtomicInteger();

        ExpiryRules stored = lifecycle.change(current -> {
            if (calls.incrementAndGet() == 1) {
                storeAnother(1);
            }
            return current.with(MINE);
        });

        assertThat(stored.list()).extracting(ExpiryRule::id).containsExactly("r1", "mine");
        assertThat(calls).hasValue(2);
        assertThat(time.pauses).hasSize(1);
    }

    @Test
    void change_whileOthersKeepChanging_givesUp() {
        assertGivesUpAfter(10, lifecycle);
        assertThat(rules).contains("r10").doesNotContain("mine");
    }

    @Test
    void change_whileOthersKeepChanging_makesGrowingPauses() {
        assertGivesUpAfter(10, lifecycle);

        List<Duration> most = Stream.of(200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000)
                .map(Duration::ofMillis)
                .toList();
        assertThat(time.pauses).hasSameSizeAs(most);
        for (int i = 0; i < most.size(); i++) {
            assertThat(time.pauses.get(i)).isBetween(most.get(i).dividedBy(2), most.get(i));
        }
    }

    @Test
    void change_whileOthersKeepChanging_endsAtRetryTimeout() {
        assertGivesUpAfter(1, lifecycle(Duration.ZERO));
        assertThat(time.pauses).isEmpty();
    }

    private void assertGivesUpAfter(int attempts, RemoteLifecycle impatient) {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> impatient.change(current -> {
                    storeAnother(calls.incrementAndGet());
                    return current.with(MINE);
                }))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.status()).isEqualTo(412));
        assertThat(calls).hasValue(attempts);
    }

    /** Time that passes only by pauses. */
    private static final class MovedTime implements RetryPolicy.Time {

        private final List<Duration> pauses = new ArrayList<>();
        private long now;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
            pauses.add(Duration.ofNanos(nanos));
        }
    }
}
