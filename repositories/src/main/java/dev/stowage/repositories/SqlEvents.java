package dev.stowage.repositories;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.port.records.EventLog;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The log of events in an SQL database. The row of {@code event_log} is locked while events are numbered. */
final class SqlEvents implements EventLog {

    private final SqlDatabase database;
    private final String insert;
    private final String count;
    private final String delete;
    private final DueFileTable due;

    SqlEvents(SqlDatabase database) {
        this.database = database;
        this.due = new DueFileTable(database.dialect());
        SqlDialect dialect = database.dialect();
        String some = "FROM event_waiting WHERE id IN " + dialect.numbers("ids");
        count = "SELECT count(*) " + some;
        delete = "DELETE " + some;
        insert = "INSERT INTO event (id, " + EventRows.COLUMNS + ") SELECT id, " + EventRows.COLUMNS + " FROM "
                + dialect.rows("rows", EventRows.typed("id BIGINT")) + " v";
    }

    @Override
    public List<EventLog.Waiting> waiting(int max) {
        return database.read(handle -> WaitingEventTable.oldest(handle, max));
    }

    @Override
    public long position(String journal) {
        return database.read(handle -> position(handle, journal));
    }

    private static long position(Handle handle, String journal) {
        return handle.createQuery("SELECT position FROM event_journal WHERE id = :journal")
                .bind("journal", journal)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public boolean publish(Publication publication) {
        return database.write(handle -> {
            Head head = lock(handle);
            boolean sameRules = publication
                    .expiring()
                    .map(expiring -> expiring.rulesVersion() == head.rules())
                    .orElse(true);
            if (!sameRules || !isCurrent(handle, publication)) {
                return false;
            }
            publication.step().filter(step -> step.from() != step.to()).ifPresent(step -> move(handle, step));
            if (!publication.waiting().isEmpty()) {
                int unused = handle.createUpdate(delete)
                        .bind("ids", publication.waiting().toString())
                        .execute();
            }
            if (!publication.events().isEmpty()) {
                insert(handle, head.last(), publication.events());
            }
            publication.expiring().ifPresent(expiring -> due.add(handle, expiring.files()));
            return true;
        });
    }

    /**
     * Neither is changed by another transaction until the end of this one.
     *
     * @param last the number of the last event
     * @param rules the version of the rules by which files expire
     */
    private record Head(long last, long rules) {}

    private static Head lock(Handle handle) {
        return handle.createQuery("UPDATE event_log SET last_id = last_id RETURNING last_id, rules_version")
                .map((row, context) -> new Head(row.getLong("last_id"), row.getLong("rules_version")))
                .one();
    }

    /** Whether no other process has published any of the events. */
    private boolean isCurrent(Handle handle, Publication publication) {
        boolean waiting = publication.waiting().isEmpty()
                || handle.createQuery(count)
                                .bind("ids", publication.waiting().toString())
                                .mapTo(Integer.class)
                                .one()
                        == publication.waiting().size();
        return waiting
                && publication
                        .step()
                        .map(step -> position(handle, step.journal()) == step.from())
                        .orElse(true);
    }

    private static void move(Handle handle, JournalStep step) {
        handle.execute(
                "INSERT INTO event_journal (id, position) VALUES (?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET position = excluded.position",
                step.journal(),
                step.to());
    }

    private void insert(Handle handle, long last, List<Event> events) {
        long[] number = {last};
        RowSet rows = RowSet.of(events, (row, event) -> EventRows.set(row.set("id", ++number[0]), event));
        int inserted = handle.createUpdate(insert).bind("rows", rows.json()).execute();
        handle.execute("UPDATE event_log SET last_id = ?", last + inserted);
    }

    @Override
    public List<LoggedEvent> after(long id, int max) {
        return database.read(handle -> handle.createQuery("SELECT * FROM event WHERE id > :id ORDER BY id LIMIT :max")
                .bind("id", id)
                .bind("max", max)
                .map((row, context) -> new LoggedEvent(row.getLong("id"), EventRows.event(row)))
                .list());
    }

    @Override
    public EventLog.Range range() {
        return database.read(handle -> handle.createQuery("SELECT pruned_id, last_id FROM event_log")
                .map((row, context) -> new EventLog.Range(row.getLong("pruned_id"), row.getLong("last_id")))
                .one());
    }

    @Override
    public long taken(String sink) {
        return database.read(handle -> handle.createQuery("SELECT taken FROM event_sink WHERE id = :sink")
                .bind("sink", sink)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    @Override
    public void take(String sink, long id) {
        int unused = database.write(handle -> handle.execute(
                "INSERT INTO event_sink (id, taken) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET taken = "
                        + database.dialect().greatest("event_sink.taken", "excluded.taken"),
                sink,
                id));
    }

    /** Events are deleted in the order of their ids, in which their times may differ by a little. */
    @Override
    public int prune(Instant before) {
        return database.write(handle -> {
            List<Long> old = handle
                    .createQuery("SELECT id, happened_at FROM event ORDER BY id LIMIT :max")
                    .bind("max", MAX_AT_ONCE)
                    .map((row, context) -> new Aged(row.getLong("id"), row.getLong("happened_at")))
                    .list()
                    .stream()
                    .takeWhile(event -> event.millis() < before.toEpochMilli())
                    .map(Aged::id)
                    .toList();
            if (old.isEmpty()) {
                return 0;
            }
            long last = old.get(old.size() - 1);
            handle.execute("UPDATE event_log SET pruned_id = ? WHERE pruned_id < ?", last, last);
            return handle.execute("DELETE FROM event WHERE id <= ?", last);
        });
    }

    private record Aged(long id, long millis) {}
}
