package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteFailureTest {

    @Test
    void failure_isDerivedFromTheCode_ofTheFirstDriverException() {
        assertThat(of(SQLiteErrorCode.SQLITE_FULL)).isEqualTo(SqliteFailure.FULL);
        assertThat(of(SQLiteErrorCode.SQLITE_READONLY_DBMOVED)).isEqualTo(SqliteFailure.NOT_WRITABLE);
        assertThat(of(SQLiteErrorCode.SQLITE_CANTOPEN)).isEqualTo(SqliteFailure.NOT_WRITABLE);
        assertThat(of(SQLiteErrorCode.SQLITE_CORRUPT)).isEqualTo(SqliteFailure.CORRUPT);
        assertThat(of(SQLiteErrorCode.SQLITE_NOTADB)).isEqualTo(SqliteFailure.CORRUPT);
        assertThat(of(SQLiteErrorCode.SQLITE_BUSY)).isEqualTo(SqliteFailure.OTHER);
        assertThat(SqliteFailure.of(new SQLException("text", "", 13))).isEqualTo(SqliteFailure.FULL);
        assertThat(SqliteFailure.of(new IllegalStateException("a defect"))).isEqualTo(SqliteFailure.OTHER);
    }

    @Test
    void logThatCannotGrow_isFull() {
        assertThat(of(SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)).isEqualTo(SqliteFailure.FULL);
        assertThat(of(SQLiteErrorCode.SQLITE_IOERR)).isEqualTo(SqliteFailure.OTHER);
    }

    private static SqliteFailure of(SQLiteErrorCode code) {
        return SqliteFailure.of(new IllegalStateException("wrapped", new SQLiteException("text", code)));
    }
}
