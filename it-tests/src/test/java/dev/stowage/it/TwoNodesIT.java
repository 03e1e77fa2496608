package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.FakeTime;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.SlowUpload;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.Cluster;
import dev.stowage.it.store.OpenUploads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes on one PostgreSQL and one S3 server. The clock of the second one is a minute ahead, where libfaketime is installed, so every
 * test also shows that no host's clock counts.
 *
 * <p>A third node dies at the beginning, during a job. Its lease expires while the tests run that don't disturb the others.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {

    private static final int MIB = 1 << 20;
    private static final String DRAFT = "/api/v1/resumable";
    private static final String[] DRAFT_VERSION = {"Upload-Draft-Interop-Version", "8"};

    /** The longest time from the request that takes over until the older connection is cut. */
    private static final Duration CUT = Duration.ofSeconds(1);

    /** A lease, the time until another node has noticed its end, and some seconds for a busy machine. */
    private static final Duration TAKING_OVER = Duration.ofSeconds(30);

    private static final int ORPHANED_ITEMS = 300;

    /** The tests that wait, or disturb others, come after those without an order. */
    private static final int LATE = Order.DEFAULT + 1;

    private static final int LAST = Order.DEFAULT + 2;

    private static Cluster cluster;
    private static ServiceProcess one;
    private static ServiceProcess two;
    private static String key;
    private static JobClient orphan;
    private static CompletableFuture<Duration> takenOver;

    @BeforeAll
    static void start() throws InterruptedException {
        cluster = Cluster.start(Map.of(
                "AUTH_MODE", "keys",
                "SWEEP_INTERVAL", "1s",
                "S3_MULTIPART_THRESHOLD", "5MiB",
                "S3_MULTIPART_CHUNKSIZE", "5MiB"));
        CompletableFuture<ServiceProcess> starting =
                CompletableFuture.supplyAsync(() -> cluster.node(Map.of("WORKER_CONCURRENCY", "1")));
        one = cluster.node(Map.of("WORKER_ENABLED", "false"));
        key = newKey("all");
        ServiceProcess dying = starting.join();
        orphan = submitOrphan();
        awaitWork(orphan);
        dying.kill();
        int left = succeeded(orphan);
        assertThat(left).isLessThan(ORPHANED_ITEMS);
        takenOver = CompletableFuture.supplyAsync(() -> timeUntilMoreThan(left));
        two = cluster.node(FakeTime.minuteAhead().orElse(Map.of()));
    }

    /** The node that is going to die does its items one by one. */
    private static JobClient submitOrphan() {
        for (int i = 0; i < ORPHANED_ITEMS; i++) {
            on(one).store("raw/dead/" + i, new byte[] {1});
        }
        return JobClient.submit(
                on(one),
                Map.of(
                        "operation", "copy",
                        "source", Map.of("prefix", "raw/dead/"),
                        "target", Map.of("prefix", "raw/copies/"),
                        "options", Map.of("concurrency", 1)));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void tusPatch_onTheOtherNode_takesOver_andTheOlderConnectionIsCut() throws Exception {
        // The first one takes longer, as both JVMs load classes.
        Duration unused = takeOverTus("raw/nodes/first-tus.bin");

        assertThat(takeOverTus("raw/nodes/tus.bin")).isLessThan(CUT);
    }

    /** Returns the time until the older connection is cut. */
    private static Duration takeOverTus(String name) throws IOException {
        byte[] bytes = ServiceSuite.bytes(MIB);
        TusUpload upload = TusUpload.create(on(one), name, bytes);
        Duration cut;
        try (SlowUpload older =
                SlowUpload.begin(one.address(), "PATCH", upload.url(), MIB, patch("application/offset+octet-stream"))) {
            older.send(1000);

            long asked = System.nanoTime();
            upload.fetchOffset(on(two));
            cut = cutAfter(asked, older);
            upload.send(on(two), MIB);
        }
        assertThat(upload.isComplete()).isTrue();
        assertThat(on(one).get(Paths.DOWNLOAD + name).body()).isEqualTo(bytes);
        return cut;
    }

    @Test
    void draftPatch_onTheOtherNode_takesOver_andTheOlderConnectionIsCut() throws Exception {
        Duration unused = takeOverDraft("raw/nodes/first-draft.bin");

        assertThat(takeOverDraft("raw/nodes/draft.bin")).isLessThan(CUT);
    }

    /** Returns the time until the older connection is cut. */
    private static Duration takeOverDraft(String name) throws IOException {
        byte[] bytes = ServiceSuite.bytes(1000);
        Reply created = on(one).send(
                        "POST",
                        DRAFT + "?key=" + name,
                        BodyPublishers.noBody(),
                        "Upload-Draft-Interop-Version",
                        "8",
                        "Upload-Complete",
                        "?0");
        String path = URI.create(created.header("Location")).getPath();
        String[] headers = Stream.of(
                        patch("application/partial-upload"), DRAFT_VERSION, new String[] {"Upload-Complete", "?1"})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        Duration cut;
        try (SlowUpload older = SlowUpload.begin(two.address(), "PATCH", path, 1000, headers)) {
            older.send(10);

            long asked = System.nanoTime();
            assertThat(on(one).head(path, DRAFT_VERSION).header("Upload-Offset"))
                    .isEqualTo("0");
            cut = cutAfter(asked, older);
            Reply done = on(one).send(
                            "PATCH",
                            path,
                            BodyPublishers.ofByteArray(bytes),
                            "Upload-Draft-Interop-Version",
                            "8",
                            "Upload-Complete",
                            "?1",
                            "Upload-Offset",
                            "0",
                            "Content-Type",
                            "application/partial-upload");
            assertThat(done.status()).isEqualTo(200);
        }
        assertThat(on(two).get(Paths.DOWNLOAD + name).body()).isEqualTo(bytes);
        return cut;
    }

    @Test
    void revokedKey_isRefusedByBothNodes_andItsTransfersAreCut() throws Exception {
        String gone = newKey("gone");
        Api first = new Api(one.address()).as(gone);
        Api second = new Api(two.address()).as(gone);
        assertThat(List.of(listed(first), listed(second))).containsOnly(200);
        try (SlowUpload running = SlowUpload.begin(
                two.address(), "PUT", Paths.OBJECT + "raw/nodes/gone.bin", MIB, "Authorization", "Bearer " + gone)) {
            running.send(1000);
            TimeUnit.SECONDS.sleep(1);

            ServiceProcess.run(List.of("keys", "revoke", Keys.id(gone)), cluster.folder(), cluster.settings());
            long revoked = System.nanoTime();

            awaitStatus(() -> listed(first), 401, Duration.ofSeconds(2));
            awaitStatus(() -> listed(second), 401, Duration.ofSeconds(2).minusNanos(System.nanoTime() - revoked));
            boolean unused = running.awaitCut();
            assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(on(one).head(Paths.EXISTS + "raw/nodes/gone.bin").status()).isEqualTo(404);
    }

    @Test
    void complete_onBothNodesAtOnce_givesBothTheSameAnswer() throws Exception {
        for (int round = 0; round < 5; round++) {
            MultipartClient upload = MultipartClient.create(on(one), "raw/nodes/once-" + round + ".bin");
            upload.putMissing(on(two), List.of(ServiceSuite.bytes(1000 + round)));

            CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> upload.complete(on(two)));
            Reply mine = upload.complete(on(one));

            assertThat(mine.status()).as(mine.text()).isEqualTo(200);
            Reply theirs = other.get(30, TimeUnit.SECONDS);
            assertThat(theirs.status()).as(theirs.text()).isEqualTo(200);
            assertThat(theirs.json()).isEqualTo(mine.json());
        }
    }

    @Test
    void newestAttemptAtAPart_wins_whicheverNodeHasIt() throws Exception {
        for (ServiceProcess node : List.of(one, two)) {
            ServiceProcess other = node == one ? two : one;
            String name = "raw/nodes/part-" + (node == one ? "one" : "two") + ".bin";
            MultipartClient upload = MultipartClient.create(on(node), name);
            String part = Paths.MULTIPART + "upload-part" + upload.query() + "&part_number=1";
            try (SlowUpload older =
                    SlowUpload.begin(node.address(), "PUT", part, 1000, "Authorization", "Bearer " + key)) {
                older.send(999);
                byte[] newest = ServiceSuite.bytes(1000);
                upload.putMissing(on(other), List.of(newest));

                older.send(1);

                assertThat(older.status()).isEqualTo(409);
                assertThat(upload.complete(on(node)).status()).isEqualTo(200);
                assertThat(on(other).get(Paths.DOWNLOAD + name).body()).isEqualTo(newest);
            }
        }
    }

    @Test
    @Order(LATE)
    void jobOfADeadNode_continuesOnTheOther_withinItsLease() throws Exception {
        assertThat(takenOver.get(1, TimeUnit.MINUTES)).isLessThan(TAKING_OVER);

        JsonNode done = orphan.await(on(one), Duration.ofMinutes(1));
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        assertThat(succeeded(orphan)).isEqualTo(ORPHANED_ITEMS);
    }

    /** The time until another node has done an item of the job. */
    private static Duration timeUntilMoreThan(int items) {
        long start = System.nanoTime();
        try {
            while (succeeded(orphan) <= items && System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1)) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int succeeded(JobClient job) {
        return job.get(on(one)).path("progress").path("succeeded").asInt();
    }

    @Test
    void runningUpload_isNotAborted_byANodeWhoseClockIsAhead() throws Exception {
        assumeTrue(
                FakeTime.minuteAhead().isPresent(),
                "libfaketime is not installed: a node with another clock is not tested");
        String name = "raw/nodes/large.bin";
        try (OpenUploads open = cluster.openUploads();
                SlowUpload large = SlowUpload.begin(
                        one.address(), "PUT", Paths.OBJECT + name, 20L * MIB, "Authorization", "Bearer " + key)) {
            large.send(12 * MIB);
            awaitStatus(() -> open.keys(name).size(), 1, Duration.ofSeconds(15));

            // The other node sweeps every second.
            TimeUnit.SECONDS.sleep(4);

            assertThat(open.keys(name)).containsExactly(name);
            large.send(8 * MIB);
            assertThat(large.status()).isEqualTo(200);
        }
        assertThat(on(two).head(Paths.DOWNLOAD + name).header("Content-Length")).isEqualTo(String.valueOf(20 * MIB));
    }

    @Test
    @Order(LAST)
    void withoutTheDatabase_requestsAreRefusedForNow_andBothNodesRecover() throws Exception {
        List<ServiceProcess> nodes = List.of(one, two);
        List<Callable<Reply>> requests = nodes.stream()
                .flatMap(node -> Stream.<Callable<Reply>>of(
                        () -> assertNotReady(on(node)),
                        () -> assertRefusedForNow(
                                on(node).post(Paths.MULTIPART + "create", Map.of("key", "raw/nodes/away.bin"))),
                        () -> assertRefusedForNow(on(node).get(Paths.JOBS))))
                .toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        cluster.database().kill();
        try {
            for (Future<Reply> request : threads.invokeAll(requests, 30, TimeUnit.SECONDS)) {
                Reply unused = request.get();
            }
            for (ServiceProcess node : List.of(one, two)) {
                long asked = System.nanoTime();
                assertThat(on(node).get(Paths.JOBS).status()).isEqualTo(503);
                assertThat(Duration.ofNanos(System.nanoTime() - asked))
                        .as("once the database is known to be away")
                        .isLessThan(Duration.ofSeconds(3));
            }
        } finally {
            threads.shutdownNow();
            cluster.database().restart();
        }
        for (ServiceProcess node : nodes) {
            awaitStatus(() -> on(node).get("/readyz").status(), 200, Duration.ofSeconds(30));
            assertThat(listed(on(node))).isEqualTo(200);
            assertThat(node.log()).doesNotContain("Could not handle");
        }
    }

    private static Reply assertNotReady(Api api) {
        long asked = System.nanoTime();
        Reply ready = api.get("/readyz");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().path("detail").path("database").asText()).startsWith("The database does not respond");
        assertThat(ready.text()).doesNotContain("Exception", "\tat ");
        assertThat(api.get("/healthz").status()).isEqualTo(200);
        return ready;
    }

    private static Reply assertRefusedForNow(Reply refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.text()).doesNotContain("Exception", "\tat ");
        return refused;
    }

    private static void awaitWork(JobClient job) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (succeeded(job) == 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void awaitStatus(IntSupplier status, int expected, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (status.getAsInt() != expected && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(status.getAsInt()).isEqualTo(expected);
    }

    private static Duration cutAfter(long start, SlowUpload older) throws IOException {
        boolean unused = older.awaitCut();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static int listed(Api api) {
        return api.get(Paths.LIST + "?prefix=raw/nodes/none").status();
    }

    private static String[] patch(String type) {
        return new String[] {
            "Authorization", "Bearer " + key, "Tus-Resumable", "1.0.0", "Upload-Offset", "0", "Content-Type", type
        };
    }

    private static String newKey(String name) {
        return Keys.create(cluster.folder(), cluster.settings(), "--name", name, "--all-files");
    }

    private static Api on(ServiceProcess node) {
        return new Api(node.address()).as(key);
    }
}
