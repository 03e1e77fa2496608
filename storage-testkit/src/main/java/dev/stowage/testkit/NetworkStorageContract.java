package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The contract of a store over a network: that of every store, and how it fails with the connection. Tests open the store through a
 * {@link FaultyProxy}, which breaks connections, stops forwarding, and loses answers.
 */
public abstract class NetworkStorageContract extends StorageContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(6);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /** How long connections may take to end after the store was closed. */
    private static final Duration DISCONNECT_LIMIT = Duration.ofSeconds(1);

    /** More answers than any call of a test waits for. */
    private static final int MAX_ANSWERS = 20;

    /** Returns the address of the server. */
    protected abstract InetSocketAddress server();

    /**
     * Opens the same store, which reaches its server at {@code 127.0.0.1:port}, with short time-outs: some tests take as long as those.
     */
    protected abstract Storage openThrough(int port);

    /** Returns how long a call may take on a server that does not respond: 30 seconds, unless a subclass has shorter timeouts. */
    protected Duration callTimeout() {
        return TIMEOUT;
    }

    @Test
    final void put_whenTheConnectionBreaks_storesNothing() throws Exception {
        put(key("present"), "old");
        List<Long> sizes = new ArrayList<>(List.of(200_000L));
        thresholds().stream().max(Long::compare).ifPresent(threshold -> sizes.add(2 * threshold));
        for (long size : sizes) {
            for (ObjectKey key : List.of(key("absent"), key("present"))) {
                try (FaultyProxy proxy = new FaultyProxy(server());
                        Storage remote = openThrough(proxy.port())) {
                    TrackedContent body = new TrackedContent(new MidwayContent(size, proxy::cut), false);

                    assertThatThrownBy(() -> remote.objects().put(key, body, PutOptions.DEFAULT))
                            .as("put of %s bytes", size)
                            .isInstanceOf(StorageUnavailable.class);

                    assertThat(body.opened())
                            .as("how often a body was opened that can be read once")
                            .isEqualTo(1);
                    assertThat(body.closed()).as("closings of the body").containsExactly(1);
                }
            }
        }

        assertThat(store().stat(key("absent"))).isEmpty();
        assertThat(text(key("present"))).isEqualTo("old");
    }

    @Test
    final void read_whenTheConnectionBreaks_isUnavailable() {
        long size = 8 << 20;
        put(key("large"), Bodies.pattern(size, 1));
        try (FaultyProxy proxy = new FaultyProxy(server());
                Storage remote = openThrough(proxy.port())) {

            assertThatThrownBy(() -> remote.objects().read(key("large"), ReadOptions.ALL, (info, span, body) -> {
                        Bodies.verifyNext(body, 0, 1000, 1);
                        proxy.cut();
                        Bodies.verify(body, 1000, size - 1000, 1);
                        return info;
                    }))
                    .isInstanceOf(StorageUnavailable.class);
        }
    }

    @Test
    final void anyCall_withoutServer_isUnavailableUntilItIsBack() throws Exception {
        put(key("present"), "text");
        try (FaultyProxy proxy = new FaultyProxy(server());
                Storage remote = openThrough(proxy.port())) {
            proxy.cut();

            runAtOnce(calls(remote)).forEach((name, failure) -> {
                assertThat(failure).as(name).isInstanceOf(StorageException.class);
                FailureMessageContract.assertForClients(name, failure);
                assertThat(failure.getMessage())
                        .as("message of %s", name)
                        .doesNotContain(Integer.toString(proxy.port()));
            });

            proxy.heal();
            remote.check();
            assertThat(remote.objects().stat(key("present"))).isPresent();
        }
    }

    @Test
    final void anyCall_onServerThatDoesNotRespond_ends() throws Exception {
        put(key("present"), "text");
        try (FaultyProxy proxy = new FaultyProxy(server());
                Storage remote = openThrough(proxy.port())) {
            proxy.stall();

            // Fails when a call takes longer.
            runAtOnce(calls(remote))
                    .forEach((name, failure) -> assertThat(failure).as(name).isInstanceOf(StorageException.class));
        }
    }

    @Test
    final void close_duringCalls_endsThemAndTheirConnections() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(server())) {
            Storage remote = openThrough(proxy.port());
            CountDownLatch begun = new CountDownLatch(1);
            Content body = new MidwayContent(200_000, () -> {
                // Uses another connection, which is idle afterwards.
                remote.objects().stat(key("open"));
                proxy.stall();
                begun.countDown();
            });
            FutureTask<Throwable> put = inBackground(
                    () -> catchThrowable(() -> remote.objects().put(key("open"), body, PutOptions.DEFAULT)));
            assertThat(begun.await(20, TimeUnit.SECONDS))
                    .as("the store reads the body within 20 seconds")
                    .isTrue();

            long start = System.nanoTime();
            remote.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("duration of close")
                    .isLessThan(CLOSE_LIMIT);
            assertThat(put.get(callTimeout().toMillis(), TimeUnit.MILLISECONDS))
                    .as("failure of the put that was running")
                    .isInstanceOf(StorageException.class);
            // A proxy that forwards nothing does not notice that a connection is closed.
            proxy.heal();
            assertThat(proxy.awaitNoConnection(DISCONNECT_LIMIT))
                    .as("all connections are closed after close")
                    .isTrue();
        }
    }

    @Test
    final void put_ifAbsent_whenItsAnswerIsLost_isNotRefused() {
        assumeTrue(can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT), "conditional puts are not declared");
        withLostResponses((remote, key) -> () -> remote.objects()
                .put(key, Bodies.pattern(1000, 1), PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT)));
    }

    @Test
    final void put_ifMatch_whenItsAnswerIsLost_isNotRefused() {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");
        withLostResponses((remote, key) -> {
            WriteCondition condition =
                    new WriteCondition.IfMatch(put(key, "old").etag());
            return () ->
                    remote.objects().put(key, Bodies.pattern(1000, 1), PutOptions.DEFAULT.withCondition(condition));
        });
    }

    @Test
    final void complete_ifAbsent_whenItsAnswerIsLost_isNotRefused() {
        assumeTrue(
                can(Capability.CONDITIONAL_COMPLETE, WriteCondition.IF_ABSENT),
                "conditional completion is not declared");
        withLostResponses((remote, key) -> {
            UploadId upload = create(key);
            List<PartTag> parts = List.of(putPart(key, upload, 1, 1000));
            return () -> remote.uploads().complete(key, upload, parts, WriteCondition.IF_ABSENT);
        });
    }

    @Test
    final void deleteMatching_whenItsAnswerIsLost_isNotRefused() {
        assumeTrue(can(Capability.CONDITIONAL_DELETE), "conditional deletion is not declared");
        withLostResponses((remote, key) -> {
            Etag tag = put(key, "old").etag();
            return () -> {
                DeleteResult result =
                        remote.objects().deleteMatching(Map.of(key, tag)).get(0);
                if (result instanceof DeleteResult.Failed failed) {
                    throw failed.reason();
                }
                assertThat(result).isEqualTo(new DeleteResult.Deleted(key));
            };
        });
    }

    /**
     * Repeats a call that succeeds, each time without another one of the server's answers, until no response is left to lose. The call either
     * succeeds, or fails because its outcome is unknown.
     */
    private void withLostResponses(Attempt attempt) {
        try (FaultyProxy proxy = new FaultyProxy(server());
                Storage remote = openThrough(proxy.port())) {
            for (int answer = 0; answer < MAX_ANSWERS; answer++) {
                ThrowingCallable call = attempt.prepare(remote, key("answer-" + answer));
                proxy.loseAnswer(answer);

                Throwable failure = catchThrowable(call);

                boolean lost = !proxy.heal();
                if (failure != null) {
                    assertThat(failure)
                            .as("failure when answer %s of the server is lost", answer + 1)
                            .isInstanceOf(StorageUnavailable.class);
                }
                if (!lost) {
                    return;
                }
            }
        }
    }

    private Map<String, ThrowingCallable> calls(Storage remote) {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("check", remote::check);
        calls.put("put", () -> remote.objects().put(key("put"), Bodies.pattern(1000, 1), PutOptions.DEFAULT));
        calls.put("read", () -> remote.objects().read(key("present"), ReadOptions.ALL, (info, span, body) -> info));
        calls.put("stat", () -> remote.objects().stat(key("present")));
        calls.put("list", () -> remote.objects().list(ListQuery.of(prefix(""))));
        return calls;
    }

    /** Runs calls that fail, each on its own thread, and returns how; asserts that each ends in time. */
    private Map<String, Throwable> runAtOnce(Map<String, ThrowingCallable> calls) throws Exception {
        Map<String, FutureTask<Throwable>> running = new LinkedHashMap<>();
        calls.forEach((name, call) -> running.put(name, inBackground(() -> {
            long start = System.nanoTime();
            Throwable failure = catchThrowable(call);
            Duration limit = name.equals("check") ? CHECK_LIMIT : callTimeout();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("duration of %s", name)
                    .isLessThan(limit);
            return failure;
        })));
        Map<String, Throwable> failures = new LinkedHashMap<>();
        for (Map.Entry<String, FutureTask<Throwable>> call : running.entrySet()) {
            try {
                failures.put(call.getKey(), call.getValue().get(callTimeout().toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                throw new AssertionError(call.getKey() + " did not end within " + callTimeout(), e);
            }
        }
        return failures;
    }

    private static <T> FutureTask<T> inBackground(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "network-contract");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** A call that succeeds without faults. */
    @FunctionalInterface
    private interface Attempt {

        /** Prepares the object or upload at {@code key}, and returns the call on {@code remote}. */
        ThrowingCallable prepare(Storage remote, ObjectKey key);
    }
}
