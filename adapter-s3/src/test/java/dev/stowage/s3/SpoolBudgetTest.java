package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.testkit.Bodies;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of unknown length share the service's temporary space. */
final class SpoolBudgetTest {

    private static final int BUDGET = 1 << 20;
    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    @TempDir
    private Path directory;

    @Test
    void partOfUnknownLength_overTheBudget_isRefused_andReleasesIt() {
        SpoolSpace spools = SpoolSpace.open(directory.resolve("spool"), BUDGET);
        try (S3Server server = S3Server.start();
                Storage storage = S3Storage.open(
                        Stores.config(S3Server.settings(server.endpoint())),
                        Stores.SHORT_TIMEOUTS,
                        Stores.SMALL,
                        new Environment(directory, Clock.systemUTC(), UploadJournal.NONE, spools))) {
            UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);

            assertThatThrownBy(() -> put(storage, upload, BUDGET + 1))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("temporary space is used up");
            assertThat(spools.used()).isZero();
            assertThat(put(storage, upload, BUDGET)).isEqualTo(BUDGET);
            assertThat(spools.used()).isZero();
        }
    }

    private static long put(Storage storage, UploadId upload, int size) {
        return storage.uploads()
                .putPart(KEY, upload, new PartNumber(1), Bodies.ofUnknownLength(size, 1), List.of())
                .size();
    }
}
