package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.FaultyStore;
import dev.stowage.testkit.fault.FaultyS3;
import dev.stowage.testkit.fault.FaultyS3.Fault;
import dev.stowage.testkit.fault.FaultyS3.Request;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** During any failure of the store, clients get either a true success or an error that tells them to retry; acknowledged data stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {

    private static final int MIB = 1 << 20;
    private static final List<byte[]> PARTS = List.of(ServiceSuite.bytes(5 * MIB), ServiceSuite.bytes(1000));

    /** Longer than the adapter's limits: 25 s for all attempts of a small call, 60 s without a byte of a large one. */
    private static final Duration LIMIT = Duration.ofSeconds(75);

    @TempDir
    private static Path folder;

    private FaultyStore store;
    private RunningService service;
    private Api api;

    @BeforeAll
    void start() {
        store = FaultyStore.start();
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.putAll(Map.of("S3_MULTIPART_THRESHOLD", "5MiB", "S3_MULTIPART_CHUNKSIZE", "5MiB"));
        service = HostedService.start(folder, settings);
        api = new Api(service.address());
    }

    @AfterAll
    void stop() {
        service.close();
        store.close();
    }

    @AfterEach
    void heal() {
        store.door().heal();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("slow-down", FaultyS3.refusal(503, "SlowDown")),
                Arguments.of("done-but-500", FaultyS3.lostAnswer()),
                Arguments.of("broken", FaultyS3.broken()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultOnce_onAPart_losesNoAcknowledgedOne(String name, Fault fault) {
        MultipartClient upload = begun("once-" + name);
        store.door().plan(FaultyS3::isPart, fault);

        assertDoneOrUnavailable(putSecond(upload), 200);

        finish(upload);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultForLong_onAPart_isUnavailable_andLosesNoAcknowledgedOne(String name, Fault fault) {
        MultipartClient upload = begun("long-" + name);
        store.door().planAlways(FaultyS3::isPart, fault);

        assertUnavailable(putSecond(upload));

        store.door().heal();
        finish(upload);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultOnce_onACompletion_succeeds(String name, Fault fault) {
        MultipartClient upload = begun("complete-" + name);
        upload.putMissing(api, PARTS);
        store.door().plan(FaultyS3::isCompletion, fault);

        assertDoneOrUnavailable(upload.complete(api), 200);

        finish(upload);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultOnce_onAConditionalPut_isNotReportedAsRefused(String name, Fault fault) {
        String key = "raw/faults/conditional-" + name;
        byte[] body = ServiceSuite.bytes(100_000);
        store.door().plan(FaultyS3::isPut, fault);

        Reply reply = api.put(Paths.OBJECT + key, body, "If-None-Match", "*");

        assertDoneOrUnavailable(reply, 201);
        if (reply.status() == 201) {
            assertThat(api.get(Paths.DOWNLOAD + key).body()).isEqualTo(body);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultForLong_onALargeFile_leavesNothingInTheStore(String name, Fault fault) {
        String key = "raw/faults/large-" + name;
        store.door().planAlways(FaultyS3::isPart, fault);

        assertUnavailable(api.put(Paths.OBJECT + key, ServiceSuite.bytes(12 * MIB)));

        assertThat(store.outside().openUploads(key)).isEmpty();
        assertThat(store.outside().keys(key)).isEmpty();
    }

    @Test
    void download_interruptedByTheStore_isInterruptedForTheClient_andCompleteOnRetry() {
        String key = "raw/faults/cut";
        byte[] body = ServiceSuite.bytes(MIB);
        api.store(key, body);
        store.door().plan(FaultyS3::isGet, FaultyS3.cut(MIB));

        // Fewer bytes than the Content-Length, or an error: never a truncated file that looks complete.
        assertThatThrownBy(() -> api.get(Paths.DOWNLOAD + key)).isInstanceOf(UncheckedIOException.class);

        assertThat(api.get(Paths.DOWNLOAD + key).body()).isEqualTo(body);
    }

    @Test
    void unreachableStore_isUnavailable_untilItReturns() throws Exception {
        MultipartClient upload = begun("gone");
        store.leave();
        try {
            List<Reply> replies = atOnce(List.of(
                    () -> putSecond(upload),
                    () -> upload.complete(api),
                    () -> api.put(Paths.OBJECT + "raw/faults/gone.txt", ServiceSuite.bytes(10)),
                    () -> api.get(Paths.DOWNLOAD + "raw/faults/gone.txt"),
                    () -> api.get(Paths.LIST + "?prefix=raw/"),
                    () -> api.post(Paths.MULTIPART + "create", Map.of("key", "raw/faults/gone-too"))));
            replies.forEach(StoreFaultsIT::assertUnavailable);
            assertReady(503);
        } finally {
            store.acceptConnections();
        }

        assertReady(200);
        finish(upload);
    }

    @Test
    void storeSilentFor30Seconds_leadsToSuccessOrUnavailable_inTime() throws Exception {
        MultipartClient part = begun("silent-part");
        MultipartClient completion = begun("silent-completion");
        completion.putMissing(api, PARTS);
        api.store("raw/faults/silent", ServiceSuite.bytes(10));
        pauseOnce(request -> FaultyS3.isPart(request) && request.path().endsWith("silent-part"));
        pauseOnce(FaultyS3::isCompletion);
        pauseOnce(request -> FaultyS3.isPut(request) && request.path().endsWith("silent-put"));
        pauseOnce(request -> FaultyS3.isGet(request) && request.path().endsWith("silent"));
        long began = System.nanoTime();

        List<Reply> replies = atOnce(List.of(
                () -> putSecond(part),
                () -> completion.complete(api),
                () -> api.put(Paths.OBJECT + "raw/faults/silent-put", ServiceSuite.bytes(10)),
                () -> api.get(Paths.DOWNLOAD + "raw/faults/silent")));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
        List<Integer> done = List.of(200, 200, 200, 200);
        for (int i = 0; i < done.size(); i++) {
            assertDoneOrUnavailable(replies.get(i), done.get(i));
        }
        store.door().heal();
        finish(part);
        finish(completion);
    }

    private void pauseOnce(Predicate<Request> which) {
        store.door().plan(which, store.door().pause(Duration.ofSeconds(30)));
    }

    private static List<Reply> atOnce(List<Callable<Reply>> calls) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(calls.size());
        try {
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : clients.invokeAll(calls, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            clients.shutdownNow();
        }
    }

    /** An upload whose first part was acknowledged. */
    private MultipartClient begun(String name) {
        MultipartClient upload = MultipartClient.create(api, "raw/faults/" + name);
        upload.putMissing(api, PARTS.subList(0, 1));
        return upload;
    }

    private Reply putSecond(MultipartClient upload) {
        return api.put(Paths.MULTIPART + "upload-part" + upload.query() + "&part_number=2", PARTS.get(1));
    }

    /** Acknowledged parts are stored, and the upload can be completed. */
    private void finish(MultipartClient upload) {
        if (upload.state(api).equals("open")) {
            assertThat(upload.stored(api)).containsAllEntriesOf(upload.acknowledged());
            upload.putMissing(api, PARTS);
        }
        Reply completed = upload.complete(api);
        assertThat(completed.status()).as(completed.text()).isEqualTo(200);
        ByteBuffer whole = ByteBuffer.allocate(PARTS.get(0).length + PARTS.get(1).length);
        PARTS.forEach(whole::put);
        assertThat(api.get(Paths.DOWNLOAD + upload.key()).body()).isEqualTo(whole.array());
    }

    private void assertReady(int status) throws InterruptedException {
        Reply ready = api.get("/readyz");
        for (int i = 0; i < 100 && ready.status() != status; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            ready = api.get("/readyz");
        }
        assertThat(ready.status()).isEqualTo(status);
    }

    private static void assertDoneOrUnavailable(Reply reply, int done) {
        if (reply.status() != done) {
            assertUnavailable(reply);
        }
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("StorageUnavailable");
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }
}
