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
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches of a job, whose service answers by a script. */
@Timeout(30)
class JobWatchTest {

    private static final String EVENTS = "/api/v1/jobs/j/events";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch silence = new CountDownLatch(1);
    private final Deque<Reply> jobs = new ConcurrentLinkedDeque<>();
    private final Deque<Reply> streams = new ConcurrentLinkedDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = new ArrayList<>();

    private HttpServer server;

    private record Reply(int status, String body, boolean staysOpen) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        silence.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        requests.add(path.equals(EVENTS) ? "events after " + last : "job");
        Reply reply = (path.equals(EVENTS) ? streams : jobs).remove();
        exchange.sendResponseHeaders(reply.status(), reply.status() == 204 ? -1 : 0);
        exchange.getResponseBody().write(reply.body().getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        if (reply.staysOpen()) {
            await();
        }
        exchange.close();
    }

    private void await() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void watch_tellsEachEvent_andTheEndOnce() throws Exception {
        job("running", 0);
        stream(progress(0) + state(3, "running") + id(4) + progress(1) + progress(2) + state(5, "succeeded"));
        job("succeeded", 2);

        JobDetails ended = watch();

        assertThat(told).containsExactly("running 0", "running 1", "running 2", "succeeded 2");
        assertThat(ended.finishedAt()).isPresent();
        assertThat(requests).containsExactly("job", "events after null", "job");
    }

    @Test
    void watch_whenTheStreamEnds_continuesAfterTheLastEvent() throws Exception {
        job("running", 0);
        stream(state(7, "running") + "data: cut o");
        job("running", 0);
        stream(id(8) + progress(1));
        job("running", 1);
        streams.add(new Reply(204, "", false));
        job("cancelled", 1);

        watch();

        assertThat(told).containsExactly("running 0", "running 1", "cancelled 1");
        assertThat(requests)
                .containsExactly("job", "events after null", "job", "events after 7", "job", "events after 8", "job");
    }

    @Test
    void watch_withoutAStream_asksForTheJob() throws Exception {
        for (int status : new int[] {429, 503, 404}) {
            job("running", 0);
            streams.add(new Reply(status, "{}", false));
        }
        job("succeeded", 1);

        watch();

        assertThat(told).containsExactly("running 0", "succeeded 1");
        assertThat(requests).hasSize(7);
    }

    @Test
    void watch_ofAJobThatIsDeleted_fails() {
        job("running", 0);
        stream("");
        jobs.add(new Reply(404, "{\"error\": \"JobNotFound\", \"message\": \"No job\"}", false));

        assertThatThrownBy(this::watch)
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.error()).isEqualTo("JobNotFound"));
    }

    @Test
    void watch_whenTheServiceStaysAway_fails() {
        job("running", 0);
        stream("");
        jobs.add(new Reply(503, "{\"error\": \"StorageUnavailable\", \"message\": \"Away\"}", false));

        assertThatThrownBy(this::watch)
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void watch_ofAFinishedJob_opensNoStream() throws Exception {
        job("failed", 0);

        assertThat(watch().state()).isEqualTo("failed");
        assertThat(requests).containsExactly("job");
    }

    @Test
    void watch_interrupted_whileNothingHappens_ends() {
        job("running", 0);
        streams.add(new Reply(200, state(1, "paused"), true));
        Thread watching = Thread.currentThread();

        assertThatThrownBy(() -> client().jobs().watch("j", job -> {
                    if (job.state().equals("paused")) {
                        watching.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private JobDetails watch() throws InterruptedException {
        return client().jobs()
                .watch("j", job -> told.add(job.state() + " " + job.progress().done()));
    }

    private StowageClient client() {
        return StowageClient.builder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .retries(new RetryPolicy(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
    }

    private void job(String state, int done) {
        String finished = state.equals("running") ? "null" : "\"2025-11-30T12:00:00Z\"";
        jobs.add(new Reply(
                200,
                "{\"id\": \"j\", \"operation\": \"copy\", \"state\": \"" + state + "\", \"created_at\": "
                        + "\"2025-11-30T12:00:00Z\", \"finished_at\": " + finished + ", \"progress\": " + counts(done)
                        + "}",
                false));
    }

    private void stream(String events) {
        streams.add(new Reply(200, events, false));
    }

    private static String id(int id) {
        return "id: " + id + "\n";
    }

    private static String progress(int done) {
        return "event: progress\ndata: " + counts(done) + "\n\n";
    }

    private static String state(int id, String state) {
        return "id: " + id + "\nevent: state\ndata: {\"id\": \"j\", \"state\": \"" + state + "\"}\n\n";
    }

    private static String counts(int done) {
        return "{\"total\": 2, \"total_final\": true, \"succeeded\": " + done
                + ", \"failed\": 0, \"skipped\": 0, \"bytes\": 0, \"items_per_second\": 1.5}";
    }
}
