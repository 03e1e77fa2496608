package dev.stowage.worker.schedule;

import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs due tasks when its clock is moved, on the thread that moves it. */
public final class ManualScheduler implements Scheduler {

    private final TestClock clock;
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparing(Planned::due));
    private boolean closed;

    public ManualScheduler(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        planned.add(new Planned(clock.instant().plus(delay), task));
    }

    /** Moves the time by {@code step}, and runs everything that is due meanwhile. */
    public void pass(Duration step) {
        Instant end = clock.instant().plus(step);
        for (Planned next = planned.peek(); next != null && !next.due().isAfter(end); next = planned.peek()) {
            planned.remove();
            clock.set(next.due());
            next.task().run();
        }
        clock.set(end);
    }

    public boolean isIdle() {
        return planned.isEmpty();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        planned.clear();
    }

    private record Planned(Instant due, Runnable task) {}
}
