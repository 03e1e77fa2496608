package dev.stowage.local.index;

import dev.stowage.core.disk.DiskReserve;
import dev.stowage.core.disk.PrivateFiles;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.local.fault.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The database that knows what the blobs are. Safe for concurrent use, and beside other processes with the same file.
 *
 * <p>Its failures are {@link dev.stowage.core.error.StorageException}s, and every wait has an end.
 */
public final class Index implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(2);

    private final IndexWriter writer;
    private final IndexReaders readers;
    private final DiskReserve reserve;
    private final Connections connections;
    private volatile boolean closed;

    private Index(Connections connections, Runnable barrier, DiskReserve reserve) {
        this.connections = connections;
        this.reserve = reserve;
        writer = new IndexWriter(connections::open, barrier);
        readers = new IndexReaders(connections::open);
    }

    /**
     * Opens the database and brings it up to date.
     *
     * @param barrier runs before each commit, to see that what the new rows name is on disk; it may throw
     */
    public static Index open(Path file, Runnable barrier) {
        Connections connections = new Connections(file);
        try {
            PrivateFiles.prepareDatabase(file);
        } catch (IOException e) {
            throw Faults.io(e, file);
        }
        try (Handle handle = connections.open()) {
            Migrations.current().run(handle.getConnection());
        } catch (SQLException | RuntimeException e) {
            throw Faults.database(e);
        }
        DiskReserve reserve = DiskReserve.in(file.toAbsolutePath().resolveSibling("."));
        reserve.fill();
        return new Index(connections, barrier, reserve);
    }

    /** Asks something. Each statement sees all that was committed before it. */
    public <T> T read(Function<Handle, T> query) {
        checkOpen();
        return readers.read(query, PATIENCE);
    }

    /**
     * Asked before a body is stored.
     *
     * @throws StorageFull while little space is free, so that what is there can still be deleted
     */
    public void checkRoom() {
        reserve.checkRoom();
    }

    /**
     * Changes something, durably. On a full disk it takes the space that is kept back for deletions and the like.
     *
     * @throws StorageUnavailable also when the thread was interrupted. Nothing was changed then, unless the cause is
     *     {@link OutcomeUnknown}
     */
    public <T> T write(Change<T> change) {
        checkOpen();
        try {
            return writer.write(change, PATIENCE);
        } catch (StorageFull full) {
            makeRoom(full);
            return writer.write(change, PATIENCE);
        }
    }

    /** Also where the reserve is gone: a write-ahead log that was checkpointed is written again from its beginning, and does not grow. */
    private void makeRoom(StorageFull full) {
        boolean unused = reserve.release();
        try (Handle handle = connections.open()) {
            int unusedBusy = handle.createQuery("PRAGMA wal_checkpoint(RESTART)")
                    .mapTo(Integer.class)
                    .one();
        } catch (RuntimeException e) {
            full.addSuppressed(e);
        }
    }

    /** Changes something along with a later change; it may be lost. */
    public void writeLater(Consumer<Handle> change) {
        writer.writeLater(change);
    }

    /** Asks, and writes to the disk what changes nothing, to see that both can be done; at most 4 seconds. */
    public void check() {
        checkOpen();
        readers.read(
                handle -> handle.select("SELECT 1 FROM object LIMIT 1")
                        .mapTo(Integer.class)
                        .findFirst(),
                CHECK_PATIENCE);
        writer.write(
                handle -> handle.execute("INSERT INTO garbage (content_id, blob, size) VALUES (0, 'check', 0)")
                        + handle.execute("DELETE FROM garbage WHERE blob = 'check'"),
                CHECK_PATIENCE);
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageUnavailable("The local store is closed", null);
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        readers.close();
    }
}
