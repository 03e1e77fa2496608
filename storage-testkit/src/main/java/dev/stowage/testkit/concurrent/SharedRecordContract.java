package dev.stowage.testkit.concurrent;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.Race;
import dev.stowage.testkit.concurrent.SharedRecord.Member;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts for two processes on one database have in common. */
abstract class SharedRecordContract {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    /** When the lease of the other process has expired, and that of this one has not. */
    static final Instant LATER = NOW.plusSeconds(100);

    private static final ProcessId MINE = new ProcessId("mine");
    private static final ProcessId OTHER = new ProcessId("other");

    SharedRecord record;
    Member mine;
    Member other;

    /** Opens an empty database; called for each test. */
    protected abstract SharedRecord open();

    @BeforeEach
    final void openRecord() {
        record = open();
        mine = record.as(MINE);
        other = record.as(OTHER);
        mine.leases().beat(NOW, NOW.plusSeconds(10_000));
        other.leases().beat(NOW, LATER);
    }

    @AfterEach
    final void closeRecord() {
        record.close();
    }

    /** Runs two calls at the same time; returns their results in order. */
    static <T> List<T> race(Callable<? extends T> first, Callable<? extends T> second) throws Exception {
        return Race.run(List.of(first::call, second::call));
    }

    /** Runs three calls at the same time; returns their results in order. */
    static <T> List<T> race(Callable<? extends T> first, Callable<? extends T> second, Callable<? extends T> third)
            throws Exception {
        return Race.run(List.of(first::call, second::call, third::call));
    }

    /** Ends the loop of a racer when another one has failed. */
    static boolean isRacing() {
        return !Thread.currentThread().isInterrupted();
    }

    static ObjectKey key(String name) {
        return new ObjectKey("raw/p/" + name);
    }
}
