package dev.stowage.testkit;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Leases in memory, as seen by one process. Safe for concurrent use. */
public final class InMemoryLeases implements Leases {

    private final ProcessId process;
    private final Shared board;

    /** Creates the leases of a process. */
    public InMemoryLeases(ProcessId process) {
        this(process, new Shared());
    }

    private InMemoryLeases(ProcessId process, Shared board) {
        this.process = process;
        this.board = board;
    }

    /** Returns the same leases as seen by another process. */
    public InMemoryLeases as(ProcessId other) {
        return new InMemoryLeases(other, board);
    }

    @Override
    public void beat(Instant now, Instant until) {
        synchronized (board) {
            board.aliveUntil.put(process, until);
            board.heardAt.put(process, now);
        }
    }

    @Override
    public void end() {
        synchronized (board) {
            board.aliveUntil.remove(process);
            board.heardAt.remove(process);
            board.holders.values().removeIf(process::equals);
        }
    }

    @Override
    public Set<ProcessId> aliveSince(Instant moment) {
        synchronized (board) {
            return board.heardAt.entrySet().stream()
                    .filter(entry -> !entry.getValue().isBefore(moment))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public Set<ProcessId> alive(Instant now) {
        synchronized (board) {
            return board.aliveUntil.entrySet().stream()
                    .filter(entry -> entry.getValue().isAfter(now))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public boolean acquire(String task, Instant now) {
        synchronized (board) {
            ProcessId holder = board.holders.get(task);
            boolean free =
                    holder == null || holder.equals(process) || !alive(now).contains(holder);
            if (free) {
                board.holders.put(task, process);
            }
            return free;
        }
    }

    @Override
    public void release(String task) {
        synchronized (board) {
            board.holders.remove(task, process);
        }
    }

    /** The data that the processes share. */
    private static final class Shared {
        private final Map<ProcessId, Instant> aliveUntil = new HashMap<>();
        private final Map<ProcessId, Instant> heardAt = new HashMap<>();
        private final Map<String, ProcessId> holders = new HashMap<>();
    }
}
