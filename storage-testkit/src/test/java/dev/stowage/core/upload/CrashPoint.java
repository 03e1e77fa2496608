package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import java.util.function.Supplier;

/** A process that ends before or after its n-th step that something durable hangs on; nothing works for it from then on. */
final class CrashPoint {

    private final int step;
    private final boolean after;
    private int steps;
    private boolean crashed;

    /** @param after whether the step is still done */
    CrashPoint(int step, boolean after) {
        this.step = step;
        this.after = after;
    }

    /** One that never comes. */
    static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE, false);
    }

    synchronized boolean isPast() {
        return crashed;
    }

    synchronized <T> T step(Supplier<T> work) {
        steps++;
        crashed |= steps == step && !after;
        T result = look(work);
        crashed |= steps == step;
        return look(() -> result);
    }

    /** What changes nothing. */
    synchronized <T> T look(Supplier<T> work) {
        if (crashed) {
            throw new StorageUnavailable("the process has ended", null);
        }
        return work.get();
    }
}
