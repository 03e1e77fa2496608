package dev.stowage.core.port.records;

import dev.stowage.core.multipart.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The leases of the processes that share a record, and of the tasks that only one process may run at a time.
 *
 * <p>A process renews its lease with heartbeats, and keeps the tasks that it acquired for as long as its lease is valid. When a process
 * crashes or is suspended, its lease expires and others may take over. Work under a lease must therefore be safe when, on rare occasions,
 * two processes do it at once. Safe for concurrent use; errors are those of {@link UploadSessions}.
 */
public interface Leases {

    /**
     * The time without a heartbeat after which a process has probably ended: where nothing can be lost, others no longer wait for it. It
     * still owns its tasks until its lease expires. Longer than the interval between two heartbeats.
     */
    Duration QUIET = Duration.ofSeconds(7);

    /** Renews this process's lease until {@code until}. */
    void beat(Instant now, Instant until);

    /** Ends this process's lease and releases its tasks. Idempotent. */
    void end();

    /** Returns the processes whose last heartbeat was at {@code moment} or later. */
    Set<ProcessId> aliveSince(Instant moment);

    /** Returns the processes whose lease is valid. */
    Set<ProcessId> alive(Instant now);

    /**
     * Acquires a task, unless another process with a valid lease has it.
     *
     * @return whether this process has the task now
     */
    boolean acquire(String task, Instant now);

    /** Releases a task. Does nothing when another process has it. */
    void release(String task);
}
