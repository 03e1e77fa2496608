package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import java.util.function.Supplier;

/** A process that crashes before or after its n-th durable step; no call has an effect from then on. */
final class CrashPoint {

    private final int step;
    private final boolean after;
    private int steps;
    private boolean crashed;

    /** @param after whether the step itself still has its effect */
    CrashPoint(int step, boolean after) {
        this.step = step;
        this.after = after;
    }

    /** Returns a process that does not crash. */
    static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE, false);
    }

    synchronized boolean isPast() {
        return crashed;
    }

    /** Returns the number of durable steps so far. */
    synchronized int steps() {
        return steps;
    }

    synchronized <T> T step(Supplier<T> work) {
        steps++;
        crashed |= steps == step && !after;
        T result = look(work);
        crashed |= steps == step;
        return look(() -> result);
    }

    /** Runs a call that changes nothing. */
    synchronized <T> T look(Supplier<T> work) {
        if (crashed) {
            throw new StorageUnavailable("the process has ended", null);
        }
        return work.get();
    }
}
