package dev.stowage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * A connection that writes. The statements around changes are prepared once and run without JDBI, because each change needs two. For one
 * thread.
 */
final class WriterConnection implements AutoCloseable {

    private final Handle handle;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement savepoint;
    private final PreparedStatement release;
    private final PreparedStatement rollback;

    /** @param handle is closed with this */
    WriterConnection(Handle handle) {
        this.handle = handle;
        try {
            Connection connection = handle.getConnection();
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            commit = connection.prepareStatement("COMMIT");
            savepoint = connection.prepareStatement("SAVEPOINT one_change");
            release = connection.prepareStatement("RELEASE one_change");
            rollback = connection.prepareStatement("ROLLBACK TO one_change");
        } catch (SQLException e) {
            handle.close();
            throw failed(e);
        }
    }

    Handle handle() {
        return handle;
    }

    void begin() {
        run(begin);
    }

    void commit() {
        run(commit);
    }

    void beginChange() {
        run(savepoint);
    }

    void endChange() {
        run(release);
    }

    /** Undoes the change, which still has to be ended. */
    void undoChange() {
        run(rollback);
    }

    /** Rolls back an open transaction. The driver closes the statements. */
    @Override
    public void close() {
        handle.close();
    }

    private static void run(PreparedStatement statement) {
        try {
            statement.execute();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(SQLException e) {
        return new TransactionException(e);
    }
}
