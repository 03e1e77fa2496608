package dev.stowage.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query plans of statements that would be slow with another one. */
final class QueryPlanTest {

    @TempDir
    private Path folder;

    @Test
    void pageOfSessions_seeksInAnIndexAndSortsNothing() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, SqlSessions.list(database.dialect(), false)))
                    .startsWith("SEARCH s USING INDEX upload_session_key (key>?)")
                    .noneMatch(step -> step.startsWith("SCAN") || step.contains("B-TREE"));
            assertThat(plan(database, SqlSessions.list(database.dialect(), true)))
                    .startsWith("SEARCH s USING INDEX upload_session_owner (owner=? AND key>?)")
                    .noneMatch(step -> step.startsWith("SCAN") || step.contains("B-TREE"));
        }
    }

    @Test
    void turnsOfOwners_seekFromOwnerToOwner_andReadOnlyTheirJobs() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, OpenJobTable.OWNERS))
                    .contains("SEARCH batch_job USING INDEX batch_job_turn (<expr>>?)")
                    .noneMatch(step -> step.startsWith("SCAN batch_job") || step.contains("TEMP B-TREE"));
            assertThat(plan(database, OpenJobTable.OPEN))
                    .contains("SEARCH batch_job USING INDEX batch_job_turn (<expr>=?)")
                    .noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP B-TREE"));
        }
    }

    @Test
    void limitsOfOwners_areCountedInIndexes() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, JobLimitTable.OPEN))
                    .containsExactly("SEARCH batch_job USING INDEX batch_job_unfinished (<expr>=?)");
            assertThat(plan(database, JobLimitTable.ITEMS))
                    .containsExactly("SEARCH batch_job USING INDEX batch_job_unfinished (<expr>=?)");
            assertThat(plan(database, JobLimitTable.KEYED))
                    .containsExactly("SEARCH batch_job USING INDEX batch_job_keyed (<expr>=?)");
        }
    }

    @Test
    void openUploadsOfAnOwner_areCountedInIndexes() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, SqlIntents.OPEN_OWNED))
                    .filteredOn(step -> !step.contains("SUBQUERY"))
                    .containsExactly(
                            "SCAN CONSTANT ROW",
                            "SEARCH upload_intent USING COVERING INDEX upload_intent_owner (owner=?)",
                            "SEARCH upload_session USING COVERING INDEX upload_session_open (owner=? AND state=? AND process=?)");
            assertThat(plan(database, SqlIntents.OPEN_UNOWNED))
                    .contains(
                            "SEARCH upload_session USING COVERING INDEX upload_session_open (owner=? AND state=? AND process=?)");
        }
    }

    @Test
    void pageOfItemsInAState_seeksInAnIndex() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, ItemTable.pageOfState(database.dialect())))
                    .containsExactly("SEARCH job_item USING INDEX job_item_state (job=? AND <expr>=? AND number>?)");
        }
    }

    @Test
    void resultsOfItems_areRecordedByTheirNumbers() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            assertThat(plan(database, ItemTable.record(database.dialect())))
                    .containsExactly(
                            "SCAN json_each VIRTUAL TABLE INDEX 1:",
                            "SEARCH job_item USING INDEX sqlite_autoindex_job_item_1 (job=? AND number=?)");
        }
    }

    private static List<String> plan(WorkerDatabase database, String sql) {
        return database.read(handle -> handle.createQuery("EXPLAIN QUERY PLAN " + sql.replaceAll(":\\w+", "'a'"))
                .map((row, context) -> row.getString("detail"))
                .list());
    }
}
