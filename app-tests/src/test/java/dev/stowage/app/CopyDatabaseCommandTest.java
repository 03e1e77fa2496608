package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.postgres.PostgresServer;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CopyDatabaseCommandTest {

    /** More than one batch. */
    private static final int ROWS = 1_100;

    /** So that a batch of tails is full before it has many rows. */
    private static final int BLOB = 8 << 10;

    private static final String TABLES =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    private static final List<String> LEFT_OUT = List.of("process", "task_lease", "usage_project");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private PostgresServer server;
    private String url;

    @BeforeEach
    void create() throws Exception {
        server = PostgresServer.shared();
        url = server.newDatabase();
        Files.createDirectories(folder.resolve("data"));
        WorkerDatabase.open(folder.resolve("data/worker.db"), ProcessId.random())
                .close();
    }

    @Test
    void copy_copiesEveryRowOfEveryTable() throws Exception {
        fill();

        assertThat(copy()).as(err.toString()).isZero();

        try (Connection source = source();
                Connection target = target()) {
            for (String table : tables(source)) {
                List<String> rows = rows(source, table, columns(source, table));
                if (!LEFT_OUT.contains(table)) {
                    assertThat(rows).as(table).isNotEmpty();
                    assertThat(rows(target, table, columns(source, table)))
                            .as(table)
                            .isEqualTo(rows);
                    assertThat(out.toString()).containsPattern(table + " +" + rows.size());
                }
            }
            String totals = " WHERE bytes <> 0 OR files <> 0 OR reserved <> 0";
            List<String> columns = List.of("project", "bytes", "files", "reserved");
            assertThat(rows(target, "usage_total" + totals, columns))
                    .hasSize(ROWS)
                    .isEqualTo(rows(source, "usage_project" + totals, columns));
            assertThat(rows(target, "process", List.of("id"))).isEmpty();
        }
        assertThat(out.toString()).contains("Usage of all projects: ", "the same in both databases");
    }

    @Test
    void copy_continuesTheNumbersOfTheOriginal() throws Exception {
        fill();
        try (Connection source = source();
                Statement statement = source.createStatement()) {
            statement.executeUpdate("DELETE FROM job_claim");
            statement.executeUpdate("UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'batch_job'");
        }

        assertThat(copy()).as(err.toString()).isZero();

        try (Connection target = target()) {
            for (String next : List.of("batch_job.number 5001", "job_claim.number 1101", "usage_intent.id 1101")) {
                String[] words = next.split("[. ]", -1);
                String query = "SELECT nextval(pg_get_serial_sequence('" + words[0] + "', '" + words[1] + "'))";
                assertThat(first(target, query)).as(next).isEqualTo(words[2]);
            }
        }
    }

    @Test
    void copy_intoATargetWithRows_isRefused() {
        assertThat(copy()).as(err.toString()).isZero();
        server.execute(name(), "INSERT INTO known_principal VALUES ('a', 'b', 'c', 'd', 1)");

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString())
                .contains("The target is not empty: known_principal has rows; copy into a new database");
    }

    @Test
    void copy_ofADatabaseInUse_isRefused() throws Exception {
        long soon = Instant.now().plusSeconds(60).toEpochMilli();
        try (Connection source = source();
                Statement statement = source.createStatement()) {
            statement.executeUpdate("INSERT INTO process (id, alive_until) VALUES ('p', " + soon + ")");
        }

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString()).contains("A service uses the source; stop it");
    }

    @Test
    void copy_intoADatabaseInUse_isRefused() {
        assertThat(copy()).as(err.toString()).isZero();
        server.execute(name(), "INSERT INTO process (id, alive_until) VALUES ('p', 9999999999999)");

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString()).contains("A service uses the target");
    }

    @Test
    void copy_thatFails_leavesTheTargetEmpty_andCanBeRepeated() throws Exception {
        fill();
        assertThat(run("migrate")).isZero();
        server.execute(
                name(),
                "CREATE FUNCTION fail() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$",
                "CREATE TRIGGER fail BEFORE INSERT ON usage_intent EXECUTE FUNCTION fail()");
        assertThat(copy()).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing was copied", "not now");
        try (Connection target = target()) {
            assertThat(first(target, "SELECT count(*) FROM upload_session")).isEqualTo("0");
            assertThat(first(target, "SELECT count(*) FROM api_key_version")).isEqualTo("1");
        }

        server.execute(name(), "DROP TRIGGER fail ON usage_intent");

        assertThat(copy()).as(err.toString()).isZero();
    }

    @Test
    void copy_thatDiffers_isUndone() throws Exception {
        fill();
        try (Connection source = source();
                Statement statement = source.createStatement()) {
            statement.executeUpdate("UPDATE usage_project SET bytes = bytes + 1 WHERE project = 'v7'");
        }

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString()).contains("The usage of projects is ");
        try (Connection target = target()) {
            assertThat(first(target, "SELECT count(*) FROM usage_object")).isEqualTo("0");
        }
    }

    @Test
    void copy_withoutADatabase_namesThePath() throws Exception {
        Files.delete(folder.resolve("data/worker.db"));

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString()).contains("worker.db", "DATA_DIR");
    }

    /** Rows that refer to each other in every table, with nulls, and with characters that PostgreSQL doesn't take. */
    private void fill() throws SQLException {
        try (Connection source = source();
                Statement statement = source.createStatement()) {
            statement.executeUpdate("DELETE FROM api_key_version");
            source.setAutoCommit(false);
            for (String table : tables(source)) {
                if (!LEFT_OUT.contains(table)) {
                    fill(source, table);
                }
            }
            source.commit();
        }
    }

    private static void fill(Connection source, String table) throws SQLException {
        List<String> columns = columns(source, table);
        String insert = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement inserting = source.prepareStatement(insert);
                Statement statement = source.createStatement()) {
            for (int row = 1; row <= ROWS; row++) {
                try (ResultSet infos = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
                    for (int column = 1; infos.next(); column++) {
                        boolean nullable = infos.getInt("notnull") == 0 && infos.getInt("pk") == 0;
                        Object value = nullable && row % 3 == 0 ? null : value(infos.getString("type"), column, row);
                        boolean message = infos.getString("name").equals("message");
                        inserting.setObject(column, message && value != null ? "a\0b\u00e9" : value);
                    }
                }
                inserting.addBatch();
            }
            inserting.executeBatch();
        }
    }

    private static Object value(String type, int column, int row) {
        return switch (type) {
            case "INTEGER" -> row;
            case "REAL" -> row + 0.25;
            case "BLOB" -> {
                byte[] bytes = new byte[column == 5 ? BLOB : 4];
                Arrays.fill(bytes, (byte) row);
                bytes[0] = (byte) (row >> 8);
                yield bytes;
            }
            default -> "v" + row;
        };
    }

    private static List<String> tables(Connection source) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet names = statement.executeQuery(TABLES)) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        // Sessions and jobs come before the rows that refer to them.
        tables.sort((a, b) -> Boolean.compare(isReferred(b), isReferred(a)));
        return tables;
    }

    private static boolean isReferred(String table) {
        return table.equals("upload_session") || table.equals("batch_job");
    }

    private static List<String> columns(Connection source, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet infos = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (infos.next()) {
                columns.add(infos.getString("name"));
            }
        }
        return columns;
    }

    private static List<String> rows(Connection database, String table, List<String> columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + table)) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns.size(); i++) {
                    Object value = found.getObject(i);
                    row.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value)
                            .append('|');
                }
                rows.add(row.toString().replace('\0', '\uFFFD'));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static String first(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private Connection source() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/worker.db"));
    }

    private Connection target() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name(), "postgres", "");
    }

    private String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private int copy() {
        return run("database", "copy");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> environment =
                Map.of("DATA_DIR", folder.resolve("data").toString(), "DATABASE_URL", url, "DATA_DIR_SHARED", "true");
        CommandLine line = Main.commandLine(new CliEnvironment(environment, folder, false), words);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }
}
