package dev.stowage.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query plans of statements that would be slow with another one. */
final class QueryPlanTest {

    @TempDir
    private Path folder;

    @Test
    void scans_seekInAnIndexAndSortNothing() {
        try (Index index = Index.open(folder.resolve("index.db"), () -> {})) {
            assertThat(plan(index, ObjectScan.QUERY.replace("?", "'a'")))
                    .containsExactly("SEARCH object USING PRIMARY KEY (key>?)");
            assertThat(plan(index, UploadTable.SCAN.replaceAll(":\\w+", "'a'")))
                    .containsExactly("SEARCH upload USING COVERING INDEX upload_key ((key,initiated_at,id)>(?,?,?))");
        }
    }

    @Test
    void release_findsOtherUsersOfAContent() {
        try (Index index = Index.open(folder.resolve("index.db"), () -> {})) {
            assertThat(plan(index, "SELECT EXISTS (SELECT 1 FROM object WHERE content_id = 1)"))
                    .contains("SEARCH object USING COVERING INDEX object_content (content_id=?)");
        }
    }

    @Test
    void keys_sortByTheirUtf8Bytes() {
        List<String> sorted = List.of("A", "a", "a b", "\u00E9", "\uE000", "\uFF5E", "\uD800\uDC00", "\uD83C\uDF89");
        try (Index index = Index.open(folder.resolve("index.db"), () -> {})) {
            List<String> actual = index.read(handle -> handle.createQuery(
                            "SELECT value FROM (" + union(sorted) + ") ORDER BY value COLLATE BINARY")
                    .mapTo(String.class)
                    .list());
            assertThat(actual).isEqualTo(sorted);
        }
    }

    private static String union(List<String> texts) {
        return String.join(
                " UNION ALL ",
                texts.stream().map(text -> "SELECT '" + text + "' AS value").toList());
    }

    private static List<String> plan(Index index, String sql) {
        return index.read(handle -> plan(handle, sql));
    }

    private static List<String> plan(Handle handle, String sql) {
        return handle.createQuery("EXPLAIN QUERY PLAN " + sql)
                .map((row, context) -> row.getString("detail"))
                .list();
    }
}
