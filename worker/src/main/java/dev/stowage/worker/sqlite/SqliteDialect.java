package dev.stowage.worker.sqlite;

import dev.stowage.repositories.PartChanges;
import dev.stowage.repositories.SqlDialect;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** SQLite: one transaction writes at a time, so nothing needs a lock of its own. */
final class SqliteDialect implements SqlDialect {

    static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final PartChanges PARTS = PartChanges.inSteps();

    private SqliteDialect() {}

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String forUpdateSkipLocked() {
        return "";
    }

    @Override
    public void lock(Handle handle, Collection<String> names) {}

    @Override
    public String greatest(String first, String second) {
        return "max(" + first + ", " + second + ")";
    }

    @Override
    public String numbers(String parameter) {
        return "(SELECT value FROM json_each(:" + parameter + "))";
    }

    @Override
    public String rows(String parameter, String... columns) {
        String fields = Arrays.stream(columns)
                .map(column -> column.substring(0, column.indexOf(' ')))
                .map(name -> "value ->> '$." + name + "' AS " + name)
                .collect(Collectors.joining(", "));
        return "(SELECT " + fields + " FROM json_each(:" + parameter + "))";
    }

    @Override
    public String unhex(String expression) {
        return "unhex(" + expression + ")";
    }

    /** Without it, SQLite would look up the states and sort all sessions. */
    @Override
    public String indexedBy(String index) {
        return " INDEXED BY " + index;
    }

    @Override
    public List<Long> intentIds(Handle handle, int count) {
        long first = handle.createQuery(
                        "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'usage_intent'")
                .mapTo(Long.class)
                .one();
        return LongStream.range(first, first + count).boxed().toList();
    }

    @Override
    public PartChanges parts() {
        return PARTS;
    }

    @Override
    public String projectTotals() {
        return "usage_project";
    }
}
