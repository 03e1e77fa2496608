package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.Index;
import dev.stowage.local.url.LocalUrlSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What copies of many objects cost. */
final class BulkCopyTest {

    @TempDir
    private Path folder;

    private final AtomicInteger commits = new AtomicInteger();
    private LocalStorage storage;

    @BeforeEach
    void open() throws IOException {
        InstantSource clock = InstantSource.system();
        BlobStore blobs = BlobStore.open(folder);
        storage = new LocalStorage(
                new Environment(folder, clock),
                DataFolder.TINY_PARTS,
                blobs,
                Index.open(folder.resolve("index.db"), commits::incrementAndGet),
                LocalUrlSigner.open(folder, clock));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void copyAll_of1000_takesTenCommits() {
        ObjectStore store = storage.objects();
        store.put(key("source"), Content.of(new byte[100]), PutOptions.DEFAULT);
        int before = commits.get();

        List<CopyResult> results = store.copyAll(IntStream.range(0, 1000)
                .mapToObj(number -> new Copy(key("source"), key("target/" + number), CopyOptions.DEFAULT))
                .toList());

        assertThat(results).hasSize(1000).allMatch(CopyResult.Copied.class::isInstance);
        assertThat(commits.get() - before).isEqualTo(10);
        assertThat(storage.journal().orElseThrow().last()).isEqualTo(1001);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p/" + name);
    }
}
