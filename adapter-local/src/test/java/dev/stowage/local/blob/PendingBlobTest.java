package dev.stowage.local.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs of bodies larger than one read. */
final class PendingBlobTest {

    private static final int SIZE = (3 << 20) + 1;
    private static final int MANY = 16;

    @TempDir
    private Path folder;

    private final byte[] body = new byte[SIZE];
    private BlobStore blobs;

    PendingBlobTest() {
        new Random(1).nextBytes(body);
    }

    @BeforeEach
    void open() throws IOException {
        blobs = BlobStore.open(folder);
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    @Test
    void concurrentWrites_storeEachWithItsDigest() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        List<Future<StoredBlob>> stored = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int size = SIZE - i;
            stored.add(threads.submit(() -> write(new ByteArrayInputStream(body, 0, size), Long.MAX_VALUE)));
        }
        threads.shutdown();

        for (int i = 0; i < MANY; i++) {
            StoredBlob blob = stored.get(i).get();
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(body, 0, SIZE - i);
            assertThat(blob.size()).isEqualTo(SIZE - i);
            assertThat(blob.md5()).isEqualTo(HexFormat.of().formatHex(md5.digest()));
        }
    }

    @Test
    void write_ofAFailingBody_leavesNothing_andTheNextOneSucceeds() throws IOException {
        InputStream broken = bodyWith(() -> {
            throw new BrokenContent("The connection ended");
        });

        assertThatThrownBy(() -> write(broken, Long.MAX_VALUE)).isInstanceOf(BrokenContent.class);

        assertThat(incoming()).isEmpty();
        assertThat(write(new ByteArrayInputStream(body), Long.MAX_VALUE).size()).isEqualTo(SIZE);
    }

    @Test
    void write_ofATooLongBody_leavesNothing() throws IOException {
        assertThatThrownBy(() -> write(new ByteArrayInputStream(body), SIZE / 2))
                .isInstanceOf(InvalidInput.class);

        assertThat(incoming()).isEmpty();
    }

    @Test
    void write_interrupted_leavesNothingButTheInterrupt() throws IOException {
        InputStream interrupting = bodyWith(() -> Thread.currentThread().interrupt());

        assertThatThrownBy(() -> write(interrupting, Long.MAX_VALUE))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void close_ofTheStoreInTheMiddle_letsTheBodyEnd() throws IOException {
        InputStream closing = bodyWith(() -> blobs.close());

        assertThat(write(closing, Long.MAX_VALUE).size()).isEqualTo(SIZE);
    }

    /** A body with an action at each read in its second half. */
    private InputStream bodyWith(Runnable happening) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                if (pos > SIZE / 2) {
                    happening.run();
                }
                return super.read(buffer, offset, length);
            }
        };
    }

    private StoredBlob write(InputStream bytes, long maxSize) {
        try (ContentStream stream = ContentStream.open(Content.once(bytes, OptionalLong.empty()), List.of());
                PendingBlob pending = blobs.begin()) {
            return pending.write(stream, OptionalLong.empty(), maxSize);
        }
    }

    private List<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("blobs/incoming"))) {
            return files.toList();
        }
    }
}
