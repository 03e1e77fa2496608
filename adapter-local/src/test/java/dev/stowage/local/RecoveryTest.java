package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery from each state that a crash, or manual changes, can leave in the data folder. */
final class RecoveryTest {

    private static final ObjectKey KEY = new ObjectKey("a/key");
    /** Large enough to be in a file. */
    private static final String TEXT = "text".repeat(20_000);

    @TempDir
    private Path path;

    private DataFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new DataFolder(path);
    }

    @Test
    void open_withBlobThatWasNeverCommitted_removesIt() throws IOException {
        folder.open().close();
        Path blob = Files.writeString(folder.incoming().resolve("0123456789abcdef0123456789abcdef"), "part of a body");

        folder.open().close();

        assertThat(blob).doesNotExist();
    }

    @Test
    void open_withCommittedBlobNotYetMoved_keepsIt() throws IOException {
        putAndClose(TEXT);
        Path blob = folder.blobs().get(0);
        Path incoming = Files.move(blob, folder.incoming().resolve(blob.getFileName()));

        try (Storage storage = folder.open()) {
            assertThat(read(storage)).isEqualTo(TEXT);
        }
        assertThat(incoming).doesNotExist();
        assertThat(blob).exists();
    }

    @Test
    void read_ofCommittedBlobNotYetMoved_findsIt() throws IOException {
        try (Storage storage = folder.open()) {
            put(storage, TEXT);
            Path blob = folder.blobs().get(0);
            Files.move(blob, folder.incoming().resolve(blob.getFileName()));

            assertThat(read(storage)).isEqualTo(TEXT);
        }
    }

    @Test
    void open_withGarbageOfACrash_removesIt() throws IOException {
        putAndClose(TEXT);
        folder.execute("PRAGMA foreign_keys = OFF; DELETE FROM object;"
                + " INSERT INTO garbage (content_id, blob, size) SELECT content_id, blob, size FROM segment;"
                + " DELETE FROM segment; DELETE FROM content");

        folder.open().close();

        assertThat(folder.blobs()).isEmpty();
        assertThat(folder.number("SELECT count(*) FROM garbage")).isZero();
    }

    @Test
    void sweep_duringAWrite_keepsIt() throws Exception {
        try (Storage storage = folder.open();
                Storage other = folder.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch swept = new CountDownLatch(1);
            Content slow = Content.once(new SlowBody(begun, swept), OptionalLong.empty());
            CompletableFuture<Void> put =
                    CompletableFuture.runAsync(() -> storage.objects().put(KEY, slow, PutOptions.DEFAULT));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(sweep(storage)).isEqualTo(new Freed(0, 0));
            assertThat(sweep(other)).isEqualTo(new Freed(0, 0));
            assertThat(folder.blobs()).hasSize(1);
            swept.countDown();
            put.get(10, TimeUnit.SECONDS);

            assertThat(read(storage)).isEqualTo("x".repeat(SlowBody.BEFORE) + "y");
        }
    }

    @Test
    void sweep_overAllFolders_removesBlobsTheIndexDoesNotKnow() throws IOException {
        try (Storage storage = folder.open()) {
            put(storage, TEXT);
            Path stray = Files.writeString(path.resolve("blobs/7f/0123456789abcdef0123456789abcd7f"), "12345");
            Path foreign = Files.writeString(path.resolve("blobs/7f/README"), "unrelated");

            long freed = 0;
            for (int i = 0; i < 256; i++) {
                freed += sweep(storage).bytes();
            }

            assertThat(freed).isEqualTo(5);
            assertThat(stray).doesNotExist();
            assertThat(foreign).exists();
            assertThat(read(storage)).isEqualTo(TEXT);
        }
    }

    @Test
    void read_ofObjectWithoutItsBlob_isUnavailable() throws IOException {
        try (Storage storage = folder.open()) {
            put(storage, TEXT);
            Files.delete(folder.blobs().get(0));

            assertThatThrownBy(() -> read(storage)).isInstanceOf(StorageUnavailable.class);
        }
    }

    @Test
    void read_ofObjectWithATruncatedBlob_failsWithinTheBody() throws IOException {
        try (Storage storage = folder.open()) {
            put(storage, TEXT);
            Files.writeString(folder.blobs().get(0), "a long");

            assertThatThrownBy(() -> read(storage)).isInstanceOf(StorageUnavailable.class);
        }
    }

    @Test
    void open_ofAFileThatIsNotADatabase_isReported() throws IOException {
        folder.open().close();
        Files.writeString(path.resolve("index.db"), "x".repeat(10_000));

        assertThatThrownBy(folder::open).isInstanceOf(StorageRejected.class).hasMessageContaining("damaged");
    }

    @Test
    void open_ofFolderThatCannotBeWritten_saysWhatToDo() throws IOException {
        Path file = Files.writeString(path.resolve("file"), "not a folder");

        assertThatThrownBy(new DataFolder(file)::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("DATA_DIR")
                .hasMessageContaining(file.toString());
    }

    @Test
    void check_whenBlobsCannotBeWritten_fails() throws IOException {
        try (Storage storage = folder.open()) {
            Files.delete(folder.incoming());

            assertThatThrownBy(storage::check).isInstanceOf(StorageUnavailable.class);
        }
    }

    @Test
    void anyCall_afterClose_isUnavailable() {
        Storage storage = folder.open();
        storage.close();

        assertThatThrownBy(() -> storage.objects().stat(KEY)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> put(storage, TEXT)).isInstanceOf(StorageUnavailable.class);
        assertThat(folder.blobs()).isEmpty();
    }

    private void putAndClose(String text) {
        try (Storage storage = folder.open()) {
            put(storage, text);
        }
    }

    private static void put(Storage storage, String text) {
        storage.objects().put(KEY, Content.of(text.getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }

    private static String read(Storage storage) throws IOException {
        return storage.objects()
                .read(
                        KEY,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Freed sweep(Storage storage) {
        return storage.maintenance().orElseThrow().sweep();
    }

    /** Enough bytes to begin a file, and, once released, a y. */
    private static final class SlowBody extends FilterInputStream {

        static final int BEFORE = 150_000;

        private final CountDownLatch begun;
        private final CountDownLatch goOn;

        SlowBody(CountDownLatch begun, CountDownLatch goOn) {
            super(new ByteArrayInputStream(("x".repeat(BEFORE) + "y").getBytes(StandardCharsets.UTF_8)));
            this.begun = begun;
            this.goOn = goOn;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (available() == 1) {
                begun.countDown();
                try {
                    goOn.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return super.read(buffer, offset, Math.min(length, Math.max(1, available() - 1)));
        }
    }
}
