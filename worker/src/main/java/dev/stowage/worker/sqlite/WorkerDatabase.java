package dev.stowage.worker.sqlite;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.ApiKeys;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.PrincipalStore;
import dev.stowage.core.port.ProjectUsage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.sqlite.Change;
import dev.stowage.sqlite.DatabaseFile;
import dev.stowage.sqlite.Migrations;
import dev.stowage.sqlite.SqliteConfig;
import dev.stowage.sqlite.SqliteDatabase;
import dev.stowage.sqlite.SqliteFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The database in which the worker keeps what must outlive a crash. Safe for concurrent use, and beside other processes with the same
 * file.
 */
public final class WorkerDatabase implements AutoCloseable {

    /** The schema; a new script is added at the end. */
    static final List<String> SCRIPTS = List.of(
            "V1__upload_sessions.sql",
            "V2__batch_jobs.sql",
            "V3__access.sql",
            "V4__project_usage.sql",
            "V5__resumable_uploads.sql",
            "V6__job_items.sql",
            "V7__upload_conditions.sql",
            "V8__job_claims.sql",
            "V9__attributes.sql",
            "V10__part_attempts.sql",
            "V11__upload_digests.sql",
            "V12__job_turns.sql",
            "V13__compact_job_items.sql",
            "V14__unaddressable_objects.sql",
            "V15__owner_limits.sql");

    private final Path file;
    private final ProcessId process;
    private final SqliteDatabase database;

    private WorkerDatabase(Path file, ProcessId process, SqliteDatabase database) {
        this.file = file;
        this.process = process;
        this.database = database;
    }

    /**
     * Opens the database, making it where it is missing, and brings it up to date.
     *
     * @param process this one
     * @throws dev.stowage.core.error.StorageRejected when it was made by a newer version
     * @throws StorageUnavailable when it can't be opened
     */
    public static WorkerDatabase open(Path file, ProcessId process) {
        return open(file, process, SCRIPTS.size());
    }

    /** @param version of the schema, to test upgrades from earlier ones */
    static WorkerDatabase open(Path file, ProcessId process, int version) {
        SqliteConfig config = new SqliteConfig(
                "The worker's database",
                Migrations.of(WorkerDatabase.class, "/db/migration/worker", SCRIPTS.subList(0, version)),
                Map.of(),
                () -> {},
                WorkerDatabase::fault);
        try {
            return new WorkerDatabase(file, process, SqliteDatabase.open(file, config));
        } catch (IOException e) {
            throw new StorageUnavailable("The worker's database " + file + " can't be opened", e);
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
    public PrincipalStore principals() {
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

    /** Writes the database, as it is at one moment during the call, to a file that is not there yet. */
    public void copyTo(Path target) {
        try {
            DatabaseFile.copy(file, target);
        } catch (IOException e) {
            throw new StorageUnavailable("The copy " + target + " can't be written", e);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Ends all processes on record. For a copy, which none of them is at work on, so that what they were doing can be taken over at once. */
    public void endProcesses() {
        int unused = write(handle -> handle.execute("DELETE FROM process"));
    }

    /** What is wrong with the database in {@code file}, which may be in use; empty when nothing was found. Reads all of it. */
    public static Optional<String> damage(Path file) {
        return DatabaseFile.damage(file);
    }

    /** Asks something; each statement sees all that was committed before it. */
    <T> T read(Function<Handle, T> query) {
        return database.read(query);
    }

    /**
     * Changes something, all of it or nothing, durably when this returns. On a full disk it takes the space that is kept back for
     * deletions, heartbeats and the like; what adds data is for {@link #add}.
     */
    <T> T write(Change<T> change) {
        return database.write(change);
    }

    /**
     * As {@link #write}, for what adds data that stays, such as sessions, jobs and the bytes of uploads.
     *
     * @throws StorageFull while little space is free, so that what is there can still be deleted
     */
    <T> T add(Change<T> change) {
        return database.add(change);
    }

    /** Writes to the disk and changes nothing, to see that both can be done. */
    void checkWrites() {
        int unused = write(
                handle -> handle.execute("UPDATE process SET alive_until = alive_until WHERE id = ?", process.value()));
    }

    /** Ends what is under way, within a few seconds. Again: does nothing. */
    @Override
    public void close() {
        database.close();
    }

    private static RuntimeException fault(Throwable e) {
        if (e instanceof StorageException || e instanceof ClaimLost) {
            return (RuntimeException) e;
        }
        return SqliteFailure.of(e) == SqliteFailure.FULL
                ? new StorageFull(e)
                : new StorageUnavailable("The worker's database does not answer as it should", e);
    }
}
