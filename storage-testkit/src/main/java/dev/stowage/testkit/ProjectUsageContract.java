package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link dev.stowage.core.port.records.ProjectUsage}. */
public abstract class ProjectUsageContract extends UsageIntentsContract {

    @Test
    void settledObject_countsForItsProject_withItsSize() {
        ProjectUsage.Intent intent = usage.reserve(KEY, of(100), 60);
        assertThat(usage.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 0, 0, 60));

        assertThat(usage.settle(List.of(there(intent, 50)))).isEmpty();

        assertThat(others.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 50, 1, 0));
        assertThat(others.size(KEY)).hasValue(50);
        assertThat(usage.totals("another")).isEqualTo(new ProjectUsage.Totals("another", 0, 0, 0));
    }

    @Test
    void deletedObject_noLongerCounts() {
        store(KEY, 50);
        store(key("b"), 7);

        settleAlone(intend(usage, KEY), OptionalLong.empty());
        settleAlone(intend(usage, KEY), OptionalLong.empty());

        assertThat(usage.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 7, 1, 0));
        assertThat(usage.size(KEY)).isEmpty();
    }

    @Test
    void objectThatMovedToAnotherProject_countsForThatOne() {
        store(KEY, 50);

        ProjectUsage.Intent intent = intend(usage, KEY);
        usage.settle(List.of(there(intent.in("q"), 60)));

        assertThat(usage.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 0, 0, 0));
        assertThat(usage.totals("q")).isEqualTo(new ProjectUsage.Totals("q", 60, 1, 0));
    }

    @Test
    void reserve_beyondTheQuota_isRejected_andChangesNothing() {
        store(key("b"), 60);
        ProjectUsage.Intent open = usage.reserve(key("c"), of(100), 30);

        assertThatThrownBy(() -> usage.reserve(KEY, of(100), 11))
                .isInstanceOfSatisfying(
                        QuotaExceeded.class,
                        e -> assertThat(e.detail()).isEqualTo(Map.of("project", PROJECT, "used", 90L, "limit", 100L)));
        assertThat(usage.reserve(KEY, of(100), 10).allowed()).isEqualTo(10);
        assertThat(usage.totals(PROJECT).used()).isEqualTo(100);
        assertThat(usage.settle(List.of(there(open, 30)))).isEmpty();
    }

    @Test
    void reserve_replacingAnObject_reservesOnlyTheDifference() {
        store(KEY, 60);

        assertThatThrownBy(() -> usage.reserve(KEY, of(100), 101)).isInstanceOf(QuotaExceeded.class);
        ProjectUsage.Intent larger = usage.reserve(KEY, of(100), 100);
        assertThat(larger.allowed()).isEqualTo(100);
        assertThat(usage.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 60, 1, 40));
        settleAlone(larger, OptionalLong.of(90));
        assertThat(usage.totals(PROJECT)).isEqualTo(new ProjectUsage.Totals(PROJECT, 90, 1, 0));
    }

    @Test
    void reserve_thatAddsNothing_isNeverRejected() {
        store(KEY, 60);

        settleAlone(usage.reserve(KEY, of(10), 60), OptionalLong.of(40));

        assertThat(usage.totals(PROJECT).bytes()).isEqualTo(40);
    }

    @Test
    void reserve_withoutALimit_isNeverRejected() {
        store(KEY, 60);

        assertThat(usage.reserve(key("b"), new Quota(PROJECT, OptionalLong.empty()), 1L << 40)
                        .allowed())
                .isEqualTo(1L << 40);
    }

    @Test
    void extend_reservesWhatIsLeft_andThenFails() {
        ProjectUsage.Intent intent = usage.reserve(KEY, of(100), 0);

        ProjectUsage.Intent more = usage.extend(intent, of(100), 64);
        assertThat(more.allowed()).isEqualTo(64);
        ProjectUsage.Intent most = usage.extend(more, of(100), 64);
        assertThat(most.allowed()).isEqualTo(100);
        assertThatThrownBy(() -> usage.extend(most, of(100), 1)).isInstanceOf(QuotaExceeded.class);
        assertThat(usage.totals(PROJECT).used()).isEqualTo(100);

        settleAlone(most, OptionalLong.of(99));
        assertThat(usage.totals(PROJECT).used()).isEqualTo(99);
    }

    @Test
    void extend_ofASettledIntent_fails() {
        ProjectUsage.Intent intent = usage.reserve(KEY, of(100), 0);
        assertThat(others.settle(List.of(gone(intent)))).isEmpty();

        assertThatThrownBy(() -> usage.extend(intent, of(100), 1)).isInstanceOf(StorageUnavailable.class);
        assertThat(usage.totals(PROJECT).used()).isZero();
    }

    @Test
    void concurrentReservations_neverExceedTheLimit() throws Exception {
        List<Callable<Boolean>> racers = IntStream.range(0, 12)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    try {
                        return (i % 2 == 0 ? usage : others).reserve(key("f" + i), of(100), 15) != null;
                    } catch (QuotaExceeded full) {
                        return false;
                    }
                })
                .toList();

        assertThat(Race.run(racers)).filteredOn(won -> won).hasSize(6);
        assertThat(usage.totals(PROJECT).used()).isEqualTo(90);
    }

    @Test
    void projects_areListedByName_inPages() {
        for (String project : List.of("p3", "p1", "p2")) {
            ProjectUsage.Intent intent = usage.reserve(key(project), new Quota(project, OptionalLong.of(10)), 5);
            settleAlone(intent, OptionalLong.of(5));
        }
        settleAlone(intend(usage, key("p2")), OptionalLong.empty());
        ProjectUsage.Intent open = usage.reserve(key("p4"), new Quota("p4", OptionalLong.of(10)), 5);

        assertThat(usage.list(2, Optional.empty()))
                .containsExactly(new ProjectUsage.Totals("p1", 5, 1, 0), new ProjectUsage.Totals("p3", 5, 1, 0));
        assertThat(usage.list(2, Optional.of("p3"))).containsExactly(new ProjectUsage.Totals("p4", 0, 0, 5));
        assertThat(usage.list(2, Optional.of("p4"))).isEmpty();
        settleAlone(open, OptionalLong.empty());
    }

    @Test
    void objects_areListedByKey_withinBounds_inPages() {
        List<ProjectUsage.CountedObject> all = new ArrayList<>();
        for (String name : List.of("a", "a/b", "b", "c", "é")) {
            store(key(name), name.length());
            all.add(new ProjectUsage.CountedObject(key(name), PROJECT, name.length()));
        }

        assertThat(usage.objects(3, Optional.empty(), Optional.empty())).isEqualTo(all.subList(0, 3));
        assertThat(usage.objects(3, Optional.of(key("b")), Optional.empty())).isEqualTo(all.subList(3, 5));
        assertThat(usage.objects(3, Optional.of(key("a")), Optional.of(key("b"))))
                .isEqualTo(all.subList(1, 3));
        assertThat(usage.objects(3, Optional.of(key("b")), Optional.of(key("b"))))
                .isEmpty();
        assertThat(usage.objects(3, Optional.of(key("é")), Optional.empty())).isEmpty();
    }

    @Test
    void completeness_isForOneLayout_untilChangesAreUncounted() {
        assertThat(usage.isComplete("a")).isFalse();

        usage.complete("a");
        usage.complete("b");
        assertThat(others.isComplete("a")).isFalse();
        assertThat(others.isComplete("b")).isTrue();

        others.incomplete();
        others.incomplete();
        assertThat(usage.isComplete("b")).isFalse();
    }

    private void store(ObjectKey key, long size) {
        settleAlone(intend(usage, key), OptionalLong.of(size));
    }
}
