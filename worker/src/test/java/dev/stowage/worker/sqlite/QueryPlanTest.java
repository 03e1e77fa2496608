package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.session.ProcessId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that would be slow by another plan, and what SQLite makes of them. */
final class QueryPlanTest {

    @TempDir
    private Path folder;

    @Test
    void pageOfSessions_seeksInAnIndexAndSortsNothing() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, SqliteSessions.LIST))
                    .containsExactly("SEARCH s USING INDEX upload_session_key (key>?)");
            assertThat(plan(database, SqliteSessions.LIST_OWNED))
                    .containsExactly("SEARCH s USING INDEX upload_session_owner (owner=? AND key>?)");
        }
    }

    private static List<String> plan(WorkerDatabase database, String sql) {
        return database.read(handle -> handle.createQuery("EXPLAIN QUERY PLAN " + sql.replaceAll(":\\w+", "'a'"))
                .map((row, context) -> row.getString("detail"))
                .list());
    }
}
