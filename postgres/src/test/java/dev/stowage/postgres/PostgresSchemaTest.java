package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.postgres.NewerSchema;
import dev.stowage.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSchemaTest {

    private PostgresServer server;
    private String url;
    private PostgresConfig config;

    @BeforeEach
    void create() {
        server = PostgresServer.shared();
        url = server.newDatabase();
        config = TestConfigs.of(url);
    }

    @Test
    void version_isTheNumberOfTheNewestScript() throws Exception {
        assertThat(scripts()).last().isEqualTo(PostgresSchema.VERSION);
    }

    private static List<Integer> scripts() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration/postgres"))) {
            return scripts.map(script -> script.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void open_severalNodesAtOnce_migrateOnce() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        Callable<PostgresDatabase> node = () -> PostgresDatabase.open(config);
        try {
            for (Future<PostgresDatabase> opened : nodes.invokeAll(Collections.nCopies(3, node))) {
                try (PostgresDatabase database = opened.get()) {
                    assertThat(count(database, "schema_history"))
                            .isEqualTo(scripts().size());
                    assertThat(count(database, "lock_stripe")).isEqualTo(PostgresDialect.STRIPES);
                }
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void migrate_createsTheTables_once() {
        assertThat(PostgresDatabase.migrate(config))
                .hasToString("Created the tables of the database " + place() + ", schema " + PostgresSchema.VERSION);
        assertThat(PostgresDatabase.migrate(config))
                .hasToString("The tables of the database " + place() + " need no migration: they have schema "
                        + PostgresSchema.VERSION);

        PostgresDatabase.open(config).close();
    }

    @Test
    void examine_tellsTheSchemaAndTheClock_andChangesNothing() {
        DatabaseState empty = PostgresDatabase.examine(config, InstantSource.system());
        PostgresDatabase.open(config).close();
        DatabaseState migrated = PostgresDatabase.examine(config, InstantSource.system());

        assertThat(empty.schema()).isZero();
        assertThat(empty.toString()).contains("no tables yet");
        assertThat(migrated.schema()).isEqualTo(PostgresSchema.VERSION);
        assertThat(migrated.ahead()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void open_databaseOfSomethingElse_isRejected() {
        sql("CREATE TABLE theirs (id INTEGER)");

        assertThatThrownBy(() -> PostgresDatabase.open(config))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("can't be created");
    }

    @Test
    void open_newerSchema_runs_whenTheFloorAllowsIt() {
        newerVersion(PostgresSchema.VERSION);

        PostgresDatabase.open(config).close();
    }

    @Test
    void open_newerSchema_isRejected_whenTheFloorIsHigher() {
        newerVersion(PostgresSchema.VERSION + 1);

        assertThatThrownBy(() -> PostgresDatabase.open(config))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void open_byAUserWhoMayNotChangeTables_worksAfterMigrationByTheOwner() {
        PostgresConfig service =
                TestConfigs.of(server.url(TestConfigs.name(url), "locked"), Map.of("DATABASE_PASSWORD", "right"));
        sql(
                "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO locked",
                "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO locked");
        assertThatThrownBy(() -> PostgresDatabase.open(service))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("may not change them; run 'stowage migrate' with DATABASE_USER set to the owner");

        SchemaUpdate unused = PostgresDatabase.migrate(config);

        try (PostgresDatabase database = PostgresDatabase.open(service)) {
            exercise(new Repositories(database, ProcessId.random()));
            assertThat(database.foldUsage(1000)).isPositive();
        }
        sql("UPDATE schema_history SET success = false");
        assertThatThrownBy(() -> PostgresDatabase.open(service))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("may not change them; run 'stowage migrate'");
    }

    @Test
    void runningNode_onAnExpandedSchema_works() {
        try (PostgresDatabase database = PostgresDatabase.open(config)) {
            Repositories repositories = new Repositories(database, ProcessId.random());
            exercise(repositories);

            NewerSchema.expand(server, url);

            assertThatCode(database::checkSchema).doesNotThrowAnyException();
            exercise(repositories);
            try (PostgresDatabase another = PostgresDatabase.open(config)) {
                exercise(new Repositories(another, ProcessId.random()));
            }
            assertThat(PostgresDatabase.migrate(config).isChange()).isFalse();
        }
    }

    @Test
    void runningNode_onARaisedFloor_refusesAllWork() {
        try (PostgresDatabase database = PostgresDatabase.open(config)) {
            Repositories repositories = new Repositories(database, ProcessId.random());
            exercise(repositories);
            NewerSchema.expand(server, url);
            NewerSchema.contract(server, url);

            assertThatThrownBy(database::checkSchema).isInstanceOf(StorageUnavailable.class);

            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    database::checkSchema,
                    () -> repositories.usage().totals("p"),
                    () -> repositories.keys().all())) {
                assertThatThrownBy(use)
                        .isInstanceOf(StorageUnavailable.class)
                        .hasMessageContaining("newer version of the service, which must replace this one");
            }
        }
        assertThatThrownBy(() -> PostgresDatabase.open(config))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("can no longer use it (schema " + (PostgresSchema.VERSION + 2)
                        + " or later is needed, known here: " + PostgresSchema.VERSION + ")");
    }

    /** Uses most tables, often enough that the server has prepared the statements. */
    private static void exercise(Repositories repositories) {
        Instant now = Instant.ofEpochSecond(1000);
        for (int i = 0; i < 5; i++) {
            repositories.leases().beat(now, now.plusSeconds(60));
            ObjectKey key = new ObjectKey("raw/p/" + i);
            ProjectUsage.Intent intent = repositories.usage().reserve(key, new Quota("p", OptionalLong.of(1000)), 10);
            assertThat(repositories.usage().settle(List.of(new ProjectUsage.Result(intent, OptionalLong.of(10)))))
                    .isEmpty();
            assertThat(repositories.usage().totals("p").files()).isPositive();
            assertThat(repositories.keys().all()).isEmpty();
        }
    }

    @Test
    void text_isComparedByBytes() {
        try (PostgresDatabase database = openMigrated()) {
            List<String> others = database.read(handle -> handle.createQuery("SELECT table_name || '.' || column_name"
                            + " FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'"
                            + " AND collation_name IS DISTINCT FROM 'C'")
                    .mapTo(String.class)
                    .list());

            assertThat(others).isEmpty();
        }
    }

    @Test
    void usage_countsObjectsAndReservations() {
        try (PostgresDatabase database = openMigrated()) {
            sql(
                    "INSERT INTO usage_object VALUES ('a', 'p', 10), ('b', 'p', 20), ('c', 'q', 5)",
                    "INSERT INTO usage_object VALUES ('a', 'p', 11) ON CONFLICT (key)"
                            + " DO UPDATE SET project = excluded.project, size = excluded.size",
                    "INSERT INTO usage_object VALUES ('b', 'q', 21) ON CONFLICT (key)"
                            + " DO UPDATE SET project = excluded.project, size = excluded.size",
                    "DELETE FROM usage_object WHERE key = 'c'",
                    "INSERT INTO usage_intent (key, project, reserved) VALUES ('d', 'p', 7), ('e', 'p', 0), ('f', 'q', 3)",
                    "UPDATE usage_intent SET reserved = reserved + 1 WHERE key = 'd'",
                    "UPDATE usage_intent SET version = version + 1",
                    "DELETE FROM usage_intent WHERE key = 'f'");

            assertThat(totals(database)).containsExactly("p 11 1 8", "q 21 1 0");
            long deltas = count(database, "usage_delta");

            assertThat(database.foldUsage(2)).isEqualTo(2);
            assertThat(totals(database)).containsExactly("p 11 1 8", "q 21 1 0");
            assertThat(database.foldUsage(1000)).isEqualTo(deltas - 2);
            assertThat(totals(database)).containsExactly("p 11 1 8", "q 21 1 0");
            assertThat(count(database, "usage_delta")).isZero();
            assertThat(database.foldUsage(1000)).isZero();
        }
    }

    @Test
    void usage_totalOfAProject_isReadByIndexes() {
        try (PostgresDatabase database = openMigrated()) {
            String plan = database.write(handle -> {
                handle.execute("SET LOCAL enable_seqscan = off");
                return String.join(
                        "\n",
                        handle.createQuery("EXPLAIN SELECT * FROM usage_total WHERE project = 'p'")
                                .mapTo(String.class)
                                .list());
            });

            assertThat(plan)
                    .contains("usage_project_pkey")
                    .contains("usage_delta_project")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void usage_rolledBackChange_countsNothing() {
        try (PostgresDatabase database = openMigrated()) {
            assertThatThrownBy(() -> database.write(handle -> {
                        int unused = handle.execute("INSERT INTO usage_object VALUES ('a', 'p', 10)");
                        throw new IllegalStateException("undo");
                    }))
                    .hasMessage("undo");

            assertThat(totals(database)).isEmpty();
        }
    }

    @Test
    void usage_writersFoldersAndReadersAtOnce_loseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (PostgresDatabase database = openMigrated()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                String name = "w" + writer;
                work.add(() -> {
                    for (int i = 0; i < 100; i++) {
                        String key = name + "/" + i;
                        String project = i % 2 == 0 ? "p" : "q";
                        database.write(handle -> handle.execute(
                                "INSERT INTO usage_object VALUES (?, ?, 10), (?, 'p', 0)", key, project, key + "x"));
                    }
                    return 0;
                });
            }
            for (int folder = 0; folder < 2; folder++) {
                work.add(() -> {
                    int most = 0;
                    for (int i = 0; i < 100; i++) {
                        most += (int) database.foldUsage(7);
                    }
                    return most;
                });
            }
            work.add(() -> {
                long files = 0;
                for (int i = 0; i < 100; i++) {
                    long now = database.read(
                            handle -> handle.createQuery("SELECT coalesce(sum(files), 0)::bigint FROM usage_total")
                                    .mapTo(Long.class)
                                    .one());
                    // Files are only added, in pairs.
                    assertThat(now).isGreaterThanOrEqualTo(files).isEven();
                    files = now;
                }
                return 0;
            });
            for (Future<Integer> done : threads.invokeAll(work)) {
                done.get();
            }

            assertThat(totals(database)).containsExactly("p 1500 450 0", "q 1500 150 0");
            while (database.foldUsage(100) > 0) {}
            assertThat(totals(database)).containsExactly("p 1500 450 0", "q 1500 150 0");
        } finally {
            threads.shutdownNow();
        }
    }

    private PostgresDatabase openMigrated() {
        url = TestConfigs.migrated();
        return PostgresDatabase.open(TestConfigs.of(url));
    }

    /** A later version was here, and left the floor there. */
    private void newerVersion(int floor) {
        SchemaUpdate unused = PostgresDatabase.migrate(config);
        sql(
                "INSERT INTO schema_history SELECT installed_rank + 1, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                        + " installed_on, 1, true FROM schema_history ORDER BY installed_rank DESC LIMIT 1",
                "UPDATE schema_floor SET version = " + floor);
    }

    private String place() {
        return url.substring(url.indexOf('@') + 1);
    }

    private void sql(String... statements) {
        server.execute(TestConfigs.name(url), statements);
    }

    private static List<String> totals(PostgresDatabase database) {
        return database.read(
                handle -> handle.createQuery("SELECT project || ' ' || bytes || ' ' || files || ' ' || reserved"
                                + " FROM usage_total ORDER BY project")
                        .mapTo(String.class)
                        .list());
    }

    private static long count(PostgresDatabase database, String table) {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }
}
