package dev.stowage.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.service.ImportSource;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.Tagging;
import dev.stowage.testkit.TestClock;
import dev.stowage.worker.archive.ExtractLimits;
import dev.stowage.worker.archive.KnownFormats;
import dev.stowage.worker.schedule.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Jobs on an in-memory store, with one runner whose time is moved by the test. */
final class JobBench {

    static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);

    final TestClock clock = new TestClock();
    final InMemoryJobs jobs;
    /** Called before each call to the jobs or the store during a piece of work. */
    Runnable atWork = () -> {};

    /** Called with the name of the call after each call to the jobs. */
    Consumer<String> afterJobs = call -> {};

    final ObjectStore store;
    final FailingStore failing;
    /** The import source {@code old}. */
    final FailingStore foreign;

    final ManualScheduler scheduler = new ManualScheduler(clock);
    final InMemoryLeases leases = new InMemoryLeases(new ProcessId("this"));
    /** The lease of this process; held all the time unless a test replaces it. */
    Supplier<Fence> lease = () -> () -> true;

    private final JobOperations operations;
    private final CallerThread threads = new CallerThread();
    private final Map<String, Principal> principals = new HashMap<>();
    /** The names and details of the units of work that the observer has seen. */
    final List<String> units = new ArrayList<>();

    private final Observer observer = new Observer() {
        @Override
        public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
            return work.run();
        }

        @Override
        public <T, X extends Exception> T unit(String name, Map<String, String> details, Work<T, X> work) throws X {
            units.add(name + " " + details.get("operation") + " " + details.get("job"));
            return work.run();
        }
    };

    /** The events in the audit log. */
    final List<AuditEvent> audited = new ArrayList<>();

    Principal owner = Principal.ANYONE;
    final ProcessSignals signals = new ProcessSignals();
    final JobRunner runner;

    JobBench() {
        this(Tagging.MD5);
    }

    JobBench(Tagging tagging) {
        this(tagging, JobLimits.NONE);
    }

    JobBench(Tagging tagging, JobLimits limits) {
        store = new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock, tagging)
                .objects();
        failing = new FailingStore(store);
        foreign = new FailingStore(
                new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock, tagging)
                        .objects());
        operations = new JobOperations(failing, LAYOUT, new AccessPolicy(LAYOUT, audited::add))
                .reading(new KnownFormats(new ExtractLimits(2000, 200L << 20, 20)))
                .importing(List.of(new ImportSource("old", Set.of("friend"), foreign)));
        leases.beat(clock.instant(), clock.instant().plus(Duration.ofDays(365)));
        jobs = new InMemoryJobs().as(new ProcessId("this"), leases);
        failing.always = this::called;
        runner = new JobRunner(
                new JobContext(
                        watched(jobs),
                        failing,
                        operations,
                        id -> Optional.ofNullable(principals.get(id)),
                        limits,
                        observer,
                        () -> lease.get(),
                        clock),
                8,
                scheduler,
                threads);
    }

    private void called() {
        if (threads.busy) {
            atWork.run();
        }
    }

    private BatchJobs watched(BatchJobs watched) {
        return (BatchJobs) Proxy.newProxyInstance(
                BatchJobs.class.getClassLoader(), new Class<?>[] {BatchJobs.class}, (proxy, method, arguments) -> {
                    called();
                    try {
                        Object result = method.invoke(watched, arguments);
                        afterJobs.accept(method.getName());
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Sets the owner of the next jobs, and its rights; the principal is known from now on. */
    void asOwner(Principal principal) {
        owner = principal;
        principals.put(principal.id().orElseThrow(), principal);
    }

    /** Removes a principal. */
    void remove(Principal principal) {
        principals.remove(principal.id().orElseThrow());
    }

    /** Starts the runner, and moves the time by a second. */
    void run() {
        runFor(Duration.ofSeconds(1));
    }

    /** Starts the runner, and moves the time. */
    void runFor(Duration time) {
        runner.begin();
        pass(time);
    }

    void pass(Duration time) {
        scheduler.pass(time);
    }

    void put(String key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(store.put(new ObjectKey(key), Content.of(bytes), PutOptions.DEFAULT)
                        .info()
                        .size())
                .isEqualTo(bytes.length);
    }

    String text(String key) {
        return new String(bytes(key), StandardCharsets.UTF_8);
    }

    byte[] bytes(String key) {
        try {
            return store.read(new ObjectKey(key), ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jobs as the API offers them. */
    Jobs clients() {
        return new Jobs(jobs, failing, operations, POLICY, JobLimits.NONE, signals, clock);
    }

    boolean isThere(String key) {
        return store.stat(new ObjectKey(key)).isPresent();
    }

    JobId submit(String operation, JobSource source, JobTarget target) {
        return submit(operation, source, target, JobOptions.DEFAULT);
    }

    JobId submit(String operation, JobSource source, JobTarget target, JobOptions options) {
        return clients()
                .submit(owner, new JobSpec(operation, source, target, options), Optional.empty())
                .job()
                .id();
    }

    void retry(JobId id) {
        assertThat(clients().retry(owner, id).job().state()).isEqualTo(JobState.QUEUED);
    }

    JobStatus status(JobId id) {
        return jobs.find(id).orElseThrow();
    }

    JobState state(JobId id) {
        return status(id).job().state();
    }

    List<ItemRecord> items(JobId id) {
        return jobs.items(id, Optional.empty(), 1000, 0).items();
    }

    static JobSource prefix(String prefix) {
        return new JobSource.Prefix(new KeyPrefix(prefix));
    }

    static JobSource keys(String... keys) {
        return new JobSource.Keys(Stream.of(keys).map(ObjectKey::new).toList(), keys.length);
    }

    static JobSource manifest(String key) {
        return new JobSource.Manifest(new ObjectKey(key));
    }

    static JobTarget to(String prefix) {
        return new JobTarget(
                Optional.of(new KeyPrefix(prefix)), Optional.empty(), Optional.empty(), AttributeChanges.NONE);
    }

    static JobTarget into(String key) {
        return new JobTarget(
                Optional.empty(), Optional.empty(), Optional.of(new ObjectKey(key)), AttributeChanges.NONE);
    }

    /** Runs everything at once on the calling thread. */
    private static final class CallerThread implements WorkThreads {

        private boolean busy;

        /** Threads of a pool have no interrupt flag when they get their next task. */
        @Override
        public void execute(Runnable task) {
            boolean outer = busy;
            busy = true;
            try {
                task.run();
            } finally {
                busy = outer;
                boolean unused = Thread.interrupted();
            }
        }

        @Override
        public boolean awaitEnd(Duration limit) {
            return true;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
