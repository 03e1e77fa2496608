package dev.stowage.worker.sqlite;

import dev.stowage.core.disk.DiskReserve;
import dev.stowage.core.disk.PrivateFiles;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.port.ApiKeys;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.KnownPrincipals;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.ProjectUsage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.session.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The database in which the worker keeps what must outlive a crash. Safe for concurrent use, and beside other processes with the same
 * file.
 */
public final class WorkerDatabase implements AutoCloseable {

    private static final int READERS = 4;

    private final ProcessId process;
    private final HandlePool writer;
    private final HandlePool readers;
    private final SharedCommits commits;
    private final DiskReserve reserve;

    private WorkerDatabase(Jdbi jdbi, ProcessId process, DiskReserve reserve) {
        this.process = process;
        this.reserve = reserve;
        writer = new HandlePool(jdbi, 1);
        readers = new HandlePool(jdbi, READERS);
        commits = new SharedCommits(writer);
    }

    /**
     * Opens the database, making it where it is missing, and brings it up to date.
     *
     * @param process this one
     * @throws dev.stowage.core.error.StorageRejected when it was made by a newer version
     * @throws StorageUnavailable when it can't be opened
     */
    public static WorkerDatabase open(Path file, ProcessId process) {
        Properties settings = new Properties();
        // A commit is on disk when it returns; writers don't wait for readers, nor readers for writers.
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        // For the writer's lock, which another process may have.
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("foreign_keys", "true");
        // Nobody asks for them, and each insert would be followed by a query.
        settings.setProperty("jdbc.get_generated_keys", "false");
        Jdbi jdbi = Jdbi.create(() -> DriverManager.getConnection("jdbc:sqlite:" + file, settings))
                .setStatementBuilderFactory(connection -> new KeptStatements());
        WorkerDatabase database = new WorkerDatabase(
                jdbi, process, DiskReserve.in(file.toAbsolutePath().resolveSibling(".")));
        try {
            PrivateFiles.prepareDatabase(file);
            if (!database.read(Migrations::isCurrent)) {
                new Migrations(file).run();
            }
            database.reserve.fill();
            return database;
        } catch (IOException e) {
            database.close();
            throw new StorageUnavailable("The worker's database " + file + " can't be opened", e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The sessions in it. */
    public UploadSessions sessions() {
        return new SqliteSessions(this, process);
    }

    /** The batch jobs in it. */
    public BatchJobs jobs() {
        return new SqliteJobs(this, process);
    }

    /** The API keys in it. */
    public ApiKeys keys() {
        return new SqliteKeys(this);
    }

    /** The principals in it that others vouch for. */
    public KnownPrincipals principals() {
        return new SqlitePrincipals(this);
    }

    /** What projects hold, as this process counts it. */
    public ProjectUsage usage() {
        return new SqliteUsage(this, process);
    }

    /** The leases in it, as this process has them. */
    public Leases leases() {
        return new SqliteLeases(this, process);
    }

    /**
     * Writes the database, as it is at one moment during the call, to a file that is not there yet. See
     * <a href="https://sqlite.org/lang_vacuum.html#vacuuminto">VACUUM INTO</a>.
     */
    public void copyTo(Path file) {
        try {
            PrivateFiles.createIfMissing(file);
        } catch (IOException e) {
            throw new StorageUnavailable("The copy " + file + " can't be written", e);
        }
        int unused = read(handle -> handle.execute("VACUUM INTO ?", file.toString()));
    }

    /**
     * What is wrong with the database in {@code file}, which may be in use; empty when nothing was found. Reads all of it: see
     * <a href="https://sqlite.org/pragma.html#pragma_quick_check">quick_check</a>.
     */
    public static Optional<String> damage(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = rows.next() ? rows.getString(1) : "no answer";
            return found.equals("ok") ? Optional.empty() : Optional.of(found);
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Asks something; each statement sees all that was committed before it. */
    <T> T read(Function<Handle, T> query) {
        return translated(() -> readers.lend(query));
    }

    /**
     * Changes something, all of it or nothing, durably when this returns; perhaps in the thread of another change. On a full disk it
     * takes the space that is kept back for deletions, heartbeats and the like; what adds data is for {@link #add}.
     */
    <T> T write(Function<Handle, T> change) {
        try {
            return translated(() -> commits.write(change));
        } catch (StorageFull full) {
            makeRoom(full);
            return translated(() -> commits.write(change));
        }
    }

    /** Also where the reserve is gone: a write-ahead log that was checkpointed is written again from its beginning, and does not grow. */
    private void makeRoom(StorageFull full) {
        boolean unused = reserve.release();
        try {
            int unusedBusy = writer.lend(handle -> handle.createQuery("PRAGMA wal_checkpoint(RESTART)")
                    .mapTo(Integer.class)
                    .one());
        } catch (RuntimeException e) {
            full.addSuppressed(e);
        }
    }

    /**
     * As {@link #write}, for what adds data that stays, such as sessions, jobs and the bytes of uploads.
     *
     * @throws StorageFull while little space is free, so that what is there can still be deleted
     */
    <T> T add(Function<Handle, T> change) {
        reserve.checkRoom();
        return translated(() -> commits.write(change));
    }

    /** Writes to the disk and changes nothing, to see that both can be done. */
    void checkWrites() {
        int unused = write(
                handle -> handle.execute("UPDATE process SET alive_until = alive_until WHERE id = ?", process.value()));
    }

    /** Ends what is under way, within a few seconds. Again: does nothing. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    private static <T> T translated(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageException | ClaimLost e) {
            throw e;
        } catch (RuntimeException e) {
            throw fault(e);
        }
    }

    private static StorageException fault(RuntimeException e) {
        if (DatabaseFull.is(e)) {
            return new StorageFull(e);
        }
        return new StorageUnavailable(
                e instanceof CommitUnknown
                        ? "The worker's database did not confirm a change, so it may have been made or not; look, and try again"
                        : "The worker's database does not answer as it should",
                e);
    }
}
