package dev.stowage.core.port;

import dev.stowage.core.multipart.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Which processes are at work on the same record, and which of them does what only one may do at a time.
 *
 * <p>A process says again and again that it is alive; a task it has taken is its own for as long as it does. Of a process that is
 * silent, because it crashed or was suspended, others may take over: so whatever is done under a lease has to be safe when, once in a
 * while, two are at it. Safe for concurrent use; errors are as {@link UploadSessions} has them.
 */
public interface Leases {

    /**
     * A process that gave no sign of life for so long is probably gone: others don't wait for it where nothing can be lost by that. What
     * it has is still its own until it is no longer alive. Longer than the pause between two signs of life.
     */
    Duration QUIET = Duration.ofSeconds(7);

    /** Says that this process is alive until a moment. */
    void beat(Instant now, Instant until);

    /** Says that this process ends, and gives back what it has taken. Again: does nothing. */
    void end();

    /** The processes that said since {@code moment}, or right then, that they are alive. */
    Set<ProcessId> aliveSince(Instant moment);

    /** The processes that are alive. */
    Set<ProcessId> alive(Instant now);

    /**
     * Takes a task, unless a process that is alive has it.
     *
     * @return whether it is this process's now
     */
    boolean acquire(String task, Instant now);

    /** Gives a task back; does nothing when it is another's. */
    void release(String task);
}
