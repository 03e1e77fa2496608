package dev.stowage.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.JobId;
import dev.stowage.worker.job.Candidate.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairShareTest {

    private static final Share ONE = new Share("one", 0, 0);

    private final Candidate large = new Candidate(new JobId("large"), ONE, 0, 8, 0, 1);
    private final Candidate small = new Candidate(new JobId("small"), ONE, 0, 8, 0, 2);
    private final Candidate urgent = new Candidate(new JobId("urgent"), ONE, 5, 8, 0, 3);

    @Test
    void higherPriority_comesFirst() {
        assertThat(FairShare.next(List.of(large, urgent, small), 4)).contains(urgent);
    }

    @Test
    void fewerRunning_comesBeforeLongerWaiting() {
        assertThat(FairShare.next(List.of(large, small), 4)).contains(large);
        assertThat(FairShare.next(List.of(running(large, 1), small), 4)).contains(small);
    }

    @Test
    void lastSlot_isForAJobWithoutOne() {
        assertThat(FairShare.next(List.of(running(large, 8)), 1)).isEmpty();
        assertThat(FairShare.next(List.of(running(large, 3)), 1)).isEmpty();
        assertThat(FairShare.next(List.of(running(urgent, 3), small), 1)).contains(small);
        assertThat(FairShare.next(List.of(small), 0)).isEmpty();
    }

    @Test
    void concurrency_isNotExceeded() {
        Candidate narrow = new Candidate(new JobId("narrow"), ONE, 0, 2, 2, 0);
        assertThat(FairShare.next(List.of(narrow), 5)).isEmpty();
    }

    @Test
    void jobsOfOnePriority_shareTheSlotsEvenly() {
        List<Candidate> jobs = new ArrayList<>(List.of(large, small));
        for (int free = 9; free > 1; free--) {
            Optional<Candidate> next = FairShare.next(jobs, free);
            jobs.replaceAll(job -> Optional.of(job).equals(next) ? running(job, job.running() + 1) : job);
        }

        assertThat(jobs).extracting(Candidate::running).containsExactly(4, 4);
    }

    private static Candidate running(Candidate job, int running) {
        return new Candidate(job.id(), job.owner(), job.priority(), job.concurrency(), running, job.lastTurn());
    }

    @Test
    void ownerWithFewerSlots_comesFirst_withAnyPriority() {
        Candidate other = new Candidate(new JobId("other"), new Share("two", 3, 1), 100, 8, 0, 0);
        Candidate waiting = new Candidate(new JobId("waiting"), new Share("three", 0, 9), -100, 8, 0, 9);

        assertThat(FairShare.next(List.of(other, waiting), 2)).contains(waiting);
        assertThat(FairShare.next(List.of(other, waiting, small), 2)).contains(small);
    }
}
