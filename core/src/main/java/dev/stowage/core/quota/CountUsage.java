package dev.stowage.core.quota;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ProjectUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the objects in the store: those from before the quotas, and changes that were made directly in the store. Lists all objects and
 * corrects recorded sizes that differ.
 */
final class CountUsage {

    private final ObjectStore store;
    private final ProjectUsage usage;
    private final ProjectQuotas quotas;
    private final CorrectUsage correct;

    CountUsage(ObjectStore store, ProjectUsage usage, ProjectQuotas quotas, Settlement settlement) {
        this.store = store;
        this.usage = usage;
        this.quotas = quotas;
        this.correct = new CorrectUsage(store, usage, quotas, settlement);
    }

    /** See {@link QuotaStorage#isCounted}. */
    boolean isComplete() {
        return usage.isComplete(quotas.layout().toString());
    }

    /** See {@link QuotaStorage#recount}. */
    long count() {
        long corrected = 0;
        Optional<ObjectKey> after = Optional.empty();
        Optional<ListQuery> query = Optional.of(ListQuery.of(KeyPrefix.ALL));
        while (query.isPresent()) {
            ListQuery asked = query.get();
            ObjectPage page = store.list(asked);
            query = page.nextToken().map(asked::after);
            // A page may be empty although more pages follow.
            Optional<ObjectKey> last = last(page);
            if (last.isPresent() || query.isEmpty()) {
                corrected += compare(asked, page, after, query.isEmpty() ? Optional.empty() : last);
                after = last;
            }
        }
        usage.complete(quotas.layout().toString());
        return corrected;
    }

    /** Compares a page with the recorded objects in the same range of keys. */
    private long compare(ListQuery query, ObjectPage page, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        Map<ObjectKey, ProjectUsage.CountedObject> there = counted(page);
        long corrected = 0;
        List<ProjectUsage.CountedObject> known = usage.objects(ProjectUsage.MAX_AT_ONCE, after, upTo);
        while (!known.isEmpty()) {
            Map<ObjectKey, String> wrong = new HashMap<>();
            for (ProjectUsage.CountedObject object : known) {
                ProjectUsage.CountedObject now = there.remove(object.key());
                if (!object.equals(now)) {
                    wrong.put(object.key(), object.project());
                }
            }
            corrected += correct.correct(wrong, query);
            known = usage.objects(
                    ProjectUsage.MAX_AT_ONCE,
                    Optional.of(known.get(known.size() - 1).key()),
                    upTo);
        }
        Map<ObjectKey, String> missing = new HashMap<>();
        there.forEach((key, object) -> missing.put(key, object.project()));
        return corrected + correct.correct(missing, query);
    }

    private Map<ObjectKey, ProjectUsage.CountedObject> counted(ObjectPage page) {
        Map<ObjectKey, ProjectUsage.CountedObject> counted = new TreeMap<>();
        for (ObjectSummary object : page.objects()) {
            quotas.of(object.key())
                    .ifPresent(quota -> counted.put(
                            object.key(),
                            new ProjectUsage.CountedObject(object.key(), quota.project(), object.size())));
        }
        return counted;
    }

    private static Optional<ObjectKey> last(ObjectPage page) {
        List<ObjectSummary> objects = page.objects();
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(objects.get(objects.size() - 1).key());
    }
}
