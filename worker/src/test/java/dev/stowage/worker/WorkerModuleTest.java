package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.core.upload.SessionJournal;
import dev.stowage.testkit.AcceptingSender;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemorySchedules;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.TestClock;
import dev.stowage.worker.schedule.CapturedLog;
import dev.stowage.worker.schedule.ManualScheduler;
import dev.stowage.worker.schedule.ProcessLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerModuleTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Freed NOTHING = new Freed(0, 0);

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private List<MaintenanceTask> maintenance = List.of();
    private final CapturedLog log = new CapturedLog(Sweeper.class);
    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, Set.of(Capability.values()), clock);

    private final InMemorySessions sessions = new InMemorySessions();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("this"));

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void uploads_overTheOrphanTtl_areAborted() {
        UploadId old = begin("raw/p/old");
        start(storage, Map.of());
        scheduler.pass(Duration.ofDays(6));
        UploadId young = begin("raw/p/young");
        assertThat(open()).containsExactly(old, young);

        scheduler.pass(Duration.ofDays(1).plus(INTERVAL));

        assertThat(open()).containsExactly(young);
        assertThat(log.lines()).containsExactly("INFO Aborted orphaned uploads uploads=\"1\"");
    }

    @Test
    void uploads_outsideTheLayout_areLeftAlone() {
        UploadId foreign = begin("somebody/elses");
        start(storage, Map.of());

        scheduler.pass(Duration.ofDays(30));

        assertThat(open()).containsExactly(foreign);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void store_isSwept_afterTheStart_andEveryInterval() {
        AtomicInteger sweeps = new AtomicInteger();
        start(
                sweptBy(() -> {
                    sweeps.incrementAndGet();
                    return NOTHING;
                }),
                Map.of());

        assertThat(sweeps).hasValue(0);
        scheduler.pass(Duration.ofSeconds(15));
        assertThat(sweeps).hasValue(1);
        scheduler.pass(INTERVAL.multipliedBy(3));
        assertThat(sweeps).hasValue(4);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void store_withAShortInterval_isSweptWithinIt() {
        AtomicInteger sweeps = new AtomicInteger();
        start(
                sweptBy(() -> {
                    sweeps.incrementAndGet();
                    return NOTHING;
                }),
                Map.of("SWEEP_INTERVAL", "2s"));

        scheduler.pass(Duration.ofSeconds(2));

        assertThat(sweeps).hasValue(1);
    }

    @Test
    void sweep_thatDeletedSomething_isLogged() {
        WorkerModule module = start(sweptBy(() -> new Freed(3, 4096)), Map.of());

        scheduler.pass(Duration.ofSeconds(15));

        assertThat(log.lines()).containsExactly("INFO Deleted leftovers in the store items=\"3\" bytes=\"4096\"");
        assertThat(module.counts().storeItems()).isEqualTo(3);
        assertThat(module.counts().storeBytes()).isEqualTo(4096);
    }

    @Test
    void sweep_thatFails_doesNotKeepUploadsFromBeingAborted() {
        begin("raw/p/old");
        start(
                sweptBy(() -> {
                    throw new StorageUnavailable("away", null);
                }),
                Map.of());

        scheduler.pass(Duration.ofDays(8));

        assertThat(open()).isEmpty();
    }

    @Test
    void task_runningInAnotherProcess_isSkipped_untilItsLeaseExpires() {
        AtomicInteger sweeps = new AtomicInteger();
        Leases other = leases.as(new ProcessId("other"));
        other.beat(clock.instant(), clock.instant().plus(INTERVAL));
        other.acquire("store", clock.instant());
        start(
                sweptBy(() -> {
                    sweeps.incrementAndGet();
                    return NOTHING;
                }),
                Map.of());

        scheduler.pass(Duration.ofSeconds(15));
        assertThat(sweeps).hasValue(0);
        scheduler.pass(INTERVAL);
        assertThat(sweeps).hasValue(1);
    }

    @Test
    void upload_ofACrashedProcess_isAborted_whenItsLeaseExpires() {
        beginIn("crashed", ProcessLease.TERM);
        WorkerModule module = start(storage, Map.of());

        scheduler.pass(ProcessLease.TERM.minusSeconds(1));
        assertThat(open()).hasSize(1);
        scheduler.pass(Duration.ofSeconds(5));
        assertThat(open()).isEmpty();
        assertThat(module.counts().abandonedUploads()).isEqualTo(1);
        assertThat(log.lines()).containsExactly("INFO Aborted uploads of ended processes uploads=\"1\"");
    }

    @Test
    void upload_ofACrashedProcess_withAShortInterval_isAborted_withinIt_onceTheLeaseExpired() {
        beginIn("crashed", Duration.ofSeconds(3));
        start(storage, Map.of("SWEEP_INTERVAL", "2s"));

        scheduler.pass(Duration.ofSeconds(2));
        assertThat(open()).hasSize(1);
        scheduler.pass(Duration.ofSeconds(2));
        assertThat(open()).isEmpty();
    }

    @Test
    void worker_notEnabled_doesNothing() {
        start(storage, Map.of("WORKER_ENABLED", "false"));

        assertThat(scheduler.isIdle()).isTrue();
    }

    @Test
    void worker_notEnabled_runsMaintenanceForEveryProcess() {
        List<String> done = new ArrayList<>();
        maintenance = List.of(
                new MaintenanceTask("everywhere", true, () -> done.add("everywhere")),
                new MaintenanceTask("elsewhere", false, () -> done.add("elsewhere")));
        start(storage, Map.of("WORKER_ENABLED", "false"));

        scheduler.pass(Duration.ofMinutes(1));

        assertThat(done).containsExactly("everywhere");
    }

    @Test
    void close_endsTheWork() {
        WorkerModule module = start(storage, Map.of());

        module.close();
        module.close();

        assertThat(scheduler.isClosed()).isTrue();
    }

    private WorkerModule start(Storage store, Map<String, String> settings) {
        WorkerConfig config = WorkerConfig.from(new Settings(settings));
        Sweeper sweeper = new Sweeper(
                config,
                store,
                sessions,
                leases,
                KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE),
                new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE),
                clock);
        WorkerModule.Ledgers ledgers = new WorkerModule.Ledgers(
                sessions,
                new InMemoryJobs(),
                new InMemorySchedules(),
                new InMemoryExpiry(),
                Principals.NOBODY,
                leases,
                new ProcessLease(leases, clock, clock, System::nanoTime),
                new ProcessSignals(),
                new WorkerModule.EventLedgers(
                        new EventPublisher(new InMemoryEvents(), Optional.empty(), new InMemoryExpiry()),
                        new InMemoryWebhooks(),
                        new AcceptingSender(clock),
                        List.of()));
        return WorkerModule.start(config, store, sweeper, ledgers, maintenance, clock, scheduler);
    }

    private Storage sweptBy(Maintenance maintenance) {
        return new SweepableStorage(storage, maintenance);
    }

    /** A large file that another process began to store, whose lease is not renewed. */
    private void beginIn(String process, Duration lease) {
        ProcessId id = new ProcessId(process);
        leases.as(id).beat(clock.instant(), clock.instant().plus(lease));
        UploadJournal journal = new SessionJournal(sessions, KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), id, clock);
        journal.open(new ObjectKey("raw/p/large"), ObjectAttributes.DEFAULT, OptionalLong.empty())
                .begun(begin("raw/p/large"));
    }

    private UploadId begin(String key) {
        return storage.uploads().create(new ObjectKey(key), ObjectAttributes.DEFAULT);
    }

    private List<UploadId> open() {
        return storage.uploads().listUploads(KeyPrefix.ALL, 1000, Optional.empty()).items().stream()
                .map(UploadInfo::id)
                .toList();
    }
}
