package dev.stowage.testkit.quota;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A record that runs an action before and after each change. */
record InterceptedUsage(ProjectUsage usage, Runnable action) implements ProjectUsage {

    @Override
    public ProjectUsage.Intent reserve(ObjectKey key, Quota quota, long size) {
        return intercepted(() -> usage.reserve(key, quota, size));
    }

    @Override
    public ProjectUsage.Intent extend(ProjectUsage.Intent intent, Quota quota, long bytes) {
        return intercepted(() -> usage.extend(intent, quota, bytes));
    }

    @Override
    public List<ProjectUsage.Intent> intend(Map<ObjectKey, String> projects, Optional<Instant> due) {
        return intercepted(() -> usage.intend(projects, due));
    }

    @Override
    public List<ProjectUsage.Intent> settle(List<ProjectUsage.Result> results) {
        return intercepted(() -> usage.settle(results));
    }

    @Override
    public void markUncertain(List<ProjectUsage.Intent> intents, Instant due) {
        action.run();
        usage.markUncertain(intents, due);
        action.run();
    }

    @Override
    public List<ProjectUsage.Intent> abandoned(int max, long after, Instant now) {
        return usage.abandoned(max, after, now);
    }

    @Override
    public ProjectUsage.Totals totals(String project) {
        return usage.totals(project);
    }

    @Override
    public List<ProjectUsage.Totals> list(int max, Optional<String> after) {
        return usage.list(max, after);
    }

    @Override
    public OptionalLong size(ObjectKey key) {
        return usage.size(key);
    }

    @Override
    public List<ProjectUsage.CountedObject> objects(int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        return usage.objects(max, after, upTo);
    }

    @Override
    public boolean isComplete(String layout) {
        return usage.isComplete(layout);
    }

    @Override
    public void complete(String layout) {
        action.run();
        usage.complete(layout);
    }

    @Override
    public void incomplete() {
        usage.incomplete();
    }

    private <T> T intercepted(Supplier<T> call) {
        action.run();
        T result = call.get();
        action.run();
        return result;
    }
}
