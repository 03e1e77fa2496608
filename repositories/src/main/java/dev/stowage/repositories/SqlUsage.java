package dev.stowage.repositories;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.repositories.UsageIntentTable.IntentState;
import dev.stowage.repositories.UsageIntentTable.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The usage of projects in an SQL database. */
final class SqlUsage implements ProjectUsage {

    private static final List<String> COMPLETE = List.of("usage is complete");

    private final SqlDatabase database;
    private final SqlDialect dialect;
    private final UsageTable objects;
    private final UsageIntentTable intents;
    private final String process;

    SqlUsage(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.dialect = database.dialect();
        this.objects = new UsageTable(dialect);
        this.intents = new UsageIntentTable(dialect);
        this.process = process.value();
    }

    @Override
    public ProjectUsage.Intent reserve(ObjectKey key, Quota quota, long size) {
        Supplier<ProjectUsage.Intent> reserved = database.write(handle -> {
            dialect.lock(handle, names(quota, key));
            long counted = UsageTable.size(handle, key).orElse(0);
            long more = Math.max(0, size - counted);
            long left = objects.left(handle, quota);
            if (more > 0 && more > left) {
                return refusal(quota, left);
            }
            ProjectUsage.Intent intent = intents.insert(handle, key, quota.project(), more, counted, process);
            return () -> intent;
        });
        return reserved.get();
    }

    @Override
    public ProjectUsage.Intent extend(ProjectUsage.Intent intent, Quota quota, long bytes) {
        Supplier<ProjectUsage.Intent> extended = database.write(handle -> {
            dialect.lock(handle, names(quota, intent.key()));
            long left = objects.left(handle, quota);
            long granted = Math.min(bytes, left);
            if (granted < 1) {
                return refusal(quota, left);
            }
            if (!UsageIntentTable.extend(handle, intent, granted)) {
                throw new StorageUnavailable("The write took too long and was cancelled", null);
            }
            return () -> intent.allowing(intent.allowed() + granted);
        });
        return extended.get();
    }

    @Override
    public List<ProjectUsage.Intent> intend(Map<ObjectKey, String> projects, Optional<Instant> due) {
        Owner owner = new Owner(due.isPresent() ? Optional.empty() : Optional.of(process), due);
        return database.write(handle -> {
            dialect.lock(handle, names(projects.keySet().stream()));
            return intents.insert(handle, projects, owner);
        });
    }

    @Override
    public List<ProjectUsage.Intent> settle(List<ProjectUsage.Result> results) {
        return results.isEmpty() ? List.of() : database.write(handle -> settle(handle, results));
    }

    private List<ProjectUsage.Intent> settle(Handle handle, List<ProjectUsage.Result> results) {
        dialect.lock(
                handle, names(results.stream().map(result -> result.intent().key())));
        Map<Long, IntentState> states = intents.states(handle, results);
        List<ProjectUsage.Intent> open = new ArrayList<>();
        List<ProjectUsage.Intent> ended = new ArrayList<>();
        List<ProjectUsage.Intent> absent = new ArrayList<>();
        List<ProjectUsage.CountedObject> present = new ArrayList<>();
        for (ProjectUsage.Result result : results) {
            ProjectUsage.Intent intent = result.intent();
            IntentState state = states.get(intent.id());
            if (state == null) {
                open.add(intents.reopen(handle, intent, process));
                continue;
            }
            if (state.others() == 0 && state.version() != intent.version()) {
                open.add(intent.at(state.version()));
                continue;
            }
            ended.add(intent);
            if (state.others() > 0) {
                UsageIntentTable.incrementVersions(handle, intent.key());
            }
            if (result.size().isPresent() || state.relied() > 0) {
                long size = Math.max(state.relied(), result.size().orElse(0));
                present.add(new ProjectUsage.CountedObject(intent.key(), intent.project(), size));
            } else {
                absent.add(intent);
            }
        }
        objects.put(handle, present);
        objects.delete(handle, absent);
        intents.delete(handle, ended);
        return open;
    }

    @Override
    public void markUncertain(List<ProjectUsage.Intent> uncertain, Instant due) {
        int unused = database.write(handle -> {
            dialect.lock(handle, names(uncertain.stream().map(ProjectUsage.Intent::key)));
            return intents.markUncertain(handle, uncertain, due);
        });
    }

    @Override
    public List<ProjectUsage.Intent> abandoned(int max, long after, Instant now) {
        return database.read(handle -> UsageIntentTable.abandoned(handle, max, after, now));
    }

    @Override
    public ProjectUsage.Totals totals(String project) {
        return database.read(handle -> objects.totals(handle, project));
    }

    @Override
    public List<ProjectUsage.Totals> list(int max, Optional<String> after) {
        return database.read(handle -> objects.projects(handle, max, after));
    }

    @Override
    public OptionalLong size(ObjectKey key) {
        return database.read(handle -> UsageTable.size(handle, key));
    }

    @Override
    public List<ProjectUsage.CountedObject> objects(int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        return database.read(handle -> UsageTable.page(handle, max, after, upTo));
    }

    @Override
    public boolean isComplete(String layout) {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM usage_complete WHERE layout = :layout")
                        .bind("layout", layout)
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    @Override
    public void complete(String layout) {
        int unused = database.write(handle -> {
            dialect.lock(handle, COMPLETE);
            handle.execute("DELETE FROM usage_complete");
            return handle.execute("INSERT INTO usage_complete (layout) VALUES (?)", layout);
        });
    }

    @Override
    public void incomplete() {
        int unused = database.write(handle -> {
            dialect.lock(handle, COMPLETE);
            return handle.execute("DELETE FROM usage_complete");
        });
    }

    /** The names to lock for a reservation. Only a limited quota is compared, so only present reservations of other keys matter. */
    private static List<String> names(Quota quota, ObjectKey key) {
        return quota.limit().isPresent()
                ? List.of("usage of " + key.value(), "quota of " + quota.project())
                : List.of("usage of " + key.value());
    }

    private static List<String> names(Stream<ObjectKey> keys) {
        return keys.map(key -> "usage of " + key.value()).toList();
    }

    /** An exception to be thrown after the transaction, which then ends without a rollback. */
    private static Supplier<ProjectUsage.Intent> refusal(Quota quota, long left) {
        long limit = quota.limit().orElseThrow();
        return () -> {
            throw new QuotaExceeded(quota.project(), limit - left, limit);
        };
    }
}
