package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of databases of other versions. */
final class MigrationsTest {

    private static final String FIRST = "CREATE TABLE t (a); INSERT INTO t VALUES (7);";
    private static final String SECOND = "ALTER TABLE t ADD COLUMN b DEFAULT 8; CREATE INDEX t_b ON t (b);";

    @TempDir
    private Path folder;

    @Test
    void run_onOlderSchema_migrates_andKeepsTheRows() throws SQLException {
        run(FIRST);

        run(FIRST, SECOND);

        assertThat(number("SELECT a * 10 + b FROM t")).isEqualTo(78);
        assertThat(number("PRAGMA user_version")).isEqualTo(2);
    }

    @Test
    void run_again_doesNothing() throws SQLException {
        run(FIRST);
        run(FIRST);

        assertThat(number("SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void run_onNewerSchema_isRefused_andChangesNothing() throws SQLException {
        run(FIRST, SECOND);

        assertThatThrownBy(() -> run(FIRST))
                .isInstanceOf(StorageRejected.class)
                .hasMessage(
                        "The database was created by a newer version (schema 2, known here: 1); start that version, or"
                                + " restore a backup");

        assertThat(number("PRAGMA user_version")).isEqualTo(2);
    }

    @Test
    void run_withFailingScript_changesNothing() throws SQLException {
        run(FIRST);

        assertThatThrownBy(() -> run(FIRST, SECOND, "nonsense")).isInstanceOf(SQLException.class);

        assertThat(number("PRAGMA user_version")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pragma_table_info('t')")).isEqualTo(1);
    }

    @Test
    void run_thatReplacesATable_keepsTheRowsThatReferToIt() throws SQLException {
        String parent = "CREATE TABLE p (a PRIMARY KEY); INSERT INTO p VALUES (7);";
        String child = "CREATE TABLE c (a REFERENCES p (a) ON DELETE CASCADE); INSERT INTO c VALUES (7);";
        run(parent + child);

        run(parent + child, "DROP TABLE p; " + parent);

        assertThat(number("SELECT count(*) FROM c")).isEqualTo(1);
    }

    @Test
    void run_onADatabaseOfFlyway_runsMissingScripts_andKeepsTheNumber() throws SQLException {
        execute(FIRST);
        execute("CREATE TABLE schema_history (version, success); INSERT INTO schema_history VALUES ('1', 1), ('2', 0)");

        run(FIRST);
        assertThat(number("SELECT count(*) FROM t")).as("left alone").isEqualTo(1);
        assertThatThrownBy(this::run).as("of a newer version").isInstanceOf(StorageRejected.class);
        run(FIRST, SECOND);

        assertThat(number("SELECT a * 10 + b FROM t")).isEqualTo(78);
        assertThat(number("PRAGMA user_version")).isEqualTo(2);
        assertThat(number("SELECT count(*) FROM sqlite_master WHERE name = 'schema_history'"))
                .isZero();
    }

    private void run(String... scripts) throws SQLException {
        new Migrations(List.of(scripts)).run(new ConnectionFactory(file(), Map.of()), "The database");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DatabaseFile.connect(file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = DatabaseFile.connect(file());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }

    private Path file() {
        return folder.resolve("test.db");
    }
}
