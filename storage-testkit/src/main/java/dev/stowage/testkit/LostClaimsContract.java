package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link dev.stowage.core.port.records.BatchJobs} for claims on a source, for claims on all items, and for lost claims: a
 * process that was suspended past its lease can change nothing any more.
 */
abstract class LostClaimsContract extends JobClaimsContract {

    private static final JobFailure FAILURE = new JobFailure("StorageUnavailable", "away");

    /** When the lease of the other process has expired. */
    private static final Instant LATER = NOW.plusSeconds(20);

    @Test
    void claimWhole_isExclusive_andRestartResetsAttemptedItems() {
        JobId id = submitWhole(
                NewItem.of(key(1)), NewItem.of(key(2)), NewItem.failed("line 3", new JobFailure("InvalidKey", "no")));
        Claim first = others.claimWhole(id, NOW).orElseThrow();
        restart(others, first);
        others.record(first, List.of(succeeded(1)), NOW);

        assertThat(jobs.claimWhole(id, NOW)).isEmpty();
        others.giveBack(first, false, NOW);
        assertThat(open(id).claimable()).isTrue();
        Claim second = jobs.claimWhole(id, NOW).orElseThrow();
        assertThat(jobs.restart(second)).isFalse();

        assertThat(progress(id)).isEqualTo(new JobProgress(3, true, 0, 1, 0, 0, 0, 0));
        assertThat(numbers(jobs.items(second, 0))).containsExactly(1L, 2L);
        jobs.record(second, List.of(succeeded(1), succeeded(2)), NOW);
        jobs.giveBack(second, false, NOW);
        assertThat(state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
    }

    @Test
    void restart_ofAJobEndedByItsResults_changesNothing() {
        JobId id = submitWhole(NewItem.of(key(1)));
        Claim claim = jobs.claimWhole(id, NOW).orElseThrow();
        restart(jobs, claim);
        jobs.record(claim, List.of(succeeded(1)), NOW);

        restart(jobs, claim);

        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(progress(id).succeeded()).isEqualTo(1);
    }

    @Test
    void suspendedProcess_resetsNothingOfAJobThatOthersFinished() {
        JobId id = submitWhole(NewItem.of(key(1)), NewItem.of(key(2)));
        Claim lost = others.claimWhole(id, NOW).orElseThrow();
        restart(others, lost);

        Claim taken = jobs.claimWhole(id, LATER).orElseThrow();
        restart(jobs, taken);
        jobs.record(taken, List.of(succeeded(1), succeeded(2)), LATER);
        jobs.giveBack(taken, false, LATER);
        others.giveBack(lost, true, LATER);

        assertThatThrownBy(() -> others.restart(lost)).isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> others.items(lost, 0)).isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> others.record(lost, List.of(failed(1)), LATER)).isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> others.fail(lost, FAILURE, LATER)).isInstanceOf(ClaimLost.class);
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(progress(id).succeeded()).isEqualTo(2);
    }

    @Test
    void suspendedProcess_recordsNoVersionOfAnItemThatOthersHave() {
        JobId id = submit(1);
        Claim lost = others.claim(id, 1, NOW).orElseThrow();
        JobItem item = lost.items().get(0);

        assertThat(jobs.recover(Set.of(), LATER)).isEqualTo(1);
        Claim taken = jobs.claim(id, 1, LATER).orElseThrow();

        assertThatThrownBy(() -> others.note(lost, List.of(item.of(5, new Etag("old")))))
                .isInstanceOf(ClaimLost.class);
        assertThat(jobs.items(taken, 0).get(0).etag()).isEmpty();
    }

    @Test
    void source_isReadByOneProcessAtATime_andResumedAtItsCheckpoint() {
        JobId id = submitPrefix();
        Claim lost = others.claimSource(id, NOW).orElseThrow();
        assertThat(lost.checkpoint()).isEmpty();
        assertThat(others.enumerated(lost, BatchJobs.FoundItems.of(items(1), "a"), NOW))
                .isTrue();
        assertThat(jobs.claimSource(id, NOW)).isEmpty();

        Claim taken = jobs.claimSource(id, LATER).orElseThrow();

        assertThat(taken.checkpoint()).contains("a");
        assertThatThrownBy(() -> others.enumerated(lost, BatchJobs.FoundItems.of(items(2), "b"), LATER))
                .isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> others.enumeratedAll(lost, Optional.empty(), LATER))
                .isInstanceOf(ClaimLost.class);
        assertThat(progress(id).total()).isEqualTo(1);
        jobs.enumeratedAll(taken, Optional.empty(), LATER);
        assertThat(jobs.claimSource(id, LATER)).isEmpty();
    }

    @Test
    void releasedSource_canBeClaimedAgain() {
        JobId id = submitPrefix();
        Claim claim = others.claimSource(id, NOW).orElseThrow();

        others.giveBack(claim, false, NOW);

        assertThat(jobs.claimSource(id, NOW)).isPresent();
    }

    @Test
    void fail_endsOnlyAnActiveJob_andReleasesTheClaim() {
        JobId active = submitPrefix();
        JobId cancelled = submitPrefix();
        Claim first = jobs.claimSource(active, NOW).orElseThrow();
        Claim second = jobs.claimSource(cancelled, NOW).orElseThrow();
        cancel(cancelled);

        jobs.fail(first, FAILURE, NOW);
        jobs.fail(second, FAILURE, NOW);

        assertThat(jobs.find(active).orElseThrow().job().error()).contains(FAILURE);
        assertThat(state(active)).isEqualTo(JobState.FAILED);
        assertThat(state(cancelled)).isEqualTo(JobState.CANCELLED);
        assertThatThrownBy(() -> jobs.fail(first, FAILURE, NOW)).isInstanceOf(ClaimLost.class);
    }

    @Test
    void recover_releasesOwnClaimsOnJobsNotBeingWorkedOn() {
        JobId left = submit(1);
        JobId atWork = submit(1);
        Claim lost = jobs.claim(left, 1, NOW).orElseThrow();
        Claim kept = jobs.claim(atWork, 1, NOW).orElseThrow();

        assertThat(others.recover(Set.of(), NOW)).isZero();
        assertThat(jobs.recover(Set.of(atWork), NOW)).isEqualTo(1);

        assertThatThrownBy(() -> jobs.record(lost, List.of(succeeded(1)), NOW)).isInstanceOf(ClaimLost.class);
        jobs.record(kept, List.of(succeeded(1)), NOW);
        assertThat(claimed(others.claim(left, 1, NOW))).containsExactly(1L);
    }

    @Test
    void claimsOfASilentProcess_doNotCountTowardsTheConcurrency() {
        JobId id = jobs.submit(
                        job(new JobOptions(false, false, 5, 1, 0, Optional.empty())), Optional.empty(), items(1, 2))
                .job()
                .id();
        Claim theirs = others.claim(id, 1, NOW).orElseThrow();

        assertThat(jobs.claim(id, 1, NOW.plus(Leases.QUIET))).isEmpty();
        Claim mine = jobs.claim(id, 1, NOW.plus(Leases.QUIET).plusMillis(1)).orElseThrow();

        assertThat(numbers(mine.items())).containsExactly(2L);
        others.record(theirs, List.of(succeeded(1)), NOW);
        assertThat(progress(id).succeeded()).isEqualTo(1);
    }
}
