package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Processes that crash before and after each of their steps in turn. All sizes are exact once their intents are settled. */
final class QuotaCrashTest {

    private static final Duration TERM = Duration.ofSeconds(20);
    private static final ProcessId SURVIVOR = new ProcessId("survivor");
    private static final ProcessId VICTIM = new ProcessId("victim");

    private final TestClock clock = new TestClock();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(200_000), Map.of());

    /** What survives a crash. */
    private InMemoryStorage memory = new InMemoryStorage();

    private InMemoryUsage usage = new InMemoryUsage();
    private InMemoryLeases leases = new InMemoryLeases(SURVIVOR);

    @Test
    void writes_interruptedAtAnyStep_areCountedExactly() {
        int steps = 0;
        boolean lives = false;
        while (!lives) {
            beginAnew();
            survivor().recount();
            lives = livesFor(steps++, QuotaCrashTest::write);
            survivor().settle();
            UsageAssertions.assertCounted(memory.objects(), usage, quotas);
        }
        assertThat(steps).isGreaterThan(40);
    }

    @Test
    void count_interruptedAtAnyStep_isFinishedByTheNext() {
        int steps = 0;
        boolean lives = false;
        while (!lives) {
            beginAnew();
            lives = livesFor(steps++, storage -> assertThat(storage.recount()).isEqualTo(4));
            assertThat(survivor().isCounted()).isEqualTo(lives);
            survivor().recount();
            survivor().settle();
            UsageAssertions.assertCounted(memory.objects(), usage, quotas);
        }
        assertThat(steps).isGreaterThan(5);
    }

    /** Stores a few files that are not counted. */
    private void beginAnew() {
        memory = new InMemoryStorage();
        usage = new InMemoryUsage();
        leases = new InMemoryLeases(SURVIVOR);
        for (String name : List.of("a", "b", "c", "d")) {
            memory.objects().put(key(name), Bodies.pattern(1000, 1), PutOptions.DEFAULT);
        }
    }

    /** Whether a process finishes its work within a number of steps. */
    private boolean livesFor(int steps, Consumer<QuotaStorage> work) {
        InMemoryLeases its = leases.as(VICTIM);
        its.beat(clock.instant(), clock.instant().plus(TERM));
        SimulatedCrash crash = new SimulatedCrash(steps);
        QuotaStorage storage = new QuotaStorage(
                new InterceptedStorage(memory, crash::step),
                new InterceptedUsage(usage.as(VICTIM, its), crash::step),
                new InMemorySessions(),
                quotas,
                clock);
        try {
            work.accept(storage);
            return true;
        } catch (SimulatedCrash.Killed killed) {
            clock.advance(TERM);
            return false;
        }
    }

    private QuotaStorage survivor() {
        leases.beat(clock.instant(), clock.instant().plus(TERM));
        return new QuotaStorage(memory, usage.as(SURVIVOR, leases), new InMemorySessions(), quotas, clock);
    }

    private static void write(QuotaStorage storage) {
        ObjectStore objects = storage.objects();
        objects.put(key("a"), Bodies.pattern(2000, 1), PutOptions.DEFAULT);
        objects.put(key("b"), Bodies.ofUnknownLength(90_000, 1), PutOptions.DEFAULT);
        objects.put(key("new"), Bodies.pattern(0, 1), PutOptions.DEFAULT);
        objects.copy(key("b"), key("c"), CopyOptions.DEFAULT);
        refused(() -> objects.put(
                key("a"), Bodies.pattern(10, 1), PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT)));
        refused(() -> objects.put(key("e"), Bodies.ofUnknownLength(140_000, 1), PutOptions.DEFAULT));
        upload(storage, key("d"));
        objects.delete(List.of(key("a"), key("b"), key("missing")));
        objects.remove(List.of(key("c"), new ObjectKey("of/no/project")));
    }

    private static void refused(Runnable write) {
        try {
            write.run();
        } catch (PreconditionFailed | QuotaExceeded expected) {
            return;
        }
        throw new AssertionError("not refused");
    }

    private static void upload(QuotaStorage storage, ObjectKey key) {
        UploadId upload = storage.uploads().create(key, ObjectAttributes.DEFAULT);
        PartInfo part = storage.uploads().putPart(key, upload, new PartNumber(1), Bodies.pattern(3000, 1), List.of());
        storage.uploads().complete(key, upload, List.of(new PartTag(part.number(), part.etag())), WriteCondition.NONE);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p1/" + name);
    }
}
