package dev.stowage.postgres;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables, and which versions of them this version of the service can use. */
final class PostgresSchema {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);

    /** The number of the newest script. */
    static final int VERSION = 12;

    private static final int OLDEST_SERVER = 150_000;
    private static final String HISTORY = "schema_history";
    /** While another node migrates, Flyway tries to get its lock once per second. */
    private static final int LOCK_RETRIES = 60;

    private PostgresSchema() {}

    /**
     * Checks the server and the tables, and migrates tables that are older than this version.
     *
     * @throws StorageRejected when this version can't use them, or the user may not migrate them
     */
    static SchemaUpdate prepare(PostgresConnections connections, String place) {
        int before = usable(connections, place);
        if (before >= VERSION) {
            return new SchemaUpdate(place, before, before);
        }
        migrate(connections, place);
        return new SchemaUpdate(place, before, usable(connections, place));
    }

    /** Checks the server and the tables, and measures its clock. */
    static DatabaseState examine(PostgresConnections connections, String place, InstantSource host) {
        int schema = usable(connections, place);
        try (Connection connection = connections.single();
                Handle handle = Jdbi.open(connection)) {
            PostgresClock.Sample sample = PostgresClock.sample(handle, System::nanoTime);
            Duration ahead = Duration.between(Instant.ofEpochMilli(sample.millis()), host.instant());
            return new DatabaseState(place, schema, VERSION, ahead);
        } catch (SQLException | RuntimeException e) {
            throw unusable(place, e);
        }
    }

    /** Returns why this version can't use the tables: a later version has removed what it needs. Empty when it can. */
    static Optional<String> outdated(Handle handle) {
        int floor = number(handle, "SELECT version FROM schema_floor");
        return floor <= VERSION
                ? Optional.empty()
                : Optional.of(
                        "The database was migrated by a newer version of the service, and this one can no longer use it"
                                + " (schema " + floor + " or later is needed, known here: " + VERSION
                                + "); start the newer version");
    }

    /**
     * Checks the server and the tables, and that the user may migrate older tables.
     *
     * @return the version of the schema
     */
    private static int usable(PostgresConnections connections, String place) {
        try (Connection connection = connections.single();
                Handle handle = Jdbi.open(connection)) {
            checkServer(handle, place);
            int version = version(handle);
            if (version >= VERSION) {
                outdated(handle).ifPresent(reason -> {
                    throw new StorageRejected(reason, null);
                });
                return version;
            }
            checkMayMigrate(handle, place, version);
            return version;
        } catch (StorageException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            throw unusable(place, e);
        }
    }

    private static void checkServer(Handle handle, String place) {
        if (number(handle, "SELECT current_setting('server_version_num')::int") < OLDEST_SERVER) {
            throw new StorageRejected(
                    "PostgreSQL 15 or later is needed; " + place + " is "
                            + text(handle, "SELECT current_setting('server_version')"),
                    null);
        }
        String encoding = text(handle, "SELECT current_setting('server_encoding')");
        if (!encoding.equals("UTF8")) {
            throw new StorageRejected(
                    "The encoding of the database " + place + " is " + encoding + "; it must be UTF8", null);
        }
        if (text(handle, "SELECT current_setting('synchronous_commit')").equals("off")) {
            LOG.warn(
                    "synchronous_commit is off in the database {}: after a crash of the server, changes that were"
                            + " confirmed may be missing",
                    place);
        }
    }

    /** Fails at once, whereas Flyway would retry for ten seconds. */
    private static void checkMayMigrate(Handle handle, String place, int version) {
        boolean mayCreate = flag(handle, "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)");
        boolean owns = version == 0
                || flag(
                        handle,
                        "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = '" + HISTORY + "'::regclass");
        if (!mayCreate || !owns) {
            throw mayNotMigrate(state(place, version), null);
        }
    }

    private static StorageRejected mayNotMigrate(String state, @Nullable Exception cause) {
        return new StorageRejected(
                state
                        + ", and the user may not change them; run 'stowage migrate' with DATABASE_USER set to the owner of"
                        + " the database, then start the service",
                cause);
    }

    private static String state(String place, int version) {
        return version == 0
                ? "The database " + place + " has no tables yet"
                : "The tables of the database " + place + " are of an older version (schema " + version
                        + ", needed here: " + VERSION + ")";
    }

    /** Returns the number of the newest script that was applied, or 0. */
    private static int version(Handle handle) {
        boolean none = text(handle, "SELECT coalesce(to_regclass('" + HISTORY + "')::text, '')")
                .isEmpty();
        return none
                ? 0
                : number(
                        handle, "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success");
    }

    private static void migrate(PostgresConnections connections, String place) {
        try {
            Flyway.configure(PostgresSchema.class.getClassLoader())
                    .dataSource(connections.migrations())
                    .locations("classpath:db/migration/postgres")
                    .failOnMissingLocations(true)
                    .table(HISTORY)
                    .cleanDisabled(true)
                    .lockRetryCount(LOCK_RETRIES)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw switch (PostgresFailure.of(e)) {
                // The database has tables of another program, or was migrated by other scripts.
                case NONE -> new StorageRejected("The tables of the database can't be created: " + e.getMessage(), e);
                case CONFLICT ->
                    new StorageUnavailable(
                            "The tables of the database can't be changed while nodes use them; try again", e);
                case REFUSED -> mayNotMigrate("The tables of the database " + place + " must be migrated", e);
                case OTHER -> new StorageUnavailable("A script that changes the tables of the database failed", e);
                default -> Transactions.fault(PostgresFailure.of(e), e);
            };
        }
    }

    private static RuntimeException unusable(String place, Exception e) {
        // The server's message about a wrong password contains the user, never the password.
        String reason = place + ": " + Optional.ofNullable(e.getMessage()).orElse("no reason given");
        return PostgresFailure.of(e) == PostgresFailure.REFUSED
                ? new StorageRejected("PostgreSQL refuses the connection to " + reason, e)
                : new StorageUnavailable("PostgreSQL can't be used at " + reason, e);
    }

    private static int number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Integer.class).one();
    }

    private static boolean flag(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Boolean.class).one();
    }

    private static String text(Handle handle, String query) {
        return handle.createQuery(query).mapTo(String.class).one();
    }
}
