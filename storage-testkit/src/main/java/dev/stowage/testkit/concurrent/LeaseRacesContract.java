package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Leases} that processes share: a task is with one process, whatever happens at the same time. */
public abstract class LeaseRacesContract extends SharedRecordContract {

    @Test
    void freeTask_isAcquiredByOne() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            String task = "free-" + round;

            List<Boolean> acquired = race(
                    () -> mine.leases().acquire(task, NOW), () -> other.leases().acquire(task, NOW));

            assertThat(acquired).containsExactlyInAnyOrder(true, false);
            assertThat(mine.leases().acquire(task, NOW)).isEqualTo(acquired.get(0));
            assertThat(other.leases().acquire(task, NOW)).isEqualTo(acquired.get(1));
        }
    }

    @Test
    void releasedTask_isAcquiredByOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String task = "released-" + round;
            assertThat(mine.leases().acquire(task, NOW)).isTrue();

            List<Boolean> acquired = race(
                    () -> {
                        mine.leases().release(task);
                        return mine.leases().acquire(task, NOW);
                    },
                    () -> other.leases().acquire(task, NOW));

            assertThat(acquired).isNotEqualTo(List.of(true, true));
            assertThat(acquired).contains(true);
        }
    }

    @Test
    void taskOfAnExpiredProcess_isTakenOverByOne() throws Exception {
        Leases third = record.as(new ProcessId("third")).leases();
        for (int round = 0; round < record.rounds(); round++) {
            String task = "expired-" + round;
            Instant start = NOW.plusSeconds(1000L * round);
            Instant expired = start.plusSeconds(20);
            third.beat(start, expired);
            assertThat(third.acquire(task, start)).isTrue();
            mine.leases().beat(expired, expired.plusSeconds(100));
            other.leases().beat(expired, expired.plusSeconds(100));

            List<Boolean> acquired = race(
                    () -> mine.leases().acquire(task, expired),
                    () -> other.leases().acquire(task, expired));

            assertThat(acquired).containsExactlyInAnyOrder(true, false);
            third.beat(expired, expired.plusSeconds(100));
            assertThat(third.acquire(task, expired)).isFalse();
        }
    }

    @Test
    void lateHeartbeat_againstATakeover_leavesTheTaskWithOne() throws Exception {
        Leases third = record.as(new ProcessId("third")).leases();
        for (int round = 0; round < record.rounds(); round++) {
            String task = "late-" + round;
            Instant start = NOW.plusSeconds(1000L * round);
            Instant expired = start.plusSeconds(20);
            third.beat(start, expired);
            other.leases().beat(start, expired.plusSeconds(100));
            assertThat(third.acquire(task, start)).isTrue();

            race(
                    () -> {
                        third.beat(expired, expired.plusSeconds(100));
                        return third.acquire(task, expired);
                    },
                    () -> other.leases().acquire(task, expired));

            assertThat(List.of(third.acquire(task, expired), other.leases().acquire(task, expired)))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void end_againstAcquire_freesTheTaskForTheOther() throws Exception {
        Leases third = record.as(new ProcessId("third")).leases();
        for (int round = 0; round < record.rounds(); round++) {
            String task = "end-" + round;
            third.beat(NOW, LATER);
            assertThat(third.acquire(task, NOW)).isTrue();

            race(
                    () -> {
                        third.end();
                        return true;
                    },
                    () -> mine.leases().acquire(task, NOW));

            assertThat(mine.leases().acquire(task, NOW)).isTrue();
            assertThat(other.leases().alive(NOW)).doesNotContain(new ProcessId("third"));
        }
    }

    @Test
    void heartbeatsOfMany_doNotWaitForEachOther_whileOthersExpire() throws Exception {
        List<SharedRecord.Member> members = IntStream.range(0, 4)
                .mapToObj(i -> record.as(new ProcessId("many-" + i)))
                .toList();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    for (int round = 0; round < record.rounds(); round++) {
                        Instant now = NOW.plusSeconds(30L * round);
                        // Every second one lets its lease expire in between.
                        members.get(i).leases().beat(now, now.plusSeconds(i % 2 == 0 ? 10_000 : 5));
                        members.get(i).leases().acquire("task-" + round % 3, now);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        Instant end = NOW.plusSeconds(30L * record.rounds());
        assertThat(mine.leases().alive(end)).contains(new ProcessId("many-0"), new ProcessId("many-2"));
        for (int task = 0; task < 3; task++) {
            String name = "task-" + task;
            assertThat(members)
                    .filteredOn(member -> member.leases().acquire(name, end))
                    .hasSize(1);
        }
    }
}
