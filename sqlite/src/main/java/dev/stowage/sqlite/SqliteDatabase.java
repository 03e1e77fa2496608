package dev.stowage.sqlite;

import dev.stowage.core.disk.DiskReserve;
import dev.stowage.core.disk.PrivateFiles;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * An SQLite database with a pool of read connections and one thread that makes all changes. Safe for concurrent use, and alongside other
 * processes that use the same file.
 *
 * <p>Failures are mapped by {@link SqliteConfig#faults}. Every wait is bounded: by 30 seconds unless a method takes
 * another limit.
 */
public final class SqliteDatabase implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The part of the reserve that becomes free pages of the database when the disk is full. */
    private static final int SPARE = 8;

    private final String name;
    private final ConnectionFactory connections;
    private final GroupCommit writer;
    private final ReaderPool readers;
    private final DiskReserve reserve;
    private volatile boolean closed;

    private SqliteDatabase(Path file, SqliteConfig config, ConnectionFactory connections, DiskReserve reserve) {
        this.name = config.name();
        this.connections = connections;
        this.reserve = reserve;
        writer = new GroupCommit(threadName(file), connections::open, config);
        readers = new ReaderPool(connections::open, config);
    }

    /**
     * Opens the database, creates it if it is missing, and migrates it to the current schema. Its files are accessible only to the user of
     * the process. Fills the {@link DiskReserve} of its folder.
     *
     * @throws IOException when the file can't be created
     * @throws dev.stowage.core.error.StorageRejected when it was created by a newer version
     */
    public static SqliteDatabase open(Path file, SqliteConfig config) throws IOException {
        PrivateFiles.prepareDatabase(file);
        ConnectionFactory connections = new ConnectionFactory(file, config.pragmas());
        try {
            config.migrations().run(connections, config.name());
        } catch (SQLException e) {
            throw config.faults().apply(e);
        }
        DiskReserve reserve = DiskReserve.in(file.toAbsolutePath().resolveSibling("."));
        reserve.fill();
        return new SqliteDatabase(file, config, connections, reserve);
    }

    /** Runs a query on a pooled connection. Each statement sees everything committed before it. */
    public <T> T read(Function<Handle, T> query) {
        return read(query, TIMEOUT);
    }

    /**
     * Like {@link #read(Function)}, with another limit.
     *
     * @param timeout how long to wait for a connection
     */
    public <T> T read(Function<Handle, T> query, Duration timeout) {
        checkOpen();
        return readers.read(query, timeout);
    }

    /**
     * Makes a change atomically; it is durable when this returns. On a full disk, the space reserved for deletions,
     * heartbeats and the like is released and the change is tried once more; use {@link #add} for changes that add data.
     *
     * @throws StorageUnavailable also when the thread was interrupted. Nothing was changed then, unless
     *     {@link StorageUnavailable#isOutcomeUnknown}
     */
    public <T> T write(Change<T> change) {
        try {
            return write(change, TIMEOUT);
        } catch (StorageFull full) {
            makeRoom(full);
            return write(change, TIMEOUT);
        }
    }

    /**
     * Like {@link #write(Change)}, but does not use the reserved space.
     *
     * @param timeout how long to wait for the change
     */
    public <T> T write(Change<T> change, Duration timeout) {
        checkOpen();
        return writer.write(change, timeout);
    }

    /**
     * Like {@link #write(Change)}, for data that stays.
     *
     * @throws StorageFull while little space is free, so that deletions still succeed
     */
    public <T> T add(Change<T> change) {
        checkRoom();
        return write(change, TIMEOUT);
    }

    /** Makes a change in the transaction of a later one, or when the database is closed. It may be lost, and its failure fails the later one. */
    public void writeLater(Consumer<Handle> change) {
        writer.writeLater(change);
    }

    /**
     * Checks the free space before data is added.
     *
     * @throws StorageFull while little space is free, so that deletions still succeed
     */
    public void checkRoom() {
        reserve.checkRoom();
    }

    /** Finishes changes in progress, within ten seconds; later calls fail. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        readers.close();
    }

    /**
     * Useful even without the reserve: after a checkpoint, the write-ahead log is overwritten from its beginning and does not grow. Each
     * further checkpoint can still need pages that the database does not have, for the records of deletions. So a part of the freed space
     * becomes free pages of the database, before others take it.
     */
    private void makeRoom(StorageFull full) {
        long freed = reserve.release();
        try (Handle handle = connections.open()) {
            checkpoint(handle);
            if (freed > 0) {
                // In two transactions, so that the pages are written. A crash between them leaves the table.
                handle.execute("DROP TABLE IF EXISTS spare_pages");
                handle.execute("CREATE TABLE spare_pages AS SELECT zeroblob(" + freed / SPARE + ") AS bytes");
                handle.execute("DROP TABLE spare_pages");
                checkpoint(handle);
            }
        } catch (RuntimeException e) {
            full.addSuppressed(e);
        }
    }

    private static void checkpoint(Handle handle) {
        int unusedBusy = handle.createQuery("PRAGMA wal_checkpoint(RESTART)")
                .mapTo(Integer.class)
                .one();
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageUnavailable(name + " is closed", null);
        }
    }

    private static String threadName(Path file) {
        return "stowage-" + file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "-writer";
    }
}
