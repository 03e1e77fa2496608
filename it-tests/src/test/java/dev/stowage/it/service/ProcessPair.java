package dev.stowage.it.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Two processes of the service on one database and one store, of which one may fail. For one thread. */
public final class ProcessPair implements AutoCloseable {

    /** For what a process does right after it wakes up: its next sign of life, and the work that it was at. */
    private static final Duration WAKING = Duration.ofSeconds(4);

    private final Supplier<ServiceProcess> start;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private Optional<ServiceProcess> suspended = Optional.empty();

    /** Starts both. */
    public ProcessPair(Supplier<ServiceProcess> start) {
        this.start = start;
        try {
            refill();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A client of the first. */
    public Api api() {
        return new Api(processes.get(0).address());
    }

    /** A client of one of them. */
    public Api any(Random random) {
        return new Api(processes.get(random.nextInt(processes.size())).address());
    }

    /** Kills one of them. */
    public void kill(Random random) {
        processes.remove(random.nextInt(processes.size())).kill();
    }

    /** Suspends one of them, and returns a client of the other. */
    public Api suspend(Random random) {
        int which = random.nextInt(processes.size());
        ServiceProcess stopped = processes.get(which);
        stopped.suspend();
        suspended = Optional.of(stopped);
        return new Api(processes.get(1 - which).address());
    }

    /** Lets the suspended one go on, if there is one, and waits until it has done what it does right then. */
    public void resume() throws InterruptedException {
        if (suspended.isPresent()) {
            suspended.get().resume();
            suspended = Optional.empty();
            TimeUnit.MILLISECONDS.sleep(WAKING.toMillis());
        }
    }

    /** Starts another one for each that was killed. */
    public void refill() {
        while (processes.size() < 2) {
            processes.add(start.get());
        }
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::kill);
    }
}
