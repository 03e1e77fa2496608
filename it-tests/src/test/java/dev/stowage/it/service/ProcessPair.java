package dev.stowage.it.service;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Two processes of the service on one database and one store, one of which may fail. For one thread. */
public final class ProcessPair implements AutoCloseable {

    /** The time for a resumed process to renew its lease and to continue its work. */
    private static final Duration WAKING = Duration.ofSeconds(4);

    private final Supplier<ServiceProcess> start;
    private final ProcessLeases leases;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final Map<ServiceProcess, Set<String>> ids = new HashMap<>();
    private Optional<ServiceProcess> suspended = Optional.empty();

    /**
     * Starts both processes.
     *
     * @param leases those of the processes
     */
    public ProcessPair(Supplier<ServiceProcess> start, ProcessLeases leases) throws SQLException {
        this.start = start;
        this.leases = leases;
        try {
            refill();
        } catch (RuntimeException | SQLException e) {
            close();
            throw e;
        }
    }

    /** A client of the first process. */
    public Api api() {
        return new Api(processes.get(0).address());
    }

    /** A client of one of the processes. */
    public Api any(Random random) {
        return new Api(processes.get(random.nextInt(processes.size())).address());
    }

    /** Kills one process, and lets its lease expire at once. */
    public void kill(Random random) throws SQLException {
        ServiceProcess killed = processes.remove(random.nextInt(processes.size()));
        killed.kill();
        ids.remove(killed);
        leases.expire(ids.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }

    /** Suspends one process, and returns a client of the other. */
    public Api suspend(Random random) {
        int which = random.nextInt(processes.size());
        ServiceProcess stopped = processes.get(which);
        stopped.suspend();
        suspended = Optional.of(stopped);
        return new Api(processes.get(1 - which).address());
    }

    /** Resumes the suspended process, if there is one, and waits until it has continued its work. */
    public void resume() throws InterruptedException {
        if (suspended.isPresent()) {
            suspended.get().resume();
            suspended = Optional.empty();
            TimeUnit.MILLISECONDS.sleep(WAKING.toMillis());
        }
    }

    /** Starts a new process for each that was killed. */
    public void refill() throws SQLException {
        while (processes.size() < 2) {
            Set<String> before = processes.isEmpty() ? Set.of() : leases.held();
            ServiceProcess started = start.get();
            processes.add(started);
            Set<String> own = leases.held();
            own.removeAll(before);
            ids.put(started, own);
        }
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::kill);
    }
}
