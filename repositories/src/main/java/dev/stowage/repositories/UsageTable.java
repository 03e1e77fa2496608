package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The rows of counted objects, summed up by project by triggers; each method runs within the caller's transaction. */
final class UsageTable {

    private final SqlDialect dialect;
    private final String totals;
    private final String put;

    UsageTable(SqlDialect dialect) {
        this.dialect = dialect;
        this.put = "INSERT INTO usage_object (key, project, size) SELECT key, project, size FROM "
                + dialect.rows("rows", "key TEXT", "project TEXT", "size BIGINT")
                + " v WHERE true ON CONFLICT (key) DO UPDATE SET project = excluded.project, size = excluded.size";
        this.totals = "SELECT project, bytes, files, reserved FROM " + dialect.projectTotals() + " ";
    }

    static OptionalLong size(Handle handle, ObjectKey key) {
        return handle.createQuery("SELECT size FROM usage_object WHERE key = :key")
                .bind("key", key.value())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    static List<ProjectUsage.CountedObject> page(
            Handle handle, int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        return handle.createQuery("SELECT key, project, size FROM usage_object WHERE key > :after"
                        + (upTo.isPresent() ? " AND key <= :up_to" : "") + " ORDER BY key LIMIT :max")
                .bind("after", after.map(ObjectKey::value).orElse(""))
                .bind("up_to", upTo.map(ObjectKey::value))
                .bind("max", max)
                .map((row, context) -> new ProjectUsage.CountedObject(
                        new ObjectKey(row.getString("key")), row.getString("project"), row.getLong("size")))
                .list();
    }

    void put(Handle handle, List<ProjectUsage.CountedObject> objects) {
        if (!objects.isEmpty()) {
            RowSet rows = RowSet.of(
                    objects,
                    (row, object) -> row.set("key", object.key().value())
                            .set("project", object.project())
                            .set("size", object.size()));
            int unused = handle.createUpdate(put).bind("rows", rows.json()).execute();
        }
    }

    /** Deletes the objects of intents that still exist. */
    void delete(Handle handle, List<ProjectUsage.Intent> intents) {
        if (!intents.isEmpty()) {
            int unused = handle.createUpdate("DELETE FROM usage_object WHERE key IN (SELECT key FROM usage_intent"
                            + " WHERE id IN " + dialect.numbers("ids") + ")")
                    .bind("ids", UsageIntentTable.ids(intents))
                    .execute();
        }
    }

    ProjectUsage.Totals totals(Handle handle, String project) {
        return handle.createQuery(totals + "WHERE project = :project")
                .bind("project", project)
                .map((row, context) -> totals(row))
                .findOne()
                .orElseGet(() -> new ProjectUsage.Totals(project, 0, 0, 0));
    }

    /** The rest of a quota, in bytes; negative when it is exceeded. */
    long left(Handle handle, Quota quota) {
        return quota.limit().isPresent()
                ? quota.limit().getAsLong() - totals(handle, quota.project()).used()
                : Long.MAX_VALUE;
    }

    List<ProjectUsage.Totals> projects(Handle handle, int max, Optional<String> after) {
        return handle.createQuery(
                        totals + "WHERE project > :after AND (files > 0 OR reserved > 0) ORDER BY project LIMIT :max")
                .bind("after", after.orElse(""))
                .bind("max", max)
                .map((row, context) -> totals(row))
                .list();
    }

    private static ProjectUsage.Totals totals(ResultSet row) throws SQLException {
        return new ProjectUsage.Totals(
                row.getString("project"), row.getLong("bytes"), row.getLong("files"), row.getLong("reserved"));
    }
}
