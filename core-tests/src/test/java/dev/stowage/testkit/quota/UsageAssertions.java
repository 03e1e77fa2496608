package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.quota.ProjectQuotas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares recorded sizes with the store. */
final class UsageAssertions {

    private UsageAssertions() {}

    /**
     * Asserts that each object of a project is counted with its size in the store, that nothing else is counted, and that nothing is
     * reserved.
     */
    static void assertCounted(ObjectStore store, ProjectUsage usage, ProjectQuotas quotas) {
        List<ProjectUsage.CountedObject> there = stored(store, quotas);
        assertThat(counted(usage)).isEqualTo(there);
        Map<String, ProjectUsage.Totals> totals = new TreeMap<>();
        there.forEach(object -> totals.merge(
                object.project(),
                new ProjectUsage.Totals(object.project(), object.size(), 1, 0),
                (a, b) -> new ProjectUsage.Totals(a.project(), a.bytes() + b.bytes(), a.files() + 1, 0)));
        assertThat(usage.list(ProjectUsage.MAX_AT_ONCE, Optional.empty())).containsExactlyElementsOf(totals.values());
    }

    private static List<ProjectUsage.CountedObject> counted(ProjectUsage usage) {
        List<ProjectUsage.CountedObject> counted = new ArrayList<>();
        List<ProjectUsage.CountedObject> page =
                usage.objects(ProjectUsage.MAX_AT_ONCE, Optional.empty(), Optional.empty());
        while (!page.isEmpty()) {
            counted.addAll(page);
            Optional<ObjectKey> last = Optional.of(page.get(page.size() - 1).key());
            page = usage.objects(ProjectUsage.MAX_AT_ONCE, last, Optional.empty());
        }
        return counted;
    }

    private static List<ProjectUsage.CountedObject> stored(ObjectStore store, ProjectQuotas quotas) {
        List<ProjectUsage.CountedObject> there = new ArrayList<>();
        Optional<ListQuery> query = Optional.of(ListQuery.of(KeyPrefix.ALL));
        while (query.isPresent()) {
            ListQuery asked = query.get();
            ObjectPage page = store.list(asked);
            for (ObjectSummary object : page.objects()) {
                quotas.of(object.key())
                        .ifPresent(quota -> there.add(
                                new ProjectUsage.CountedObject(object.key(), quota.project(), object.size())));
            }
            query = page.nextToken().map(asked::after);
        }
        return there;
    }
}
