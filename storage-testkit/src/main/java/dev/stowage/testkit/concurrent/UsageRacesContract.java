package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.testkit.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ProjectUsage} that processes share: once no change is under way, all sizes and totals are those of the
 * store, and a quota is never exceeded.
 */
public abstract class UsageRacesContract extends SharedRecordContract {

    private static final String PROJECT = "p";
    private static final Quota UNLIMITED = new Quota(PROJECT, OptionalLong.empty());

    /** The store: the sizes of the objects that exist. */
    private final Map<ObjectKey, Long> store = new ConcurrentHashMap<>();

    @Test
    void changesOfOneObject_leaveItsTrueSize() throws Exception {
        ObjectKey key = key("one");
        for (int round = 0; round < 3 * record.rounds(); round++) {
            int seed = round;
            race(
                    () -> change(mine.usage(), key, new Random(seed)),
                    () -> change(other.usage(), key, new Random(~seed)));

            assertExact("round " + round, List.of(key));
        }
    }

    @Test
    void changesOfOneObject_byManyThreads_leaveItsTrueSize() throws Exception {
        ObjectKey key = key("one");
        List<Callable<Boolean>> racers = IntStream.range(0, 6)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    Random random = new Random(i);
                    for (int round = 0; round < record.rounds() / 2; round++) {
                        change(process(i), key, random);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertExact("at the end", List.of(key));
    }

    @Test
    void changesOfManyObjects_inAnyOrder_waitForEachOtherOnlyBriefly() throws Exception {
        List<ObjectKey> keys =
                IntStream.range(0, 12).mapToObj(i -> key("many-" + i)).toList();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    Random random = new Random(i);
                    for (int round = 0; round < record.rounds() / 2; round++) {
                        changeAll(process(i), keys, random);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertExact("at the end", keys);
    }

    @Test
    void reservations_neverExceedTheQuota() throws Exception {
        long limit = 1000;
        Quota quota = new Quota(PROJECT, OptionalLong.of(limit));
        List<ObjectKey> keys = IntStream.range(0, 5).mapToObj(i -> key("q" + i)).toList();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    Random random = new Random(i);
                    for (int round = 0; round < record.rounds(); round++) {
                        writeWithin(process(i), keys.get(random.nextInt(keys.size())), quota, random);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertExact("at the end", keys);
    }

    @Test
    void lastBytesOfAQuota_goToOneOfTwo() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            Quota quota = new Quota("quota-" + round, OptionalLong.of(100));
            ObjectKey first = key("first-" + round);
            ObjectKey second = key("second-" + round);

            List<Boolean> won = race(
                    () -> reserves(mine.usage(), first, quota, 60), () -> reserves(other.usage(), second, quota, 60));

            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(mine.usage().totals(quota.project()).used()).isEqualTo(60);
        }
    }

    @Test
    void extensions_shareWhatIsLeft() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            Quota quota = new Quota("quota-" + round, OptionalLong.of(100));
            ProjectUsage.Intent first = mine.usage().reserve(key("first-" + round), quota, 0);
            ProjectUsage.Intent second = other.usage().reserve(key("second-" + round), quota, 0);

            List<Long> allowed = race(
                    () -> extended(mine.usage(), first, quota, 70), () -> extended(other.usage(), second, quota, 70));

            assertThat(allowed).containsExactlyInAnyOrder(70L, 30L);
            assertThat(mine.usage().totals(quota.project()).used()).isEqualTo(100);
        }
    }

    @Test
    void oneIntentSettledByTwo_countsOnce() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            ObjectKey key = key("settled-" + round);
            ProjectUsage.Intent intent = mine.usage().reserve(key, UNLIMITED, 10);
            store.put(key, 10L);

            race(
                    () -> settle(mine.usage(), Map.of(intent, OptionalLong.of(10))),
                    () -> settle(other.usage(), Map.of(intent, OptionalLong.of(10))));

            assertThat(mine.usage().size(key)).hasValue(10);
            assertThat(mine.usage().totals(PROJECT))
                    .isEqualTo(new ProjectUsage.Totals(PROJECT, 10L * (round + 1), round + 1, 0));
        }
    }

    @Test
    void totals_neverShowHalfOfAChange() throws Exception {
        ObjectKey one = key("one");
        ObjectKey two = key("two");
        settle(mine.usage(), put(mine.usage(), one, 10));

        List<Boolean> exact = race(
                () -> {
                    for (int round = 0; round < record.rounds(); round++) {
                        settle(mine.usage(), put(mine.usage(), two, 10));
                        settle(mine.usage(), delete(mine.usage(), two));
                    }
                    return true;
                },
                () -> {
                    boolean whole = true;
                    for (int look = 0; look < 10 * record.rounds(); look++) {
                        ProjectUsage.Totals totals = other.usage().totals(PROJECT);
                        whole &= totals.bytes() == 10 * totals.files();
                    }
                    return whole;
                });

        assertThat(exact).containsOnly(true);
    }

    private ProjectUsage process(int racer) {
        return racer % 2 == 0 ? mine.usage() : other.usage();
    }

    /** Changes an object in one of the ways in which requests do. */
    private boolean change(ProjectUsage usage, ObjectKey key, Random random) {
        long size = 1L + random.nextInt(1000);
        Map<ProjectUsage.Intent, OptionalLong> results = switch (random.nextInt(4)) {
            case 0 -> delete(usage, key);
            case 1 -> stream(usage, key, size);
            default -> put(usage, key, size);
        };
        return settle(usage, results);
    }

    private Map<ProjectUsage.Intent, OptionalLong> put(ProjectUsage usage, ObjectKey key, long size) {
        ProjectUsage.Intent intent = usage.reserve(key, UNLIMITED, size);
        store.put(key, size);
        return measured(intent, OptionalLong.of(size));
    }

    private Map<ProjectUsage.Intent, OptionalLong> delete(ProjectUsage usage, ObjectKey key) {
        ProjectUsage.Intent intent =
                usage.intend(Map.of(key, PROJECT), Optional.empty()).get(0);
        store.remove(key);
        return measured(intent, OptionalLong.empty());
    }

    private Map<ProjectUsage.Intent, OptionalLong> stream(ProjectUsage usage, ObjectKey key, long size) {
        ProjectUsage.Intent intent = usage.extend(usage.reserve(key, UNLIMITED, 0), UNLIMITED, size);
        store.put(key, size);
        return measured(intent, OptionalLong.of(size));
    }

    private boolean changeAll(ProjectUsage usage, List<ObjectKey> keys, Random random) {
        List<ObjectKey> some = new ArrayList<>(keys);
        Collections.shuffle(some, random);
        Map<ObjectKey, String> projects = new LinkedHashMap<>();
        some.subList(0, 8).forEach(key -> projects.put(key, PROJECT));
        boolean deletes = random.nextBoolean();
        Map<ProjectUsage.Intent, OptionalLong> results = new LinkedHashMap<>();
        for (ProjectUsage.Intent intent : usage.intend(projects, Optional.empty())) {
            long size = 1L + random.nextInt(1000);
            if (deletes) {
                store.remove(intent.key());
            } else {
                store.put(intent.key(), size);
            }
            results.putAll(measured(intent, deletes ? OptionalLong.empty() : OptionalLong.of(size)));
        }
        return settle(usage, results);
    }

    private void writeWithin(ProjectUsage usage, ObjectKey key, Quota quota, Random random) {
        long limit = quota.limit().orElseThrow();
        try {
            ProjectUsage.Intent intent = usage.reserve(key, quota, random.nextInt(400));
            try {
                intent = usage.extend(intent, quota, 1L + random.nextInt(200));
            } catch (QuotaExceeded full) {
                assertThat(usage.totals(PROJECT).used()).isLessThanOrEqualTo(limit);
            }
            assertThat(usage.totals(PROJECT).used()).isLessThanOrEqualTo(limit);
            long size = intent.allowed() == 0 ? 0 : random.nextLong(intent.allowed() + 1);
            store.put(key, size);
            boolean unused = settle(usage, measured(intent, OptionalLong.of(size)));
        } catch (QuotaExceeded full) {
            boolean unused = settle(usage, delete(usage, key));
        }
        assertThat(usage.totals(PROJECT).used()).isLessThanOrEqualTo(limit);
    }

    /** What a request knows about the size: the store's response when no other change was open, otherwise what it reads. */
    private Map<ProjectUsage.Intent, OptionalLong> measured(ProjectUsage.Intent intent, OptionalLong written) {
        return Map.of(intent, intent.alone() ? written : read(intent.key()));
    }

    private OptionalLong read(ObjectKey key) {
        Long size = store.get(key);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Settles until nothing is open, measuring again as often as needed. */
    private boolean settle(ProjectUsage usage, Map<ProjectUsage.Intent, OptionalLong> results) {
        List<ProjectUsage.Intent> open = usage.settle(results.entrySet().stream()
                .map(result -> new ProjectUsage.Result(result.getKey(), result.getValue()))
                .toList());
        while (!open.isEmpty()) {
            open = usage.settle(open.stream()
                    .map(intent -> new ProjectUsage.Result(intent, read(intent.key())))
                    .toList());
        }
        return true;
    }

    private static boolean reserves(ProjectUsage usage, ObjectKey key, Quota quota, long size) {
        try {
            return usage.reserve(key, quota, size).allowed() == size;
        } catch (QuotaExceeded full) {
            return false;
        }
    }

    private static long extended(ProjectUsage usage, ProjectUsage.Intent intent, Quota quota, long bytes) {
        return usage.extend(intent, quota, bytes).allowed();
    }

    private void assertExact(String when, List<ObjectKey> keys) {
        Map<ObjectKey, OptionalLong> recorded = keys.stream()
                .collect(Collectors.toMap(key -> key, key -> mine.usage().size(key)));
        Map<ObjectKey, OptionalLong> stored = keys.stream().collect(Collectors.toMap(key -> key, this::read));
        assertThat(recorded).as("sizes, %s", when).isEqualTo(stored);
        assertThat(mine.usage().totals(PROJECT))
                .as("totals, %s", when)
                .isEqualTo(new ProjectUsage.Totals(
                        PROJECT, store.values().stream().mapToLong(size -> size).sum(), store.size(), 0));
        assertThat(other.usage().abandoned(10, 0, NOW.plusSeconds(100_000)))
                .as("open intents, %s", when)
                .isEmpty();
    }
}
