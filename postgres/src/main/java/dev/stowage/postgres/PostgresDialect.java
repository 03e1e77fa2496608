package dev.stowage.postgres;

import dev.stowage.repositories.PartChanges;
import dev.stowage.repositories.SqlDialect;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** PostgreSQL. Many transactions write at the same time, so each locks what it depends on. */
final class PostgresDialect implements SqlDialect {

    static final PostgresDialect INSTANCE = new PostgresDialect();

    /** The number of rows of lock_stripe, which must be the same on all nodes. */
    static final int STRIPES = 16_384;

    private static final PartChanges PARTS = new PostgresParts();

    private PostgresDialect() {}

    /** Excludes transactions that lock or change the row, but not those that insert rows that refer to it. */
    @Override
    public String forUpdate() {
        return " FOR NO KEY UPDATE";
    }

    @Override
    public String forUpdateSkipLocked() {
        return " FOR NO KEY UPDATE SKIP LOCKED";
    }

    @Override
    public void lock(Handle handle, Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Integer[] stripes =
                names.stream().map(PostgresDialect::stripe).distinct().toArray(Integer[]::new);
        List<Integer> unused = handle.createQuery(
                        "SELECT number FROM lock_stripe WHERE number = ANY (:stripes) ORDER BY number FOR UPDATE")
                .bind("stripes", stripes)
                .mapTo(Integer.class)
                .list();
    }

    /** The same on all nodes. The upper bits of the hash differ most among short names. */
    static int stripe(String name) {
        int hash = name.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), STRIPES);
    }

    @Override
    public String greatest(String first, String second) {
        return "greatest(" + first + ", " + second + ")";
    }

    @Override
    public String numbers(String parameter) {
        return "(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:" + parameter + " AS JSON)))";
    }

    @Override
    public String rows(String parameter, String... columns) {
        return "(SELECT * FROM json_to_recordset(CAST(:" + parameter + " AS JSON)) AS r (" + String.join(", ", columns)
                + "))";
    }

    @Override
    public String unhex(String expression) {
        return "decode(" + expression + ", 'hex')";
    }

    @Override
    public String indexedBy(String index) {
        return "";
    }

    @Override
    public List<Long> intentIds(Handle handle, int count) {
        return handle.createQuery("SELECT nextval(pg_get_serial_sequence('usage_intent', 'id'))"
                        + " FROM generate_series(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    @Override
    public PartChanges parts() {
        return PARTS;
    }

    @Override
    public String projectTotals() {
        return "usage_total";
    }
}
