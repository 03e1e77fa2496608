package dev.stowage.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of other ages. */
final class MigrationsTest {

    private static final String FIRST = "CREATE TABLE t (a); INSERT INTO t VALUES (7);";
    private static final String SECOND = "ALTER TABLE t ADD COLUMN b DEFAULT 8; CREATE INDEX t_b ON t (b);";

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void run_onOlderSchema_addsWhatIsMissingAndKeepsTheRows() throws SQLException {
        new Migrations(List.of(FIRST)).run(connection);

        new Migrations(List.of(FIRST, SECOND)).run(connection);

        assertThat(number("SELECT a * 10 + b FROM t")).isEqualTo(78);
        assertThat(number("PRAGMA user_version")).isEqualTo(2);
    }

    @Test
    void run_again_doesNothing() throws SQLException {
        new Migrations(List.of(FIRST)).run(connection);
        new Migrations(List.of(FIRST)).run(connection);

        assertThat(number("SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void run_onNewerSchema_refusesAndChangesNothing() throws SQLException {
        new Migrations(List.of(FIRST, SECOND)).run(connection);

        assertThatThrownBy(() -> new Migrations(List.of(FIRST)).run(connection))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("newer version");

        assertThat(number("PRAGMA user_version")).isEqualTo(2);
    }

    @Test
    void run_withScriptThatFails_leavesTheSchemaAsItWas() throws SQLException {
        new Migrations(List.of(FIRST)).run(connection);

        assertThatThrownBy(() -> new Migrations(List.of(FIRST, SECOND, "nonsense")).run(connection))
                .isInstanceOf(SQLException.class);

        assertThat(number("PRAGMA user_version")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pragma_table_info('t')")).isEqualTo(1);
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }
}
