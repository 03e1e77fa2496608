package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.local.blob.SmallBody;
import dev.stowage.testkit.fault.TinyDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a full disk writes are refused as such, while existing objects can be read and deleted. */
final class FullDiskTest {

    private static final int FILES = 300;

    @TempDir
    Path mountPoint;

    @Test
    void fullDisk_refusesWrites_andAllowsDeletions() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(mountPoint, 64 << 20);
                Storage storage = new DataFolder(disk.folder()).open()) {
            ObjectStore store = storage.objects();
            List<ObjectKey> keys = IntStream.range(0, FILES)
                    .mapToObj(i -> new ObjectKey("raw/p1/" + i))
                    .toList();
            for (ObjectKey key : keys) {
                store.put(
                        key,
                        Content.of(new byte[key.hashCode() % 2 == 0 ? 1 : SmallBody.MAX_SIZE + 1]),
                        PutOptions.DEFAULT);
            }
            disk.fill();

            assertThatThrownBy(storage::check).isInstanceOf(StorageFull.class);
            assertThatThrownBy(() -> store.put(new ObjectKey("new"), Content.of(new byte[1]), PutOptions.DEFAULT))
                    .isInstanceOf(StorageFull.class);
            for (ObjectKey key : keys) {
                assertThat(store.delete(List.of(key))).singleElement().isInstanceOf(DeleteResult.Deleted.class);
                disk.fill();
            }
        }
    }

    @Test
    void freedDisk_isWrittenTo() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(mountPoint, 64 << 20);
                Storage storage = new DataFolder(disk.folder()).open()) {
            Path filling = disk.fill();
            assertThatThrownBy(storage::check).isInstanceOf(StorageFull.class);

            Files.delete(filling);

            storage.check();
            storage.objects().put(new ObjectKey("new"), Content.of(new byte[1]), PutOptions.DEFAULT);
        }
    }
}
