package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many threads of two processes that write the same few files: the quota is respected, and all is counted in the end. */
final class QuotaRaceTest {

    private static final int LIMIT = 3000;
    private static final int THREADS = 4;
    private static final int ROUNDS = 800;
    private static final int SOURCE_SIZE = 400;
    private static final ObjectKey SOURCE = key("source");

    private final LongAdder refusals = new LongAdder();
    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("first"));
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(LIMIT), Map.of());

    @Test
    void writersOfTheSameFiles_neverExceedTheQuota_andAllIsCounted() throws Exception {
        race(CopyOptions.DEFAULT, LIMIT);
    }

    @Test
    void movesWhoseSourceStays_exceedTheQuotaByOneFileAtMost_andAllIsCounted() throws Exception {
        CopyOptions moving = new CopyOptions(WriteCondition.NONE, Optional.empty(), AttributeChanges.NONE, true);

        race(moving, LIMIT + SOURCE_SIZE);
    }

    private void race(CopyOptions copies, long most) throws Exception {
        QuotaStorage one = process("one");
        QuotaStorage two = process("two");
        one.objects().put(SOURCE, Bodies.pattern(SOURCE_SIZE, 1), PutOptions.DEFAULT);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            QuotaStorage storage = i % 2 == 0 ? one : two;
            writers.add(() -> write(storage, random, copies, most));
        }
        writers.add(() -> count(one));

        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        int stored = 0;
        for (Future<Integer> writer : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
            stored += writer.get();
        }
        threads.shutdownNow();

        assertThat(stored).isGreaterThan(ROUNDS);
        assertThat(refusals.sum()).isPositive();
        clock.advance(Duration.ofHours(1));
        two.settle();
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    private QuotaStorage process(String name) {
        ProcessId process = new ProcessId(name);
        InMemoryLeases its = leases.as(process);
        its.beat(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        return new QuotaStorage(memory, usage.as(process, its), new InMemorySessions(), quotas, clock);
    }

    private int write(QuotaStorage storage, Random random, CopyOptions copies, long most) {
        int stored = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                writeOnce(storage.objects(), random, copies);
                stored++;
            } catch (QuotaExceeded | PreconditionFailed | NotFound refused) {
                refusals.increment();
            }
            assertThat(stored()).isLessThanOrEqualTo(most);
        }
        return stored;
    }

    private static void writeOnce(ObjectStore store, Random random, CopyOptions copies) {
        ObjectKey key = key("f" + random.nextInt(4));
        int size = random.nextInt(1200);
        switch (random.nextInt(6)) {
            case 0 -> store.delete(List.of(key, key("g" + random.nextInt(4))));
            case 1 -> store.copy(SOURCE, key, copies);
            case 2 -> store.put(key, Bodies.ofUnknownLength(size, 1), PutOptions.DEFAULT);
            case 3 ->
                store.put(key, Bodies.pattern(size, 1), PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT));
            default -> store.put(key, Bodies.pattern(size, 1), PutOptions.DEFAULT);
        }
    }

    private static int count(QuotaStorage storage) {
        for (int i = 0; i < ROUNDS / 4; i++) {
            storage.recount();
        }
        return 0;
    }

    private long stored() {
        return memory.objects().list(ListQuery.of(KeyPrefix.ALL)).objects().stream()
                .mapToLong(ObjectSummary::size)
                .sum();
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p1/" + name);
    }
}
