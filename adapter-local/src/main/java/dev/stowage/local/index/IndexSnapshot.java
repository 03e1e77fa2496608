package dev.stowage.local.index;

import dev.stowage.core.port.StorageOpener;
import dev.stowage.local.blob.BlobId;
import dev.stowage.sqlite.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A consistent snapshot of the database in its own file. */
public final class IndexSnapshot {

    private final Path file;

    private IndexSnapshot(Path file) {
        this.file = file;
    }

    /** Takes a snapshot while the database is in use; replaces an existing file. */
    public static IndexSnapshot take(Path index, Path file) throws SQLException, IOException {
        Files.deleteIfExists(file);
        DatabaseFile.copy(index, file);
        return new IndexSnapshot(file);
    }

    /** An existing snapshot. */
    public static IndexSnapshot at(Path file) {
        return new IndexSnapshot(file);
    }

    /** Receives blobs, and returns whether to continue. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(BlobId blob, long size) throws IOException;
    }

    /** The number and total size of the small objects inside the snapshot; zero in snapshots of older versions. */
    public StorageOpener.BackupSize smallObjects() throws SQLException {
        try (Connection connection = DatabaseFile.connect(file);
                Statement statement = connection.createStatement()) {
            return holdsBytes(statement) ? smallObjects(statement) : new StorageOpener.BackupSize(0, 0);
        }
    }

    private static boolean holdsBytes(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM pragma_table_info('content') WHERE name = 'bytes'")) {
            return row.getInt(1) == 1;
        }
    }

    private static StorageOpener.BackupSize smallObjects(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM content WHERE bytes IS NOT NULL")) {
            return new StorageOpener.BackupSize(row.getLong(1), row.getLong(2));
        }
    }

    /** Visits all blobs of objects and uploads. */
    public void blobs(Visitor visitor) throws SQLException, IOException {
        try (Connection connection = DatabaseFile.connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT blob, size FROM segment")) {
            boolean more = true;
            while (more && rows.next()) {
                more = visitor.visit(new BlobId(rows.getString("blob")), rows.getLong("size"));
            }
        }
    }
}
