package dev.stowage.core.quota;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recounts objects whose recorded size seems wrong. As they may be written at the same time, it opens intents for them, as for a change,
 * and uses only what it reads after that.
 */
final class CorrectUsage {

    private final ObjectStore store;
    private final ProjectUsage usage;
    private final ProjectQuotas quotas;
    private final Settlement settlement;

    CorrectUsage(ObjectStore store, ProjectUsage usage, ProjectQuotas quotas, Settlement settlement) {
        this.store = store;
        this.usage = usage;
        this.quotas = quotas;
        this.settlement = settlement;
    }

    /**
     * Counts objects as they are in the store.
     *
     * @param suspects the objects with their projects, up to {@link ProjectUsage#MAX_AT_ONCE}
     * @param query of the page that lists the objects if they exist
     * @return the number of corrected objects
     */
    int correct(Map<ObjectKey, String> suspects, ListQuery query) {
        if (suspects.isEmpty()) {
            return 0;
        }
        settlement.catchUp();
        List<ProjectUsage.Intent> intents = usage.intend(suspects, Optional.empty());
        List<ProjectUsage.Result> seen = new ArrayList<>();
        List<ProjectUsage.Intent> unseen = new ArrayList<>();
        try {
            ObjectPage page = store.list(query);
            Map<ObjectKey, Long> sizes = new HashMap<>();
            page.objects().forEach(object -> sizes.put(object.key(), object.size()));
            for (ProjectUsage.Intent intent : intents) {
                if (covers(page, intent.key())) {
                    seen.add(result(intent, Optional.ofNullable(sizes.get(intent.key()))));
                } else {
                    unseen.add(intent);
                }
            }
        } catch (RuntimeException e) {
            settlement.markUncertain(intents);
            throw e;
        }
        settlement.settle(seen);
        settlement.readAndSettle(unseen);
        return intents.size();
    }

    /** Objects that were created meanwhile may have moved others to the next page. */
    private static boolean covers(ObjectPage page, ObjectKey key) {
        List<ObjectSummary> objects = page.objects();
        return page.nextToken().isEmpty()
                || (!objects.isEmpty()
                        && key.compareTo(objects.get(objects.size() - 1).key()) <= 0);
    }

    private ProjectUsage.Result result(ProjectUsage.Intent intent, Optional<Long> size) {
        Optional<String> project = quotas.of(intent.key()).map(Quota::project);
        return project.isPresent() && size.isPresent()
                ? new ProjectUsage.Result(intent.in(project.get()), OptionalLong.of(size.get()))
                : new ProjectUsage.Result(intent, OptionalLong.empty());
    }
}
