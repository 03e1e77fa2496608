package dev.stowage.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.AccessTier;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to the store, and therefore not in the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AzureObjectsTest {

    private static final ObjectKey SOURCE = new ObjectKey("source");
    private static final ObjectKey TARGET = new ObjectKey("target");
    private static final CopyOptions WITH_ANOTHER_TYPE = new CopyOptions(
            WriteCondition.NONE,
            Optional.empty(),
            new AttributeChanges(Optional.of(new ContentType("text/csv")), Optional.empty(), Map.of()));

    @TempDir
    static Path folder;

    private Azurite azurite;
    private AzureConnection connection;
    private Blobs blobs;
    private AzureStorage storage;

    @BeforeAll
    void open() throws IOException {
        azurite = Azurite.start(folder);
        connection = new AzureConnection(azurite.config());
        blobs = new Blobs(azurite.config(), connection, InstantSource.system());
        storage = AzureStorage.open(azurite.config(), InstantSource.system());
    }

    @AfterAll
    void close() {
        if (storage != null) {
            storage.close();
            connection.close();
            azurite.close();
        }
    }

    @Test
    void copy_keepsWhatOtherClientsWrote_alsoWithChanges() {
        BlobClient source = blobs.client("source");
        objects().put(SOURCE, Content.of(new byte[10]), PutOptions.DEFAULT);
        source.setMetadata(Map.of("Foreign_Name", "x", "two_2dwords", "y"));
        source.setTags(Map.of("stage", "a b", "k", "v=1"));
        source.setAccessTier(AccessTier.COOL);

        for (CopyOptions options : List.of(CopyOptions.DEFAULT, WITH_ANOTHER_TYPE)) {
            ObjectInfo copied = objects().copy(SOURCE, TARGET, options);

            BlobClient target = blobs.client("target");
            assertEquals(
                    Map.of("foreign_name", "x", "two-words", "y"),
                    copied.attributes().metadata().values());
            assertEquals("x", target.getProperties().getMetadata().get("Foreign_Name"));
            assertEquals(Map.of("stage", "a b", "k", "v=1"), target.getTags());
            assertEquals(AccessTier.COOL, target.getProperties().getAccessTier());
            assertEquals(
                    objects().inspect(SOURCE).orElseThrow().checksums(),
                    objects().inspect(TARGET).orElseThrow().checksums());
        }
    }

    @Test
    void under_aClosedFence_changesNothing() {
        ObjectKey kept = new ObjectKey("kept");
        ObjectInfo info = objects()
                .put(kept, Content.of(new byte[10]), PutOptions.DEFAULT)
                .info();
        ObjectStore closed = objects().under(() -> false);

        DeleteResult deleted = closed.delete(List.of(kept)).get(0);

        assertInstanceOf(StorageUnavailable.class, ((DeleteResult.Failed) deleted).reason());
        for (CopyOptions options : List.of(CopyOptions.DEFAULT, WITH_ANOTHER_TYPE)) {
            assertThrows(StorageUnavailable.class, () -> closed.copy(kept, new ObjectKey("fenced"), options));
        }
        assertEquals(info.etag(), objects().stat(kept).orElseThrow().etag());
        assertTrue(objects().stat(new ObjectKey("fenced")).isEmpty());
    }

    private ObjectStore objects() {
        return storage.objects();
    }
}
