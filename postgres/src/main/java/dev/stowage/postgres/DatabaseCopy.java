package dev.stowage.postgres;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.repositories.SqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Copies the rows of an SQLite database into empty tables of PostgreSQL. Both databases are locked against changes during the copy.
 *
 * <p>Everything is copied in one transaction, in batches of limited size. A copy that fails or is killed at any time leaves the target empty,
 * and can be repeated.
 */
public final class DatabaseCopy {

    private static final String KEY_VERSION = "api_key_version";
    private static final String EVENT_LOG = "event_log";

    /** The tables that are copied, each after those that it refers to. */
    static final List<String> TABLES = List.of(
            "upload_intent",
            "upload_session",
            "upload_part",
            "part_attempt",
            "upload_tail",
            "upload_digest",
            "batch_job",
            "job_item",
            "job_claim",
            "job_key",
            "job_schedule",
            "api_key",
            KEY_VERSION,
            "known_principal",
            "shared_archive",
            "archive_block",
            "archive_progress",
            "link",
            "link_interruption",
            "usage_object",
            "usage_intent",
            "usage_complete",
            "lifecycle_rule",
            "file_expiry",
            "event_intent",
            "event_waiting",
            "event",
            EVENT_LOG,
            "event_journal",
            "event_sink",
            "webhook",
            "webhook_delivery");

    /** The tables that are not copied: leases of processes that have ended, and totals that triggers compute from the copied rows. */
    static final List<String> LEFT_OUT = List.of("process", "task_lease", "usage_project");

    /** The tables whose rows the database numbers, with the column of the number. */
    private static final Map<String, String> NUMBERED = Map.of(
            "batch_job", "number",
            "job_claim", "number",
            "job_schedule", "number",
            "usage_intent", "id",
            "event_intent", "id",
            "event_waiting", "id",
            "webhook", "number");

    /** These have one row in a new database already. */
    private static final List<String> FILLED = List.of(KEY_VERSION, EVENT_LOG);

    private static final String TOTALS =
            "SELECT coalesce(sum(bytes), 0), coalesce(sum(files), 0), coalesce(sum(reserved), 0) FROM ";

    private final Handle source;
    private final Handle target;
    private final Consumer<String> progress;

    private DatabaseCopy(Handle source, Handle target, Consumer<String> progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * The result of a copy.
     *
     * @param rows the number of rows of each table, in the order in which they were copied
     * @param usage the totals of all projects
     */
    public record Result(List<Rows> rows, Usage usage) {
        public Result {
            rows = List.copyOf(rows);
        }
    }

    /** The number of rows of a table. */
    public record Rows(String table, long count) {}

    /** The totals of all projects: stored bytes, files, and bytes reserved for changes that have not ended. */
    public record Usage(long bytes, long files, long reserved) {}

    /**
     * Copies all rows, and compares their numbers and the totals of usage. The target must have the tables of this version.
     *
     * @param source an SQLite database with the schema of this version
     * @param now the time of this machine, on which the processes of the source run
     * @param progress receives the name of each table before it is copied
     * @throws StorageRejected when a service uses one of the databases, when the target is not empty, or when the copy differs from the
     *     source; nothing was copied
     * @throws StorageUnavailable when one of the databases can't be used; nothing was copied, unless
     *     {@link StorageUnavailable#isOutcomeUnknown}
     */
    public static Result copy(SqlDatabase source, PostgresConfig target, Instant now, Consumer<String> progress) {
        return source.read(from -> {
            // Services can't start on the source from now on, and all queries see the same snapshot.
            from.execute("BEGIN IMMEDIATE");
            try (Connection connection =
                            new PostgresConnections(target).migrations().getConnection();
                    Handle to = Jdbi.open(connection)) {
                Handle unused = to.begin();
                Result result = new DatabaseCopy(from, to, progress).copy(now);
                commit(to);
                from.execute("COMMIT");
                return result;
            } catch (SQLException e) {
                throw failure(e);
            }
        });
    }

    private static void commit(Handle to) {
        try {
            Handle unused = to.commit();
        } catch (RuntimeException e) {
            throw StorageUnavailable.outcomeUnknown(
                    "PostgreSQL did not confirm the copy; repeat it: if it was committed, the target is not empty", e);
        }
    }

    private Result copy(Instant now) {
        if (number(source, "SELECT count(*) FROM process WHERE alive_until > " + now.toEpochMilli()) > 0) {
            throw new StorageRejected(
                    "A service uses the source; stop it. One that was killed counts for up to 20 seconds", null);
        }
        checkTarget();
        List<Rows> rows = new ArrayList<>();
        for (String table : TABLES) {
            progress.accept(table);
            long copied = copy(table);
            long counted = number(target, "SELECT count(*) FROM " + table);
            long original = number(source, "SELECT count(*) FROM " + table);
            if (copied != counted || original != counted) {
                throw new StorageRejected(
                        "The copy of the table " + table + " has " + counted + " rows instead of " + original, null);
            }
            rows.add(new Rows(table, counted));
        }
        continueNumbers();
        Usage usage = usage(target, "usage_total");
        Usage original = usage(source, "usage_project");
        if (!usage.equals(original)) {
            throw new StorageRejected("The usage of projects is " + usage + " instead of " + original, null);
        }
        return new Result(rows, usage);
    }

    /** Locks the target, so that no service can start on it, and checks that it is empty. */
    private void checkTarget() {
        target.execute("LOCK TABLE process, " + String.join(", ", TABLES) + " IN SHARE ROW EXCLUSIVE MODE");
        String alive = "SELECT count(*) FROM process WHERE alive_until > extract(epoch FROM clock_timestamp()) * 1000";
        if (number(target, alive) > 0) {
            throw new StorageRejected("A service uses the target; stop it, and copy into a new database", null);
        }
        for (String table : TABLES) {
            if (!FILLED.contains(table)
                    && number(target, "SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1) r") > 0) {
                throw new StorageRejected(
                        "The target is not empty: " + table + " has rows; copy into a new database", null);
            }
        }
        FILLED.forEach(table -> target.execute("DELETE FROM " + table));
    }

    /** @return the number of rows */
    private long copy(String table) {
        List<CopyColumn> columns = target.createQuery(
                        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
                                + " WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                .bind("table", table)
                .map((row, context) -> new CopyColumn(row.getString(1), row.getString(2)))
                .list();
        String names = columns.stream().map(CopyColumn::name).collect(Collectors.joining(", "));
        String arrays = columns.stream().map(CopyColumn::parameter).collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + table + " (" + names + ") SELECT * FROM unnest(" + arrays + ")";
        long count = 0;
        try (Statement query = source.getConnection().createStatement();
                ResultSet rows = query.executeQuery("SELECT " + names + " FROM " + table);
                PreparedStatement inserting = target.getConnection().prepareStatement(insert)) {
            CopyBatch batch = new CopyBatch(columns);
            while (rows.next()) {
                batch.add(rows);
                if (batch.isFull()) {
                    count += batch.insert(inserting);
                }
            }
            return count + batch.insert(inserting);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** So that no number is used again. */
    private void continueNumbers() {
        NUMBERED.forEach((table, column) -> {
            long last =
                    number(source, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '" + table + "'");
            if (last > 0) {
                long unused = number(
                        target,
                        "SELECT setval(pg_get_serial_sequence('" + table + "', '" + column + "'), " + last + ")");
            }
        });
    }

    private static Usage usage(Handle handle, String table) {
        return handle.createQuery(TOTALS + table)
                .map((row, context) -> new Usage(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }

    private static long number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Long.class).one();
    }

    private static StorageException failure(SQLException e) {
        return new StorageUnavailable("Nothing was copied: " + e.getMessage(), e);
    }
}
