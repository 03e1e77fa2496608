package dev.stowage.worker.sqlite;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.repositories.Repositories;
import dev.stowage.repositories.SqlDatabase;
import dev.stowage.repositories.SqlDialect;
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
 * The database of sessions, jobs, keys, usage and leases. Safe for concurrent use, also by several processes with the same
 * file.
 */
public final class WorkerDatabase implements SqlDatabase, AutoCloseable {

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
            "V15__owner_limits.sql",
            "V16__events.sql",
            "V17__job_filters_and_schedules.sql",
            "V19__archives.sql",
            "V20__s3_key_pairs.sql",
            "V21__webhooks.sql",
            "V22__links.sql",
            "V23__expiry.sql",
            "V25__imports.sql",
            "V26__webhook_rotation.sql");

    /** In pages of 4 KiB: each checkpoint flushes to disk twice, so fewer of them make small changes faster. */
    private static final Map<String, String> PRAGMAS = Map.of("wal_autocheckpoint", "4000");

    private final Path file;
    private final ProcessId process;
    private final SqliteDatabase database;

    private WorkerDatabase(Path file, ProcessId process, SqliteDatabase database) {
        this.file = file;
        this.process = process;
        this.database = database;
    }

    /**
     * Opens the database, creates it if it is missing, and migrates it to the current schema.
     *
     * @param process the id of this process
     * @throws dev.stowage.core.error.StorageRejected when it was created by a newer version
     * @throws StorageUnavailable when it can't be opened
     */
    public static WorkerDatabase open(Path file, ProcessId process) {
        return open(file, process, SCRIPTS.size());
    }

    /** @param version the schema version, for tests of migrations */
    static WorkerDatabase open(Path file, ProcessId process, int version) {
        SqliteConfig config = new SqliteConfig(
                "The worker's database",
                Migrations.of(WorkerDatabase.class, "/db/migration/worker", SCRIPTS.subList(0, version)),
                PRAGMAS,
                () -> {},
                WorkerDatabase::fault);
        try {
            return new WorkerDatabase(file, process, SqliteDatabase.open(file, config));
        } catch (IOException e) {
            throw new StorageUnavailable("The worker's database " + file + " can't be opened", e);
        }
    }

    /** The repositories of this process. */
    public Repositories repositories() {
        return new Repositories(this, process);
    }

    /** Writes a consistent snapshot of the database to a new file. */
    public void copyTo(Path target) {
        try {
            DatabaseFile.copy(file, target);
        } catch (IOException e) {
            throw new StorageUnavailable("The copy " + target + " can't be written", e);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Ends the leases of all processes. For a backup, where no process runs, so that their work can be taken over at once. */
    public void endProcesses() {
        int unused = write(handle -> handle.execute("DELETE FROM process"));
    }

    /** What is damaged in the database in {@code file}, which may be in use; empty when it is intact. Reads all of it. */
    public static Optional<String> damage(Path file) {
        return DatabaseFile.damage(file);
    }

    @Override
    public <T> T read(Function<Handle, T> query) {
        return database.read(query);
    }

    @Override
    public <T> T write(Function<Handle, T> change) {
        return database.write(change::apply);
    }

    @Override
    public <T> T add(Function<Handle, T> change) {
        return database.add(change::apply);
    }

    @Override
    public SqlDialect dialect() {
        return SqliteDialect.INSTANCE;
    }

    /** Finishes changes in progress, within a few seconds. Idempotent. */
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
                : new StorageUnavailable("The worker's database does not respond as expected", e);
    }
}
