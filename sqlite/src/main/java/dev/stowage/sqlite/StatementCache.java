package dev.stowage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The prepared statements of one connection. Preparing a statement costs more than running it. The driver closes them with
 * the connection. For one thread at a time, like connections.
 */
final class StatementCache extends DefaultStatementBuilder {

    /** The database with the most has about 150 different statements. */
    private static final int MOST = 300;

    private final Map<String, PreparedStatement> idle = new HashMap<>();
    /** By the prepared text: JDBI closes statements by another text, the one before its parameters were replaced. */
    private final Map<Statement, String> lent = new HashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
        lent.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String text, Statement statement) throws SQLException {
        String sql = lent.remove(statement);
        if (sql != null && statement instanceof PreparedStatement prepared && idle.size() < MOST) {
            // A cached statement would otherwise keep its values, such as the bytes of a body.
            prepared.clearParameters();
            prepared.clearBatch();
            PreparedStatement other = idle.put(sql, prepared);
            if (other != null) {
                other.close();
            }
        } else {
            statement.close();
        }
    }
}
