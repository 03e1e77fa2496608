package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Concurrent requests: objects are complete, and conditional writes have one winner. */
interface ConcurrencyContract extends MultipartFixture {

    /** The number of writers that compete for one condition. */
    int RACERS = 16;

    @Test
    default void put_ifAbsent_by16Racers_hasOneWinner() throws Exception {
        assumeTrue(can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT), "conditional puts are not declared");
        long before = leftovers();
        for (long size : raceSizes()) {
            ObjectKey key = key("absent-" + size);
            List<Boolean> won = race(key, size, WriteCondition.IF_ABSENT);

            assertThat(won).as("which of the racers succeeded").containsOnlyOnce(true);
            verify(key, size, won.indexOf(true));
        }
        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
    }

    @Test
    default void put_ifMatch_by16Racers_hasOneWinner() throws Exception {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");
        for (long size : raceSizes()) {
            ObjectKey key = key("match-" + size);
            ObjectInfo old = put(key, "old");
            List<Boolean> won = race(key, size, new WriteCondition.IfMatch(old.etag()));

            assertThat(won).as("which of the racers succeeded").containsOnlyOnce(true);
            verify(key, size, won.indexOf(true));
        }
    }

    @Test
    default void readersAndWritersOfOneKey_seeCompleteObjects() throws Exception {
        assertNoMixture(List.of(0L, 1L, 1000L, 65_537L, 300_000L), 20);
    }

    @Test
    default void readersAndWritersOfOneKey_aroundThresholds_seeCompleteObjects() throws Exception {
        for (long threshold : thresholds()) {
            assertNoMixture(List.of(threshold - 1, threshold, threshold + 1), 2);
        }
    }

    @Test
    default void read_duringReplacement_returnsOneVersion() throws IOException {
        long size = 4 << 20;
        ObjectKey key = key("overwritten");
        put(key, Bodies.pattern(size, 1));

        store().read(key, ReadOptions.ALL, (info, span, body) -> {
            Bodies.verifyNext(body, 0, 10, 1);
            put(key, Bodies.pattern(size, 2));
            Bodies.verify(body, 10, size - 10, 1);
            return info;
        });

        verify(key, size, 2);
    }

    @Test
    default void put_ofManyKeysConcurrently_storesThemAll() throws Exception {
        int perWriter = 25;
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int writer = i;
            writers.add(() -> {
                for (int n = 0; n < perWriter; n++) {
                    put(key(writer + "/" + n), Bodies.pattern(n, writer));
                }
                return true;
            });
        }

        Race.run(writers);

        assertThat(ListWalk.walk(store(), ListQuery.of(prefix("")))).hasSize(8 * perWriter);
        verify(key("7/24"), 24, 7);
    }

    @Test
    default void putsAndDeletionsOfOneKey_leaveACompleteObjectOrNone() throws Exception {
        long before = leftovers();
        ObjectKey key = key("contested");
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int racer = i;
            racers.add(() -> {
                for (int n = 0; n < 20; n++) {
                    store().put(key, Bodies.pattern(1000 + racer, racer), describing(racer, 1000 + racer));
                    store().delete(List.of(key));
                }
                return true;
            });
            racers.add(() -> {
                for (int n = 0; n < 40; n++) {
                    observe(key, new ConcurrentHashMap<>());
                }
                return true;
            });
        }

        Race.run(racers);

        assertThat(store().stat(key)).isEmpty();
        assertNothingLeft(before);
    }

    @Test
    default void copiesDuringReplacementOfTheSource_areComplete() throws Exception {
        ObjectKey source = key("source");
        store().put(source, Bodies.pattern(2000, 0), describing(0, 2000));
        AtomicInteger writing = new AtomicInteger(1);
        List<Callable<Boolean>> racers = new ArrayList<>();
        racers.add(() -> {
            for (int n = 1; n <= 30; n++) {
                store().put(source, Bodies.pattern(2000 + n, n), describing(n, 2000 + n));
            }
            writing.set(0);
            return true;
        });
        for (int i = 0; i < 3; i++) {
            ObjectKey target = key("target-" + i);
            racers.add(() -> {
                do {
                    store().copy(source, target, CopyOptions.DEFAULT);
                    assertThat(observe(target, new ConcurrentHashMap<>()))
                            .as("there is a copy")
                            .isTrue();
                } while (writing.get() > 0);
                return true;
            });
        }

        Race.run(racers);
    }

    /** Several writers replace one object while others read it: all data of a read comes from one writer. */
    private void assertNoMixture(List<Long> sizes, int rounds) throws Exception {
        ObjectKey key = key("contested");
        Map<Etag, Set<Integer>> seedsByTag = new ConcurrentHashMap<>();
        AtomicInteger writing = new AtomicInteger(sizes.size());
        store().put(key, Bodies.pattern(sizes.get(0), 0), describing(0, sizes.get(0)));
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int seed = i;
            long size = sizes.get(i);
            racers.add(() -> {
                try {
                    for (int n = 0; n < rounds; n++) {
                        ObjectInfo info = store().put(key, Bodies.pattern(size, seed), describing(seed, size))
                                .info();
                        note(seedsByTag, info.etag(), seed);
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return true;
            });
            racers.add(() -> {
                do {
                    assertThat(observe(key, seedsByTag))
                            .as("there is an object while it is replaced")
                            .isTrue();
                } while (writing.get() > 0);
                return true;
            });
        }

        Race.run(racers);

        assertThat(seedsByTag)
                .allSatisfy((etag, seeds) -> assertThat(seeds)
                        .as("writers of different bytes that share the ETag %s", etag)
                        .hasSize(1));
    }

    /** Reads the object and compares its bytes, size and metadata with each other; returns whether it exists. */
    private boolean observe(ObjectKey key, Map<Etag, Set<Integer>> seedsByTag) throws IOException {
        try {
            return store().read(key, ReadOptions.ALL, (info, span, body) -> {
                Map<String, String> described = info.attributes().metadata().values();
                long size = Long.parseLong(described.getOrDefault("size", "-1"));
                int seed = Integer.parseInt(described.getOrDefault("seed", "-1"));
                assertThat(info.size()).isEqualTo(size);
                assertThat(span.length()).isEqualTo(size);
                Bodies.verify(body, 0, size, seed);
                note(seedsByTag, info.etag(), seed);
                return true;
            });
        } catch (NotFound e) {
            return false;
        }
    }

    private static void note(Map<Etag, Set<Integer>> seedsByTag, Etag etag, int seed) {
        seedsByTag.computeIfAbsent(etag, tag -> ConcurrentHashMap.newKeySet()).add(seed);
    }

    private static PutOptions describing(int seed, long size) {
        return PutOptions.of(new ObjectAttributes(
                ContentType.OCTET_STREAM,
                new Metadata(Map.of("seed", Integer.toString(seed), "size", Long.toString(size)))));
    }

    private List<Boolean> race(ObjectKey key, long size, WriteCondition condition) throws Exception {
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            int seed = i;
            racers.add(() -> {
                try {
                    store().put(key, Bodies.pattern(size, seed), PutOptions.DEFAULT.withCondition(condition));
                    return true;
                } catch (PreconditionFailed e) {
                    return false;
                }
            });
        }
        return Race.run(racers);
    }

    private List<Long> raceSizes() {
        Set<Long> sizes = new HashSet<>(Set.of(100L));
        thresholds().stream().max(Long::compare).ifPresent(threshold -> sizes.add(threshold + 1));
        return sizes.stream().sorted().toList();
    }
}
