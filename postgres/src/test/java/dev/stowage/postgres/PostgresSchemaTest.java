package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
    void version_isTheNumberOfScripts() throws Exception {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration/postgres"))) {
            assertThat(scripts).hasSize(PostgresSchema.VERSION);
        }
    }

    @Test
    void open_severalNodesAtOnce_migrateOnce() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        Callable<PostgresDatabase> node = () -> PostgresDatabase.open(config, true);
        try {
            for (Future<PostgresDatabase> opened : nodes.invokeAll(Collections.nCopies(3, node))) {
                try (PostgresDatabase database = opened.get()) {
                    assertThat(count(database, "schema_history")).isEqualTo(PostgresSchema.VERSION);
                    assertThat(count(database, "lock_stripe")).isEqualTo(PostgresDialect.STRIPES);
                }
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void open_withoutMigration_onAnEmptyDatabase_isRejected() {
        assertThatThrownBy(() -> PostgresDatabase.open(config, false))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("schema 0, needed here: 1");

        PostgresDatabase.migrate(config);
        PostgresDatabase.migrate(config);

        PostgresDatabase.open(config, false).close();
    }

    @Test
    void open_databaseOfSomethingElse_isRejected() {
        sql("CREATE TABLE theirs (id INTEGER)");

        assertThatThrownBy(() -> PostgresDatabase.open(config, true))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("can't be made");
    }

    @Test
    void open_olderSchema_withoutMigration_isRejected() {
        PostgresDatabase.migrate(config);
        sql("UPDATE schema_history SET success = false");

        assertThatThrownBy(() -> PostgresDatabase.open(config, false))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("run the migration first");
    }

    @Test
    void open_newerSchema_runs_whenTheFloorAllowsIt() {
        newerVersion(PostgresSchema.VERSION);

        PostgresDatabase.open(config, true).close();
        PostgresDatabase.open(config, false).close();
    }

    @Test
    void open_newerSchema_isRejected_whenTheFloorIsHigher() {
        newerVersion(PostgresSchema.VERSION + 1);

        for (boolean migrate : List.of(true, false)) {
            assertThatThrownBy(() -> PostgresDatabase.open(config, migrate))
                    .isInstanceOf(StorageRejected.class)
                    .hasMessageContaining("newer version");
        }
    }

    @Test
    void checkSchema_onARaisedFloor_isRejected() {
        try (PostgresDatabase database = PostgresDatabase.open(config, true)) {
            assertThatCode(database::checkSchema).doesNotThrowAnyException();

            sql("UPDATE schema_floor SET version = " + (PostgresSchema.VERSION + 1));

            assertThatThrownBy(database::checkSchema)
                    .isInstanceOf(StorageRejected.class)
                    .hasMessageContaining("newer version");
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
        return PostgresDatabase.open(TestConfigs.of(url), false);
    }

    /** A later version was here, and left the floor there. */
    private void newerVersion(int floor) {
        PostgresDatabase.migrate(config);
        sql(
                "INSERT INTO schema_history SELECT installed_rank + 1, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                        + " installed_on, 1, true FROM schema_history",
                "UPDATE schema_floor SET version = " + floor);
    }

    private void sql(String... statements) {
        server.execute(url.substring(url.lastIndexOf('/') + 1), statements);
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
