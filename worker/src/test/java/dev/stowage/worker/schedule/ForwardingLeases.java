package dev.stowage.worker.schedule;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.Set;

/** Passes each call to other leases. */
public abstract class ForwardingLeases implements Leases {

    private final Leases leases;

    protected ForwardingLeases(Leases leases) {
        this.leases = leases;
    }

    @Override
    public void beat(Instant now, Instant until) {
        leases.beat(now, until);
    }

    @Override
    public void end() {
        leases.end();
    }

    @Override
    public Set<ProcessId> aliveSince(Instant moment) {
        return leases.aliveSince(moment);
    }

    @Override
    public Set<ProcessId> alive(Instant now) {
        return leases.alive(now);
    }

    @Override
    public boolean acquire(String task, Instant now) {
        return leases.acquire(task, now);
    }

    @Override
    public void release(String task) {
        leases.release(task);
    }
}
