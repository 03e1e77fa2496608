package dev.stowage.local.index;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.local.fault.Faults;
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
    private volatile boolean closed;

    private Index(Connections connections, Runnable barrier) {
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
        try (Handle handle = connections.open()) {
            Migrations.current().run(handle.getConnection());
        } catch (SQLException | RuntimeException e) {
            throw Faults.database(e);
        }
        return new Index(connections, barrier);
    }

    /** Asks something. Each statement sees all that was committed before it. */
    public <T> T read(Function<Handle, T> query) {
        checkOpen();
        return readers.read(query, PATIENCE);
    }

    /**
     * Changes something, durably.
     *
     * @throws StorageUnavailable also when the thread was interrupted. Nothing was changed then, unless the cause is
     *     {@link OutcomeUnknown}
     */
    public <T> T write(Change<T> change) {
        checkOpen();
        return writer.write(change, PATIENCE);
    }

    /** Changes something along with a later change; it may be lost. */
    public void writeLater(Consumer<Handle> change) {
        writer.writeLater(change);
    }

    /** Asks and changes nothing, to see that both can be done; at most 4 seconds. */
    public void check() {
        checkOpen();
        readers.read(
                handle -> handle.select("SELECT 1 FROM object LIMIT 1")
                        .mapTo(Integer.class)
                        .findFirst(),
                CHECK_PATIENCE);
        writer.write(handle -> true, CHECK_PATIENCE);
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
