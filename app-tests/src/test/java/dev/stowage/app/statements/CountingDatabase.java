package dev.stowage.app.statements;

import dev.stowage.repositories.SqlDatabase;
import dev.stowage.repositories.SqlDialect;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts statements, and transactions that change something. Safe for concurrent use. */
final class CountingDatabase implements SqlDatabase {

    /** What SQLite's transactions consist of; PostgreSQL's driver sends the beginning with the first statement. */
    private static final Set<String> TRANSACTION = Set.of("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT");

    private final SqlDatabase target;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();

    CountingDatabase(SqlDatabase target) {
        this.target = target;
    }

    /** The statements so far, without those that begin and end transactions. */
    List<String> statements() {
        return statements;
    }

    int commits() {
        return commits.get();
    }

    @Override
    public <T> T read(Function<Handle, T> query) {
        return target.read(handle -> query.apply(counted(handle)));
    }

    @Override
    public <T> T write(Function<Handle, T> change) {
        commits.incrementAndGet();
        return target.write(handle -> change.apply(counted(handle)));
    }

    @Override
    public <T> T add(Function<Handle, T> change) {
        commits.incrementAndGet();
        return target.add(handle -> change.apply(counted(handle)));
    }

    @Override
    public SqlDialect dialect() {
        return target.dialect();
    }

    private Handle counted(Handle handle) {
        handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                String sql = context.getRawSql();
                if (!TRANSACTION.contains(sql.split(" ", 2)[0])) {
                    statements.add(sql);
                }
            }
        });
        return handle;
    }
}
