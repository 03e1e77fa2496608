package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.BatchJobs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link BatchJobs} that processes share, for claims that were lost: a process without its claim changes nothing. */
public abstract class LostClaimContract extends JobRacesContract {

    private static final JobFailure FAILURE = new JobFailure("StorageUnavailable", "away");

    @Test
    void recover_againstRecord_countsEachItemOnce() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(6, 8);
            Claim lost = other.jobs().claim(id, 6, NOW).orElseThrow();

            List<Set<Long>> results = race(() -> recordUntilLost(lost), () -> recoverAndClaim(id));

            assertThat(results.stream().flatMap(Set::stream)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
            assertExact(id, new JobProgress(6, true, 6, 0, 0, 0, 6 * BYTES, 0));
            assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        }
    }

    private Set<Long> recordUntilLost(Claim claim) {
        Set<Long> recorded = ConcurrentHashMap.newKeySet();
        try {
            for (long number = 1; number <= 6; number += 2) {
                List<Long> two = List.of(number, number + 1);
                other.jobs().record(claim, results(two), LATER);
                recorded.addAll(two);
            }
        } catch (ClaimLost late) {
            // The other process has the rest.
        }
        other.jobs().giveBack(claim, true, LATER);
        return recorded;
    }

    private Set<Long> recoverAndClaim(JobId id) {
        Set<Long> taken = ConcurrentHashMap.newKeySet();
        mine.jobs().recover(Set.of(id), LATER);
        while (isRacing() && !state(id).isFinished()) {
            mine.jobs().claim(id, 6, LATER).ifPresent(claim -> {
                List<Long> numbers = claim.items().stream().map(JobItem::number).toList();
                mine.jobs().record(claim, results(numbers), LATER);
                taken.addAll(numbers);
                mine.jobs().giveBack(claim, false, LATER);
            });
        }
        return taken;
    }

    @Test
    void lostClaimOnItems_changesNothing() {
        JobId id = submit(4, 8);
        Claim lost = other.jobs().claim(id, 2, NOW).orElseThrow();
        assertThat(mine.jobs().recover(Set.of(id), LATER)).isEqualTo(1);
        Claim taken = mine.jobs().claim(id, 4, LATER).orElseThrow();

        assertRefused(id, lost, 1);

        mine.jobs().record(taken, results(List.of(3L, 4L)), LATER);
        mine.jobs().giveBack(taken, false, LATER);
        Claim rest = mine.jobs().claim(id, 4, LATER).orElseThrow();
        assertThat(rest.items()).extracting(JobItem::number).containsExactly(1L, 2L);
        assertThat(rest.items())
                .extracting(JobItem::size)
                .containsOnly(lost.items().get(0).size());
        assertRefused(id, lost, 1);
    }

    @Test
    void lostClaimOnASource_changesNothing() {
        JobId id = submit(new JobSource.Manifest(key("manifest")), JobOptions.DEFAULT);
        Claim lost = other.jobs().claimSource(id, NOW).orElseThrow();
        other.jobs().enumerated(lost, BatchJobs.FoundItems.of(items(1, 2), "a"), NOW);
        Claim taken = mine.jobs().claimSource(id, LATER).orElseThrow();

        assertRefused(id, lost, 1);

        assertThat(taken.checkpoint()).contains("a");
        assertThat(mine.jobs().enumerated(taken, BatchJobs.FoundItems.of(items(1, 3), "b"), LATER))
                .isTrue();
        assertThat(records(id)).hasSize(3);
        mine.jobs().enumeratedAll(taken, Optional.empty(), LATER);
    }

    @Test
    void lostClaimOnAllItems_changesNothing() {
        JobId id = submit(3, 8);
        Claim lost = other.jobs().claimWhole(id, NOW).orElseThrow();
        assertThat(other.jobs().restart(lost)).isFalse();
        Claim taken = mine.jobs().claimWhole(id, LATER).orElseThrow();
        assertThat(mine.jobs().restart(taken)).isFalse();
        mine.jobs().record(taken, results(List.of(1L)), LATER);

        assertRefused(id, lost, 2);

        mine.jobs().record(taken, results(List.of(2L, 3L)), LATER);
        assertExact(id, new JobProgress(3, true, 3, 0, 0, 0, 3 * BYTES, 0));
        assertRefused(id, lost, 2);
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    /** Tries every write under a claim that is no longer held. */
    private void assertRefused(JobId id, Claim lost, long item) {
        JobStatus before = mine.jobs().find(id).orElseThrow();
        List<ItemRecord> items = records(id);
        BatchJobs jobs = other.jobs();
        JobItem noted = new JobItem(
                item, key(String.valueOf(item)), 0, OptionalLong.of(77), Optional.empty(), Optional.empty());

        assertLost(() -> jobs.restart(lost));
        assertLost(() -> jobs.items(lost, 0));
        assertLost(() -> jobs.note(lost, List.of(noted)));
        assertLost(() -> jobs.record(lost, results(List.of(item)), LATER));
        assertLost(() -> jobs.record(lost, List.of(again(item)), LATER));
        assertLost(() -> jobs.enumerated(lost, BatchJobs.FoundItems.of(items(90, 91), "late"), LATER));
        assertLost(() -> jobs.enumeratedAll(lost, Optional.of(new KeyPrefix("raw/")), LATER));
        assertLost(() -> jobs.fail(lost, FAILURE, LATER));
        jobs.giveBack(lost, true, LATER);

        assertThat(mine.jobs().find(id)).contains(before);
        assertThat(records(id)).isEqualTo(items);
    }

    private static void assertLost(Runnable write) {
        assertThatThrownBy(write::run).isInstanceOf(ClaimLost.class);
    }

    @Test
    void takeover_againstARestart_leavesTheResultsOfTheNewOwner() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(3, 8);
            Claim lost = other.jobs().claimWhole(id, NOW).orElseThrow();
            other.jobs().restart(lost);

            race(
                    () -> {
                        try {
                            for (int i = 0; i < 4; i++) {
                                other.jobs().restart(lost);
                                other.jobs().record(lost, List.of(failed(1)), LATER);
                            }
                        } catch (ClaimLost late) {
                            // The other process has the job.
                        }
                        other.jobs().giveBack(lost, true, LATER);
                        return true;
                    },
                    () -> {
                        Claim taken = mine.jobs().claimWhole(id, LATER).orElseThrow();
                        mine.jobs().restart(taken);
                        mine.jobs().record(taken, results(List.of(1L, 2L, 3L)), LATER);
                        return true;
                    });

            assertExact(id, new JobProgress(3, true, 3, 0, 0, 0, 3 * BYTES, 0));
            assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        }
    }

    @Test
    void takeoverOfASource_againstTheEnumeration_addsEachItemOnce() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(new JobSource.Prefix(new KeyPrefix("raw/p/")), JobOptions.DEFAULT);
            Claim lost = other.jobs().claimSource(id, NOW).orElseThrow();

            race(() -> enumerate(other.jobs(), lost), () -> {
                // Empty when the other process was done before.
                return mine.jobs()
                        .claimSource(id, LATER)
                        .map(taken -> enumerate(mine.jobs(), taken))
                        .orElse(false);
            });

            assertThat(records(id))
                    .extracting(ItemRecord::key)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 12)
                            .mapToObj(i -> key(String.valueOf(i)).value())
                            .toList());
            assertExact(id, new JobProgress(12, true, 0, 0, 0, 0, 0, 0));
        }
    }

    /** Reads the source from its checkpoint on; returns whether it came to the end. */
    private static boolean enumerate(BatchJobs jobs, Claim claim) {
        int from = claim.checkpoint().map(Integer::parseInt).orElse(0);
        try {
            for (int at = from; at < 12; at += 3) {
                jobs.enumerated(claim, BatchJobs.FoundItems.of(items(at + 1, at + 3), String.valueOf(at + 3)), LATER);
            }
            jobs.enumeratedAll(claim, Optional.empty(), LATER);
            return true;
        } catch (ClaimLost late) {
            return false;
        }
    }
}
