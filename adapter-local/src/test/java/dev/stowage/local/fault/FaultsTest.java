package dev.stowage.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The translation of failures of the disk and the database. */
final class FaultsTest {

    @TempDir
    private Path folder;

    @Test
    void io_onFullDevice_isStorageFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "requires /dev/full");
        IOException noSpace;
        try (OutputStream out = new FileOutputStream(full.toFile())) {
            noSpace = catchThrowableOfType(IOException.class, () -> out.write(new byte[100]));
        }

        assertThat(Faults.io(noSpace, folder)).isInstanceOf(StorageFull.class);
    }

    @Test
    void io_ofAnyOtherKind_isStorageUnavailable_withoutDetails() {
        StorageException fault = Faults.io(new IOException("Input/output error: " + folder), folder);

        assertThat(fault).isInstanceOf(StorageUnavailable.class);
        assertThat(fault.getMessage()).doesNotContain(folder.toString());
    }

    @Test
    void io_ofInterrupt_isReported() {
        assertThat(Faults.io(new ClosedByInterruptException(), folder))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("interrupted");
    }

    @Test
    void database_byCode() {
        assertThat(database(13)).isInstanceOf(StorageFull.class);
        assertThat(database(8)).isInstanceOf(StorageRejected.class);
        assertThat(database(11)).isInstanceOf(StorageRejected.class);
        assertThat(database(5)).isInstanceOf(StorageUnavailable.class);
        assertThat(Faults.database(new IllegalStateException("a defect"))).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void database_ofOurOwn_staysAsItIs() {
        Conflict conflict = new Conflict("ours");

        assertThat(Faults.database(conflict)).isSameAs(conflict);
    }

    private static StorageException database(int code) {
        return Faults.database(new IllegalStateException("wrapped", new SQLException("text", "", code)));
    }
}
