package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reuse of prepared statements, without their values. */
final class StatementCacheTest {

    @TempDir
    private Path folder;

    private Handle handle;

    @BeforeEach
    void connect() {
        handle = new ConnectionFactory(folder.resolve("test.db"), Map.of()).open();
    }

    @AfterEach
    void disconnect() {
        handle.close();
    }

    @Test
    void statement_withOtherValues_isTheSameOne() {
        Statement first = statement(1);

        assertThat(statement(2)).isSameAs(first);
        assertThat(number(3)).isEqualTo(3);
    }

    @Test
    void statement_withinItself_isAnother() {
        long both = handle.createQuery("SELECT :number + 0")
                .bind("number", 1)
                .map((row, context) -> number(20) + row.getLong(1))
                .one();

        assertThat(both).isEqualTo(21);
        assertThat(number(3)).isEqualTo(3);
    }

    @Test
    void statement_thatFailed_canBeRunAgain() {
        handle.execute("CREATE TABLE t (a PRIMARY KEY)");
        handle.execute("INSERT INTO t VALUES (?)", 1);
        assertThatThrownBy(() -> handle.execute("INSERT INTO t VALUES (?)", 1))
                .isInstanceOf(UnableToExecuteStatementException.class);

        assertThat(handle.execute("INSERT INTO t VALUES (?)", 2)).isOne();
    }

    private Statement statement(long number) {
        return handle.createQuery("SELECT :number + 0")
                .bind("number", number)
                .map((row, context) -> context.getStatement())
                .one();
    }

    private long number(long number) {
        return handle.createQuery("SELECT :number + 0")
                .bind("number", number)
                .mapTo(Long.class)
                .one();
    }
}
