package dev.stowage.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Maintenance;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes leave behind, which the contract does not create. */
final class SweepTest {

    private static final ObjectKey KEY = new ObjectKey("a b");

    @TempDir
    Path folder;

    @Test
    void sweep_deletesOldPartsOfEndedUploads_andStagedBodies_andNothingElse() throws IOException {
        TestClock clock = new TestClock(Instant.now());
        try (Azurite azurite = Azurite.start(folder);
                AzureStorage storage = AzureStorage.open(azurite.config(), clock);
                AzureConnection connection = new AzureConnection(azurite.config())) {
            Blobs blobs = new Blobs(azurite.config(), connection, clock);
            UploadId open = begin(storage);
            UploadId ended = begin(storage);
            UploadId withoutParts = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
            blobs.delete(Upload.of(KEY, ended).record(), WriteCondition.NONE, Optional.empty());
            blobs.put(
                    Puts.STAGED + "crashed",
                    BinaryData.fromString("text"),
                    EncodedAttributes.NONE,
                    WriteCondition.NONE);
            Maintenance sweep = storage.maintenance().orElseThrow();

            Maintenance.Freed young = sweep.sweep();
            clock.advance(Duration.ofDays(2));
            Maintenance.Freed old = sweep.sweep();

            assertEquals(new Maintenance.Freed(0, 0), young);
            assertEquals(new Maintenance.Freed(2, 9), old);
            assertTrue(blobs.head(Upload.of(KEY, ended).part(new PartNumber(1))).isEmpty());
            assertEquals(
                    1,
                    storage.uploads()
                            .listParts(KEY, open, 10, Optional.empty())
                            .items()
                            .size());
            assertEquals(
                    0,
                    storage.uploads()
                            .listParts(KEY, withoutParts, 10, Optional.empty())
                            .items()
                            .size());
        }
    }

    private static UploadId begin(AzureStorage storage) {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        storage.uploads().putPart(KEY, upload, new PartNumber(1), Content.of(new byte[5]), List.of());
        return upload;
    }
}
