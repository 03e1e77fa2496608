package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                    .as("the interrupt flag is set after %s", call.getKey())
                    .isTrue();
        }

        put(key, Bodies.pattern(1000, 2));
        verify(key, 1000, 2);
    }

    @ParameterizedTest
    @MethodSource("waitingSizes")
    default void put_interruptedWhileItsBodyWaits_storesNothing(long received) throws Exception {
        ObjectKey key = key("waiting");
        long before = leftovers();

        assertInterrupted(received, body -> put(key, body));

        assertThat(store().stat(key)).isEmpty();
        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
    }

    @Test
    default void putPart_interruptedWhileItsBodyWaits_storesNothing() throws Exception {
        ObjectKey key = key("waiting");
        UploadId upload = create(key);
        long before = leftovers();

        assertInterrupted(100_000, body -> putPart(key, upload, 1, body));

        assertThat(partNumbers(key, upload)).isEmpty();
        assertNothingLeft(before);
    }

    /** Returns how many bytes of a body arrive: few, and some more than each threshold. */
    default List<Long> waitingSizes() {
        return Stream.concat(Stream.of(100_000L), thresholds().stream().map(threshold -> threshold + 100_000))
                .toList();
    }

    /** Interrupts {@code write} when its body has half arrived, and asserts that it fails and keeps the flag. */
    static void assertInterrupted(long received, Consumer<Content> write) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            assertThatThrownBy(() -> write.accept(new Waiting(received, reading)))
                    .isInstanceOfAny(StorageUnavailable.class, BrokenContent.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(task, "interrupted");
        thread.setDaemon(true);
        thread.start();
        assertThat(reading.await(20, TimeUnit.SECONDS))
                .as("the store reads the body within 20 seconds")
                .isTrue();
        thread.interrupt();
        assertThat(task.get(20, TimeUnit.SECONDS))
                .as("the interrupt flag is set after the call")
                .isTrue();
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

        private final long received;
        private final CountDownLatch reading;

        Waiting(long received, CountDownLatch reading) {
            this.received = received;
            this.reading = reading;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(2 * received);
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            InputStream good = Bodies.stream(received, 1);
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
