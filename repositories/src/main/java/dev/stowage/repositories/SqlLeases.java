package dev.stowage.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The leases of all processes that share the database. */
final class SqlLeases implements Leases {

    private final SqlDatabase database;
    private final String process;
    private final String deleteExpired;

    SqlLeases(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.process = process.value();
        this.deleteExpired = "DELETE FROM process WHERE id IN (SELECT id FROM process WHERE alive_until <= ?"
                + database.dialect().forUpdateSkipLocked() + ")";
    }

    @Override
    public void beat(Instant now, Instant until) {
        int unused = database.write(handle -> {
            // The own row first: expired processes, which delete each other's rows, must not wait for each other.
            handle.execute(
                    "INSERT INTO process (id, alive_until, heard_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                            + " SET alive_until = excluded.alive_until, heard_at = excluded.heard_at",
                    process,
                    until.toEpochMilli(),
                    now.toEpochMilli());
            // This ends the claims of expired processes. One that is still alive is added again by its next heartbeat.
            return handle.execute(deleteExpired, now.toEpochMilli());
        });
    }

    @Override
    public void end() {
        int unused = database.write(handle -> handle.execute("DELETE FROM process WHERE id = ?", process));
    }

    @Override
    public Set<ProcessId> aliveSince(Instant moment) {
        return processes("heard_at >= :moment", moment);
    }

    @Override
    public Set<ProcessId> alive(Instant now) {
        return processes("alive_until > :moment", now);
    }

    private Set<ProcessId> processes(String where, Instant moment) {
        return database.read(handle -> handle
                .createQuery("SELECT id FROM process WHERE " + where)
                .bind("moment", moment.toEpochMilli())
                .mapTo(String.class)
                .stream()
                .map(ProcessId::new)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean acquire(String task, Instant now) {
        return database.write(handle -> {
            // Locked first, so that the statement sees what was committed while this process waited.
            database.dialect().lock(handle, List.of("task " + task));
            return handle.createUpdate("INSERT INTO task_lease (task, process) VALUES (:task, :process)"
                                    + " ON CONFLICT (task) DO UPDATE SET process = excluded.process"
                                    + " WHERE task_lease.process = excluded.process OR task_lease.process NOT IN"
                                    + " (SELECT id FROM process WHERE alive_until > :now)")
                            .bind("task", task)
                            .bind("process", process)
                            .bind("now", now.toEpochMilli())
                            .execute()
                    == 1;
        });
    }

    @Override
    public void release(String task) {
        int unused = database.write(
                handle -> handle.execute("DELETE FROM task_lease WHERE task = ? AND process = ?", task, process));
    }
}
