package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Interrupted calls end soon, keep the interrupt flag, and leave no partial results. */
interface InterruptionContract extends MultipartFixture {

    @Test
    default void anyCall_onInterruptedThread_endsAndKeepsTheFlag() throws Exception {
        ObjectKey key = key("interrupted");
        ObjectKey target = key("target");
        put(key, Bodies.pattern(100_000, 1));
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("put", () -> put(key, Bodies.pattern(100_000, 1)));
        calls.put("read", () -> store().read(key, ReadOptions.ALL, (info, span, body) -> body.readAllBytes().length));
        calls.put("stat", () -> store().stat(key));
        calls.put("list", () -> store().list(ListQuery.of(prefix(""))));
        calls.put("copy", () -> store().copy(key, target, CopyOptions.DEFAULT));
        calls.put("create", () -> create(key));
        calls.put("delete", () -> store().delete(List.of(target)));

        for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
            assertThat(Race.alone(() -> endsInterrupted(call.getValue())))
                    .as(call.getKey())
                    .isTrue();
        }

        put(key, Bodies.pattern(1000, 2));
        verify(key, 1000, 2);
    }

    @Test
    default void put_interruptedWhileItsBodyWaits_storesNothing() throws Exception {
        ObjectKey key = key("waiting");
        long before = leftovers();
        CountDownLatch reading = new CountDownLatch(1);
        List<Boolean> kept = interrupt(reading, () -> {
            assertThatThrownBy(() -> put(key, new Waiting(reading)))
                    .isInstanceOfAny(StorageUnavailable.class, BrokenContent.class);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(kept).containsExactly(true);
        assertThat(store().stat(key)).isEmpty();
        assertThat(openUploads()).isEmpty();
        assertThat(leftovers()).isEqualTo(before);
    }

    /** Runs {@code call} and interrupts it once {@code ready} has counted down. */
    private static List<Boolean> interrupt(CountDownLatch ready, Callable<Boolean> call) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "interrupted");
        thread.setDaemon(true);
        thread.start();
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        return List.of(task.get(20, TimeUnit.SECONDS));
    }

    private static boolean endsInterrupted(Callable<?> call) throws Exception {
        Thread.currentThread().interrupt();
        try {
            call.call();
        } catch (StorageUnavailable e) {
            // As the port specifies; a call that did not have to wait may also succeed.
        }
        return Thread.interrupted();
    }

    /** A body whose second half never arrives. */
    final class Waiting implements Content {

        private final CountDownLatch reading;

        Waiting(CountDownLatch reading) {
            this.reading = reading;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(200_000);
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            InputStream good = Bodies.stream(100_000, 1);
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = good.read(buffer, offset, length);
                    if (count >= 0) {
                        return count;
                    }
                    reading.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return -1;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException("interrupted while waiting for the body");
                    }
                }
            };
        }
    }
}
