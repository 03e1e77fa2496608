package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of leases. */
public abstract class LeasesContract {

    private static final Instant START = Instant.parse("2025-11-30T12:00:00Z");
    private static final Instant END = START.plusSeconds(20);
    private static final String TASK = "sweep";
    private static final ProcessId ONE = new ProcessId("one");
    private static final ProcessId TWO = new ProcessId("two");

    private Leases one;
    private Leases two;

    /** Opens the shared leases as seen by one process. */
    protected abstract Leases open(ProcessId process);

    /** Releases the resources of {@link #open}. */
    protected void close() {}

    @BeforeEach
    final void openLeases() {
        one = open(ONE);
        two = open(TWO);
        one.beat(START, END);
        two.beat(START, END);
    }

    @AfterEach
    final void closeLeases() {
        close();
    }

    @Test
    void processes_areAlive_untilTheirLeaseExpires() {
        one.beat(START.plusSeconds(5), START.plusSeconds(25));

        assertThat(two.alive(START)).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(two.alive(END)).containsExactly(ONE);
        assertThat(two.alive(START.plusSeconds(25))).isEmpty();
    }

    @Test
    void processes_areAliveSinceTheirLastHeartbeat() {
        one.beat(START.plusSeconds(5), START.plusSeconds(25));

        assertThat(two.aliveSince(START)).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(two.aliveSince(START.plusSeconds(5))).containsExactly(ONE);
        assertThat(two.aliveSince(START.plusSeconds(6))).isEmpty();
    }

    @Test
    void endedProcess_isNotAlive_andHasNoTask() {
        one.acquire(TASK, START);
        one.end();
        one.end();

        assertThat(two.alive(START)).containsExactly(TWO);
        assertThat(two.acquire(TASK, START)).isTrue();
    }

    @Test
    void task_belongsToOneProcess_untilReleased() {
        assertThat(one.acquire(TASK, START)).isTrue();
        assertThat(one.acquire(TASK, START)).isTrue();
        assertThat(two.acquire(TASK, START)).isFalse();
        assertThat(two.acquire("another", START)).isTrue();

        two.release(TASK);
        assertThat(two.acquire(TASK, START)).isFalse();
        one.release(TASK);
        assertThat(two.acquire(TASK, START)).isTrue();
    }

    @Test
    void task_ofAProcessWithExpiredLease_isFree() {
        one.acquire(TASK, START);
        two.beat(END, END.plusSeconds(20));

        assertThat(two.acquire(TASK, END)).isTrue();

        one.beat(END, END.plusSeconds(20));
        assertThat(one.acquire(TASK, END)).isFalse();
    }

    @Test
    void task_acquiredConcurrently_goesToOne() throws Exception {
        List<Leases> processes = IntStream.range(0, 8)
                .mapToObj(i -> open(new ProcessId("many-" + i)))
                .toList();
        processes.forEach(process -> process.beat(START, END));
        AtomicInteger won = new AtomicInteger();
        List<Thread> threads = processes.stream()
                .map(process -> new Thread(() -> {
                    if (process.acquire(TASK, START)) {
                        won.incrementAndGet();
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(won).hasValue(1);
    }
}
