package dev.stowage.repositories;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ChangeIntents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The intents to change objects, in an SQL database.
 *
 * <p>Changes overlap only if the intents of both were open when the first one ended. The first one to end locks the rows of all intents for
 * its object, after it has added its event, and marks the others. So either the other one sees its mark, or it waits for the event.
 */
final class SqlChangeIntents implements ChangeIntents {

    private static final String SELECT =
            "SELECT id, key, deletion, principal, request_id, reason, begun_at, after_event FROM event_intent WHERE ";

    private final SqlDatabase database;
    private final String process;
    private final String begin;
    private final String open;
    private final String disturb;
    private final String calm;
    private final String delete;
    private final String uncertain;

    SqlChangeIntents(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.process = process.value();
        SqlDialect dialect = database.dialect();
        begin =
                "INSERT INTO event_intent (key, deletion, principal, request_id, reason, begun_at, after_event, process)"
                        + " SELECT key, :deletion, :principal, :request, :reason, :begun, (SELECT last_id FROM event_log), :process FROM "
                        + dialect.rows("rows", "key TEXT") + " v RETURNING id, key, after_event";
        open = "SELECT id, key, disturbed FROM event_intent WHERE key IN (SELECT key FROM "
                + dialect.rows("rows", "key TEXT") + " v) ORDER BY id" + dialect.forUpdate();
        String some = " WHERE id IN " + dialect.numbers("ids");
        disturb = "UPDATE event_intent SET disturbed = 1" + some;
        calm = "UPDATE event_intent SET disturbed = 0" + some;
        delete = "DELETE FROM event_intent" + some;
        uncertain = "UPDATE event_intent SET process = NULL, due_at = :due" + some;
    }

    @Override
    public List<ChangeIntents.Intent> begin(List<ObjectKey> keys, boolean deletion, Origin origin, Instant now) {
        Map<String, ChangeIntents.Intent> begun = database.write(handle -> handle.createQuery(begin)
                .bind("rows", keys(keys).json())
                .bind("deletion", deletion ? 1 : 0)
                .bind("principal", origin.principal())
                .bind("request", origin.requestId())
                .bind("reason", origin.reason())
                .bind("begun", now.toEpochMilli())
                .bind("process", process)
                .reduceRows(new HashMap<>(), (all, row) -> {
                    ObjectKey key = new ObjectKey(row.getColumn("key", String.class));
                    long id = row.getColumn("id", Long.class);
                    long after = row.getColumn("after_event", Long.class);
                    all.put(key.value(), new ChangeIntents.Intent(id, key, deletion, origin, now, after));
                    return all;
                }));
        return keys.stream().map(key -> begun.get(key.value())).toList();
    }

    @Override
    public List<ChangeIntents.Intent> end(List<ChangeIntents.Intent> intents, List<Event> events) {
        if (intents.isEmpty() && events.isEmpty()) {
            return List.of();
        }
        return database.write(handle -> {
            WaitingEventTable.add(handle, events);
            return intents.isEmpty() ? List.of() : end(handle, intents);
        });
    }

    private List<ChangeIntents.Intent> end(Handle handle, List<ChangeIntents.Intent> intents) {
        Open rows = lock(handle, intents);
        List<ChangeIntents.Intent> again = intents.stream()
                .filter(intent -> rows.isDisturbed(intent) && rows.isLast(intent))
                .toList();
        Set<ChangeIntents.Intent> kept = new HashSet<>(again);
        List<ChangeIntents.Intent> ended =
                intents.stream().filter(intent -> !kept.contains(intent)).toList();
        update(handle, calm, ids(again));
        update(handle, disturb, rows.others(ended));
        update(handle, delete, ids(ended));
        return again;
    }

    @Override
    public boolean settle(ChangeIntents.Intent intent, Optional<Event> event) {
        return database.write(handle -> {
            Open rows = lock(handle, List.of(intent));
            if (rows.isDisturbed(intent) && rows.isLast(intent)) {
                update(handle, calm, ids(List.of(intent)));
                return false;
            }
            // With another change open, that one ends later, and tells the state then.
            WaitingEventTable.add(handle, event.stream().toList());
            update(handle, disturb, rows.others(List.of(intent)));
            update(handle, delete, ids(List.of(intent)));
            return true;
        });
    }

    @Override
    public void markUncertain(List<ChangeIntents.Intent> intents, Instant due) {
        int unused = database.write(handle -> handle.createUpdate(uncertain)
                .bind("due", due.toEpochMilli())
                .bind("ids", ids(intents).toString())
                .execute());
    }

    @Override
    public List<ChangeIntents.Intent> abandoned(int max, long after, Instant now) {
        return database.read(
                handle -> handle.createQuery(SELECT + "id IN (SELECT id FROM event_intent WHERE process IS NULL"
                                + " AND due_at <= :now UNION ALL SELECT id FROM event_intent WHERE process IS NOT NULL"
                                + " AND process NOT IN (SELECT id FROM process WHERE alive_until > :now))"
                                + " AND id > :after ORDER BY id LIMIT :max")
                        .bind("now", now.toEpochMilli())
                        .bind("after", after)
                        .bind("max", max)
                        .map((row, context) -> intent(row))
                        .list());
    }

    @Override
    public Optional<Event> lastEvent(ChangeIntents.Intent intent) {
        return database.read(
                handle -> find(handle, "SELECT * FROM event_waiting WHERE key = :key ORDER BY id DESC LIMIT 1", intent)
                        .or(() -> find(
                                handle,
                                "SELECT * FROM event WHERE id > :after AND key = :key ORDER BY id DESC LIMIT 1",
                                intent)));
    }

    private static Optional<Event> find(Handle handle, String query, ChangeIntents.Intent intent) {
        return handle.createQuery(query)
                .bind("key", intent.key().value())
                .bind("after", intent.after())
                .map((row, context) -> EventRows.event(row))
                .findFirst();
    }

    private Open lock(Handle handle, List<ChangeIntents.Intent> intents) {
        Open rows = new Open(new HashMap<>(), new HashSet<>());
        handle.createQuery(open)
                .bind(
                        "rows",
                        keys(intents.stream()
                                        .map(ChangeIntents.Intent::key)
                                        .distinct()
                                        .toList())
                                .json())
                .map((row, context) -> {
                    rows.ids()
                            .computeIfAbsent(row.getString("key"), key -> new ArrayList<>())
                            .add(row.getLong("id"));
                    return row.getInt("disturbed") == 0 || rows.disturbed().add(row.getLong("id"));
                })
                .list();
        return rows;
    }

    private static void update(Handle handle, String sql, List<Long> ids) {
        if (!ids.isEmpty()) {
            int unused = handle.createUpdate(sql).bind("ids", ids.toString()).execute();
        }
    }

    private static List<Long> ids(List<ChangeIntents.Intent> intents) {
        return intents.stream().map(ChangeIntents.Intent::id).toList();
    }

    private static RowSet keys(List<ObjectKey> keys) {
        return RowSet.of(keys, (row, key) -> row.set("key", key.value()));
    }

    private static ChangeIntents.Intent intent(ResultSet row) throws SQLException {
        return new ChangeIntents.Intent(
                row.getLong("id"),
                new ObjectKey(row.getString("key")),
                row.getInt("deletion") == 1,
                EventRows.origin(row, JobRows.text(row, "reason")),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                row.getLong("after_event"));
    }

    /**
     * The open intents of some objects.
     *
     * @param ids by key
     * @param disturbed those during which another one ended
     */
    private record Open(Map<String, List<Long>> ids, Set<Long> disturbed) {

        boolean isDisturbed(ChangeIntents.Intent intent) {
            return disturbed.contains(intent.id());
        }

        /** Whether no other intent is open for the object. */
        boolean isLast(ChangeIntents.Intent intent) {
            return others(List.of(intent)).isEmpty();
        }

        /** Returns the other intents for the objects of these. */
        List<Long> others(List<ChangeIntents.Intent> intents) {
            return intents.stream()
                    .flatMap(intent -> ids.getOrDefault(intent.key().value(), List.of()).stream()
                            .filter(id -> id != intent.id()))
                    .toList();
        }
    }
}
