package dev.stowage.repositories;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.lifecycle.RuleScan;
import dev.stowage.core.port.records.ExpiryRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rules by which files expire, and the files that may be due, in an SQL database. */
final class SqlExpiry implements ExpiryRecords {

    private static final String CHANGE = "INSERT INTO lifecycle_rule"
            + " (prefix, id, filter, expire_after, writer, version, scan_token, scanned)"
            + " VALUES (:prefix, :id, :filter, :after, :writer, :version, NULL, 0)"
            + " ON CONFLICT (prefix, id) DO UPDATE SET filter = excluded.filter, expire_after = excluded.expire_after,"
            + " writer = excluded.writer, version = excluded.version, scan_token = NULL, scanned = 0";

    private final SqlDatabase database;
    private final DueFileTable due;

    SqlExpiry(SqlDatabase database) {
        this.database = database;
        this.due = new DueFileTable(database.dialect());
    }

    private record Name(String prefix, String id) {

        static Name of(LifecycleRule rule) {
            return new Name(rule.prefix().value(), rule.id());
        }
    }

    @Override
    public LifecycleRules rules() {
        return database.read(handle -> {
            long[] version = {0};
            List<LifecycleRule> rules = new ArrayList<>();
            // One statement, so that the version is that of these rules.
            handle.createQuery("SELECT l.rules_version, r.* FROM event_log l LEFT JOIN lifecycle_rule r ON 1 = 1"
                            + " ORDER BY r.prefix, r.id")
                    .map((row, context) -> {
                        version[0] = row.getLong("rules_version");
                        return row.getString("id") == null || rules.add(rule(row));
                    })
                    .list();
            return new LifecycleRules(version[0], rules);
        });
    }

    @Override
    public boolean replace(long version, List<LifecycleRule> rules) {
        return database.add(handle -> {
            int moved = handle.execute(
                    "UPDATE event_log SET rules_version = rules_version + 1 WHERE rules_version = ?", version);
            if (moved == 0) {
                return false;
            }
            Map<Name, LifecycleRule> before = new HashMap<>();
            handle.createQuery("SELECT * FROM lifecycle_rule")
                    .map((row, context) -> rule(row))
                    .forEach(rule -> before.put(Name.of(rule), rule));
            List<LifecycleRule> changed = new ArrayList<>();
            for (LifecycleRule rule : rules) {
                LifecycleRule old = before.remove(Name.of(rule));
                if (!rule.equals(old)) {
                    changed.add(rule);
                }
            }
            delete(handle, before.keySet());
            change(handle, changed, version + 1);
            return true;
        });
    }

    private static void delete(Handle handle, Iterable<Name> names) {
        PreparedBatch batch = handle.prepareBatch("DELETE FROM lifecycle_rule WHERE prefix = :prefix AND id = :id");
        for (Name name : names) {
            batch.bind("prefix", name.prefix()).bind("id", name.id()).add();
        }
        int[] unused = batch.execute();
    }

    private static void change(Handle handle, List<LifecycleRule> rules, long version) {
        PreparedBatch batch = handle.prepareBatch(CHANGE);
        for (LifecycleRule rule : rules) {
            batch.bind("prefix", rule.prefix().value())
                    .bind("id", rule.id())
                    .bind("filter", rule.filter().map(FilterRows::text))
                    .bind("after", rule.expireAfter().toSeconds())
                    .bind("writer", rule.writer())
                    .bind("version", version)
                    .add();
        }
        int[] unused = batch.execute();
    }

    @Override
    public Optional<RuleScan> nextScan() {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM lifecycle_rule WHERE scanned = 0 ORDER BY version, prefix, id LIMIT 1")
                .map((row, context) -> new RuleScan(rule(row), row.getLong("version"), JobRows.text(row, "scan_token")))
                .findFirst());
    }

    @Override
    public boolean scanned(RuleScan scan, Optional<String> next, List<DueFile> found) {
        return database.add(handle -> {
            boolean current = handle.createUpdate("UPDATE lifecycle_rule SET scan_token = :next, scanned = :done"
                                    + " WHERE prefix = :prefix AND id = :id AND version = :version AND scanned = 0"
                                    + " AND coalesce(scan_token, '') = :token")
                            .bind("next", next)
                            .bind("done", next.isEmpty() ? 1 : 0)
                            .bind("prefix", scan.rule().prefix().value())
                            .bind("id", scan.rule().id())
                            .bind("version", scan.version())
                            .bind("token", scan.token().orElse(""))
                            .execute()
                    == 1;
            if (current) {
                due.add(handle, found);
            }
            return current;
        });
    }

    @Override
    public List<DueFile> due(Instant now, Optional<DueFile> after, int max) {
        return database.read(handle -> DueFileTable.due(handle, now, after, max));
    }

    @Override
    public void settle(List<DueFile> done, List<DueFile> postponed) {
        if (!done.isEmpty() || !postponed.isEmpty()) {
            boolean unused = database.write(handle -> {
                due.delete(handle, done);
                due.postpone(handle, postponed);
                return true;
            });
        }
    }

    private static LifecycleRule rule(ResultSet row) throws SQLException {
        return new LifecycleRule(
                row.getString("id"),
                new KeyPrefix(row.getString("prefix")),
                JobRows.text(row, "filter").map(FilterRows::filter),
                Duration.ofSeconds(row.getLong("expire_after")),
                JobRows.text(row, "writer"));
    }
}
