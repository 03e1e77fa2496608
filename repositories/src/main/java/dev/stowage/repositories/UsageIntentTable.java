package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of intents to change objects; each method runs within the caller's transaction. */
final class UsageIntentTable {

    private static final String INSERT =
            "INSERT INTO usage_intent (id, key, project, reserved, relied, process, due_at)"
                    + " VALUES (:id, :key, :project, :reserved, :relied, :process, :due)";

    private final SqlDialect dialect;
    private final String insertAll;
    private final String increment;
    private final String changedVersions;
    private final String state;

    UsageIntentTable(SqlDialect dialect) {
        this.dialect = dialect;
        String ids = dialect.numbers("ids");
        insertAll =
                "INSERT INTO usage_intent (id, key, project, process, due_at) SELECT id, key, project, :process, :due FROM "
                        + dialect.rows("rows", "id BIGINT", "key TEXT", "project TEXT") + " v";
        // Increments the versions of all intents for the objects of these intents, if an object has others.
        increment =
                "UPDATE usage_intent SET version = version + 1 WHERE key IN (SELECT newest.key FROM usage_intent newest"
                        + " WHERE newest.id IN " + ids
                        + " AND EXISTS (SELECT 1 FROM usage_intent o WHERE o.key = newest.key"
                        + " AND o.id <> newest.id))";
        changedVersions = "SELECT id, version FROM usage_intent WHERE id IN " + ids + " AND version > 0";
        state =
                "SELECT i.id, i.version, count(o.id) AS others, coalesce(max(o.relied), 0) AS relied FROM usage_intent i"
                        + " LEFT JOIN usage_intent o ON o.key = i.key AND o.id <> i.id WHERE i.id IN " + ids
                        + " GROUP BY i.id";
    }

    /** Who settles an intent: one process, or any process from a point in time on. */
    record Owner(Optional<String> process, Optional<Instant> due) {}

    /**
     * The state of an intent, and of the others for its object.
     *
     * @param others the number of other intents for the object
     * @param relied the maximum of the bytes that they rely on
     */
    record IntentState(long version, long others, long relied) {}

    ProjectUsage.Intent insert(
            Handle handle, ObjectKey key, String project, long reserved, long relied, String process) {
        long id = dialect.intentIds(handle, 1).get(0);
        int unused = handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("key", key.value())
                .bind("project", project)
                .bind("reserved", reserved)
                .bind("relied", relied)
                .bind("process", process)
                .bind("due", Optional.<Long>empty())
                .execute();
        long version = incrementOthers(handle, "[" + id + "]").getOrDefault(id, 0L);
        return new ProjectUsage.Intent(id, key, project, relied + reserved, version);
    }

    /** Adds an intent in place of one that another process has settled, because the object may have been changed by both. */
    ProjectUsage.Intent reopen(Handle handle, ProjectUsage.Intent gone, String process) {
        ProjectUsage.Intent again = insert(handle, gone.key(), gone.project(), 0, 0, process);
        incrementVersions(handle, gone.key());
        return again.at(again.version() + 1);
    }

    /** Adds intents that reserve nothing. */
    List<ProjectUsage.Intent> insert(Handle handle, Map<ObjectKey, String> projects, Owner owner) {
        List<Long> ids = dialect.intentIds(handle, projects.size());
        List<ProjectUsage.Intent> added = new ArrayList<>();
        for (Map.Entry<ObjectKey, String> entry : projects.entrySet()) {
            added.add(new ProjectUsage.Intent(ids.get(added.size()), entry.getKey(), entry.getValue(), 0, 0));
        }
        RowSet rows = RowSet.of(
                added,
                (row, intent) -> row.set("id", intent.id())
                        .set("key", intent.key().value())
                        .set("project", intent.project()));
        int unused = handle.createUpdate(insertAll)
                .bind("rows", rows.json())
                .bind("process", owner.process())
                .bind("due", owner.due().map(Instant::toEpochMilli))
                .execute();
        Map<Long, Long> versions = incrementOthers(handle, ids.toString());
        return added.stream()
                .map(intent -> intent.at(versions.getOrDefault(intent.id(), 0L)))
                .toList();
    }

    /** The state of intents by id; settled intents are missing. */
    Map<Long, IntentState> states(Handle handle, List<ProjectUsage.Result> results) {
        Map<Long, IntentState> states = new HashMap<>();
        handle.createQuery(state)
                .bind(
                        "ids",
                        ids(results.stream().map(ProjectUsage.Result::intent).toList()))
                .map((row, context) -> {
                    IntentState state =
                            new IntentState(row.getLong("version"), row.getLong("others"), row.getLong("relied"));
                    states.put(row.getLong("id"), state);
                    return state;
                })
                .list();
        return states;
    }

    /** Reserves more bytes; returns whether the intent still exists. */
    static boolean extend(Handle handle, ProjectUsage.Intent intent, long bytes) {
        return handle.execute("UPDATE usage_intent SET reserved = reserved + ? WHERE id = ?", bytes, intent.id()) == 1;
    }

    int markUncertain(Handle handle, List<ProjectUsage.Intent> intents, Instant due) {
        return handle.createUpdate("UPDATE usage_intent SET process = NULL, due_at = :due, reserved = 0, relied = 0"
                        + " WHERE id IN " + dialect.numbers("ids"))
                .bind("due", due.toEpochMilli())
                .bind("ids", ids(intents))
                .execute();
    }

    static List<ProjectUsage.Intent> abandoned(Handle handle, int max, long after, Instant now) {
        return handle.createQuery("SELECT id, key, project, reserved + relied AS allowed, version FROM usage_intent"
                        + " WHERE id IN (SELECT id FROM usage_intent WHERE process IS NULL AND due_at <= :now"
                        + " UNION ALL SELECT id FROM usage_intent WHERE process IS NOT NULL AND process NOT IN"
                        + " (SELECT id FROM process WHERE alive_until > :now))"
                        + " AND id > :after ORDER BY id LIMIT :max")
                .bind("now", now.toEpochMilli())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> new ProjectUsage.Intent(
                        row.getLong("id"),
                        new ObjectKey(row.getString("key")),
                        row.getString("project"),
                        row.getLong("allowed"),
                        row.getLong("version")))
                .list();
    }

    void delete(Handle handle, List<ProjectUsage.Intent> intents) {
        int unused = handle.createUpdate("DELETE FROM usage_intent WHERE id IN " + dialect.numbers("ids"))
                .bind("ids", ids(intents))
                .execute();
    }

    /** Increments the versions of all intents for an object. */
    static void incrementVersions(Handle handle, ObjectKey key) {
        int unused = handle.execute("UPDATE usage_intent SET version = version + 1 WHERE key = ?", key.value());
    }

    /** A JSON array of the ids, to be bound as one value. */
    static String ids(List<ProjectUsage.Intent> intents) {
        return intents.stream().map(intent -> Long.toString(intent.id())).collect(Collectors.joining(",", "[", "]"));
    }

    /** Increments versions because of new intents; returns the versions of these that are not 0, by id. */
    private Map<Long, Long> incrementOthers(Handle handle, String ids) {
        int others = handle.createUpdate(increment).bind("ids", ids).execute();
        Map<Long, Long> versions = new HashMap<>();
        if (others > 0) {
            handle.createQuery(changedVersions)
                    .bind("ids", ids)
                    .map((row, context) -> versions.put(row.getLong("id"), row.getLong("version")))
                    .list();
        }
        return versions;
    }
}
