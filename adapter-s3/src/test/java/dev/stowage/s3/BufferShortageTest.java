package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads while one slow client holds all buffers. */
@Timeout(60)
final class BufferShortageTest {

    private static final int LARGE = (12 << 20) + 1;
    private static final int HALF_A_PART = 3 << 20;

    private final CountDownLatch holding = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final byte[] bytes = new byte[LARGE];

    @TempDir
    private static Path directory;

    private S3Server server;
    private Storage storage;
    private FutureTask<ObjectInfo> slow;

    @BeforeEach
    void startSlowUpload() throws Exception {
        new Random(1).nextBytes(bytes);
        server = S3Server.start();
        storage = Stores.open(server.settings(), Stores.TIGHT, directory);
        InputStream body = new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, HALF_A_PART),
                new SequenceInputStream(new Gate(), new ByteArrayInputStream(bytes, HALF_A_PART, LARGE - HALF_A_PART)));
        slow = new FutureTask<>(() -> put("slow", body, OptionalLong.empty()));
        Thread thread = new Thread(slow);
        thread.setDaemon(true);
        thread.start();
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        storage.close();
        server.close();
    }

    @Test
    void put_ofKnownLength_isStreamed() throws Exception {
        ObjectInfo info = put("known", new ByteArrayInputStream(bytes), OptionalLong.of(LARGE));

        assertThat(info.size()).isEqualTo(LARGE);
        assertStored("known");
        goOn.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).size()).isEqualTo(LARGE);
        assertStored("slow");
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void put_ofUnknownLength_isUnavailableAfterAWhile() {
        assertThatThrownBy(() -> put("unknown", new ByteArrayInputStream(bytes), OptionalLong.empty()))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("Content-Length");
    }

    @Test
    void put_ofShortBodyOfUnknownLength_needsNoBuffer() {
        assertThat(put("short", new ByteArrayInputStream(bytes, 0, 60_000), OptionalLong.empty())
                        .size())
                .isEqualTo(60_000);
    }

    @Test
    void close_interruptsRunningRequests() throws Exception {
        goOn.countDown();
        storage.close();
        storage.close();

        assertThat(endOf(slow)).isIn(Optional.empty(), Optional.of(StorageUnavailable.class));
    }

    /** The failure of the task, if it failed. */
    private static Optional<Class<?>> endOf(FutureTask<?> task) throws Exception {
        try {
            task.get(20, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause()).map(Object::getClass);
        }
    }

    private ObjectInfo put(String name, InputStream body, OptionalLong length) {
        return storage.objects()
                .put(new ObjectKey(name), Content.once(body, length), PutOptions.DEFAULT)
                .info();
    }

    private void assertStored(String name) throws Exception {
        byte[] stored =
                storage.objects().read(new ObjectKey(name), ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
        assertThat(stored).isEqualTo(bytes);
    }

    /** An empty stream that ends only when the test lets it. */
    private final class Gate extends InputStream {
        @Override
        public int read(byte[] buffer, int offset, int length) {
            return read();
        }

        @Override
        public int read() {
            holding.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return -1;
        }
    }
}
