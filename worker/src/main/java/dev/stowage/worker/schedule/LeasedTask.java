package dev.stowage.worker.schedule;

import dev.stowage.core.port.records.Leases;
import java.time.InstantSource;

/** A task that one process runs at a time. It is skipped while another process has its lease. */
public final class LeasedTask implements Runnable {

    private final String name;
    private final Runnable work;
    private final Leases leases;
    private final InstantSource clock;

    public LeasedTask(String name, Runnable work, Leases leases, InstantSource clock) {
        this.name = name;
        this.work = work;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (!leases.acquire(name, clock.instant())) {
            return;
        }
        try {
            work.run();
        } finally {
            leases.release(name);
        }
    }
}
