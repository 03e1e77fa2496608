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
 * An SQLite database: a few connections to read with, and one thread that makes all changes. Safe for concurrent use, and beside other
 * processes with the same file.
 *
 * <p>Its failures are those that {@link SqliteConfig#faults} makes of them, and every wait has a bound: 30 seconds unless a method takes
 * another.
 */
public final class SqliteDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
     * Opens the database, creating it where it is missing, and brings it to the schema of this version. Only the user of the process may
     * use its files. Fills the {@link DiskReserve} of its folder.
     *
     * @throws IOException when the file can't be created
     * @throws dev.stowage.core.error.StorageRejected when it was made by a newer version
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

    /** Runs a query on a connection of its own. Each statement sees all that was committed before it. */
    public <T> T read(Function<Handle, T> query) {
        return read(query, PATIENCE);
    }

    /**
     * As {@link #read(Function)}.
     *
     * @param patience how long a connection is waited for
     */
    public <T> T read(Function<Handle, T> query, Duration patience) {
        checkOpen();
        return readers.read(query, patience);
    }

    /**
     * Makes a change: all of it or nothing, durably when this returns. On a full disk it takes the space that is kept back for deletions,
     * heartbeats and the like, and is tried once more; what adds data is for {@link #add}.
     *
     * @throws StorageUnavailable also when the thread was interrupted. Nothing was changed then, unless the cause is
     *     {@link OutcomeUnknown}
     */
    public <T> T write(Change<T> change) {
        try {
            return write(change, PATIENCE);
        } catch (StorageFull full) {
            makeRoom(full);
            return write(change, PATIENCE);
        }
    }

    /**
     * As {@link #write(Change)}, but does not touch the space that is kept back.
     *
     * @param patience how long the change is waited for
     */
    public <T> T write(Change<T> change, Duration patience) {
        checkOpen();
        return writer.write(change, patience);
    }

    /**
     * As {@link #write(Change)}, for what adds data that stays.
     *
     * @throws StorageFull while little space is free, so that what is there can still be deleted
     */
    public <T> T add(Change<T> change) {
        checkRoom();
        return write(change, PATIENCE);
    }

    /** Makes a change in the transaction of a later one, or when the database is closed. It may be lost, and its failure is the later one's. */
    public void writeLater(Consumer<Handle> change) {
        writer.writeLater(change);
    }

    /**
     * To be called before data is added.
     *
     * @throws StorageFull while little space is free, so that what is there can still be deleted
     */
    public void checkRoom() {
        reserve.checkRoom();
    }

    /** Ends what is under way, within ten seconds; later calls fail. Again: does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        readers.close();
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

    private void checkOpen() {
        if (closed) {
            throw new StorageUnavailable(name + " is closed", null);
        }
    }

    private static String threadName(Path file) {
        return "stowage-" + file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "-writer";
    }
}
