package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ProjectUsage} for concurrent changes: the last one to be settled has measured the final state. */
abstract class UsageIntentsContract {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final Instant LATER = NOW.plusSeconds(300);
    static final String PROJECT = "p";
    static final ObjectKey KEY = key("a");

    ProjectUsage usage = new InMemoryUsage();
    ProjectUsage others = usage;

    /** The usage and the leases of one process. */
    public record Member(ProjectUsage usage, Leases leases) {}

    /** Returns the record as seen by a process; the same record throughout a test. */
    protected abstract Member as(ProcessId process);

    @BeforeEach
    void open() {
        Member mine = as(new ProcessId("mine"));
        Member other = as(new ProcessId("other"));
        mine.leases().beat(NOW, NOW.plusSeconds(1000));
        other.leases().beat(NOW, NOW.plusSeconds(20));
        usage = mine.usage();
        others = other.usage();
    }

    @Test
    void lastOfTwo_settlesOnlyByMeasuringAfterTheOther() {
        ProjectUsage.Intent first = intend(usage, KEY);
        assertThat(first.alone()).isTrue();
        ProjectUsage.Intent second = intend(others, KEY);
        assertThat(second.alone()).isFalse();

        assertThat(others.settle(List.of(there(second, 20)))).isEmpty();
        List<ProjectUsage.Intent> again = usage.settle(List.of(there(first, 10)));

        assertThat(again).hasSize(1);
        assertThat(usage.size(KEY)).hasValue(20);
        assertThat(usage.settle(List.of(there(again.get(0), 10)))).isEmpty();
        assertThat(usage.size(KEY)).hasValue(10);
        assertThat(openIntents()).isEmpty();
    }

    @Test
    void measurementDuringAnotherChange_doesNotCount() {
        ProjectUsage.Intent intent = intend(usage, KEY);
        comeAndGo(20);
        ProjectUsage.Intent seen = usage.settle(List.of(there(intent, 10))).get(0);

        comeAndGo(30);
        List<ProjectUsage.Intent> again = usage.settle(List.of(there(seen, 20)));

        assertThat(again).hasSize(1);
        assertThat(usage.settle(List.of(there(again.get(0), 30)))).isEmpty();
        assertThat(usage.size(KEY)).hasValue(30);
    }

    @Test
    void objectThatAnotherIntentReliesOn_doesNotCountLess() {
        Quota quota = of(100);
        settleAlone(intend(usage, KEY), OptionalLong.of(60));
        ProjectUsage.Intent larger = usage.reserve(KEY, quota, 100);

        ProjectUsage.Intent deletion = intend(others, KEY);
        assertThat(others.settle(List.of(gone(deletion)))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(100);
        ProjectUsage.Intent smaller = others.reserve(KEY, quota, 5);
        assertThat(others.settle(List.of(there(smaller, 5)))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(100);

        List<ProjectUsage.Intent> again = usage.settle(List.of(there(larger, 100)));
        assertThat(usage.settle(List.of(there(again.get(0), 5)))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(5);
    }

    @Test
    void many_areSettledTogether_exceptThoseChangedByOthers() {
        Map<ObjectKey, String> keys = new HashMap<>();
        for (int i = 0; i < ProjectUsage.MAX_AT_ONCE; i++) {
            keys.put(key("f" + i), PROJECT);
        }
        assertThat(usage.settle(results(usage.intend(keys, Optional.empty()), OptionalLong.of(3))))
                .isEmpty();
        assertThat(usage.totals(PROJECT).bytes()).isEqualTo(3L * ProjectUsage.MAX_AT_ONCE);

        List<ProjectUsage.Intent> deletions = usage.intend(keys, Optional.empty());
        assertThat(deletions).allMatch(ProjectUsage.Intent::alone);
        ProjectUsage.Intent rival = intend(others, key("f7"));
        assertThat(others.settle(List.of(there(rival, 4)))).isEmpty();
        List<ProjectUsage.Intent> again = usage.settle(results(deletions, OptionalLong.empty()));

        assertThat(again).extracting(ProjectUsage.Intent::key).containsExactly(key("f7"));
        assertThat(usage.totals(PROJECT).bytes()).isEqualTo(4);
        assertThat(usage.totals(PROJECT).files()).isEqualTo(1);
        assertThat(usage.settle(List.of(gone(again.get(0))))).isEmpty();
        assertThat(usage.totals(PROJECT).files()).isZero();
    }

    @Test
    void intentsOfEndedProcesses_areAbandoned_andThoseOfLiveOnesAreNot() {
        ProjectUsage.Intent mine = intend(usage, KEY);
        ProjectUsage.Intent theirs = others.reserve(key("b"), of(100), 10);

        assertThat(usage.abandoned(10, 0, NOW)).isEmpty();
        assertThat(usage.abandoned(10, 0, NOW.plusSeconds(20))).containsExactly(theirs);
        assertThat(usage.abandoned(10, theirs.id(), NOW.plusSeconds(20))).isEmpty();
        assertThat(usage.abandoned(10, 0, NOW.plusSeconds(1000))).containsExactly(mine, theirs);
        assertThat(usage.abandoned(1, 0, NOW.plusSeconds(1000))).containsExactly(mine);

        assertThat(usage.settle(List.of(there(theirs, 10)))).isEmpty();
        assertThat(usage.abandoned(10, 0, NOW.plusSeconds(20))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(10);
    }

    @Test
    void intentEndedByAnotherProcess_isReopened() {
        ProjectUsage.Intent late = usage.reserve(KEY, of(100), 10);
        assertThat(others.settle(List.of(gone(late)))).isEmpty();

        List<ProjectUsage.Intent> again = usage.settle(List.of(there(late, 10)));

        assertThat(again).hasSize(1).noneMatch(ProjectUsage.Intent::alone);
        assertThat(again.get(0).id()).isNotEqualTo(late.id());
        assertThat(usage.abandoned(10, 0, NOW)).isEmpty();
        assertThat(usage.settle(List.of(there(again.get(0), 10)))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(10);
    }

    @Test
    void uncertainIntent_reservesNothing_andIsAbandonedWhenDue() {
        ProjectUsage.Intent intent = usage.reserve(KEY, of(100), 80);

        usage.markUncertain(List.of(intent), LATER);
        usage.markUncertain(List.of(intent), LATER);

        assertThat(usage.totals(PROJECT).used()).isZero();
        assertThat(others.abandoned(10, 0, LATER.minusMillis(1))).isEmpty();
        List<ProjectUsage.Intent> due = others.abandoned(10, 0, LATER);
        assertThat(due).extracting(ProjectUsage.Intent::id).containsExactly(intent.id());
        assertThat(others.settle(List.of(there(due.get(0), 80)))).isEmpty();
        assertThat(usage.totals(PROJECT).used()).isEqualTo(80);

        usage.markUncertain(List.of(intent), LATER);
        assertThat(others.abandoned(10, 0, LATER)).isEmpty();
    }

    @Test
    void intentWithADueTime_belongsToNoProcess_andOthersAreNotAloneBesideIt() {
        List<ProjectUsage.Intent> awaited = usage.intend(Map.of(KEY, PROJECT), Optional.of(LATER));
        ProjectUsage.Intent beside = intend(usage, KEY);

        assertThat(beside.alone()).isFalse();
        assertThat(usage.settle(List.of(there(beside, 7)))).isEmpty();
        assertThat(usage.abandoned(10, 0, NOW.plusSeconds(299))).isEmpty();
        assertThat(usage.abandoned(10, 0, LATER))
                .extracting(ProjectUsage.Intent::id)
                .containsExactly(awaited.get(0).id());
        assertThat(usage.totals(PROJECT).used()).isEqualTo(7);
    }

    static ProjectUsage.Intent intend(ProjectUsage by, ObjectKey key) {
        return by.intend(Map.of(key, PROJECT), Optional.empty()).get(0);
    }

    void settleAlone(ProjectUsage.Intent intent, OptionalLong size) {
        assertThat(usage.settle(List.of(new ProjectUsage.Result(intent, size)))).isEmpty();
    }

    static ProjectUsage.Result there(ProjectUsage.Intent intent, long size) {
        return new ProjectUsage.Result(intent, OptionalLong.of(size));
    }

    static ProjectUsage.Result gone(ProjectUsage.Intent intent) {
        return new ProjectUsage.Result(intent, OptionalLong.empty());
    }

    static Quota of(long limit) {
        return new Quota(PROJECT, OptionalLong.of(limit));
    }

    static ObjectKey key(String name) {
        return new ObjectKey("raw/p/" + name);
    }

    private void comeAndGo(long size) {
        ProjectUsage.Intent guest = intend(others, KEY);
        assertThat(others.settle(List.of(there(guest, size)))).isEmpty();
    }

    private List<ProjectUsage.Intent> openIntents() {
        return usage.abandoned(10, 0, NOW.plusSeconds(100_000));
    }

    private static List<ProjectUsage.Result> results(List<ProjectUsage.Intent> intents, OptionalLong size) {
        List<ProjectUsage.Result> results = new ArrayList<>();
        intents.forEach(intent -> results.add(new ProjectUsage.Result(intent, size)));
        return results;
    }
}
