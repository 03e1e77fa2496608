package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link BatchJobs} that processes share, for claims: no item is with two of them, every item has one result, and the
 * counts of a job are those of its items.
 */
public abstract class ClaimRacesContract extends JobRacesContract {

    private static final long CLAIM_PAUSE_NANOS = 100_000;

    @Test
    void claims_neverShareAnItem_norExceedTheConcurrency() throws Exception {
        int items = 10 * record.rounds();
        JobId id = submit(items, 2);
        Set<Long> working = ConcurrentHashMap.newKeySet();
        AtomicInteger claims = new AtomicInteger();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>)
                        () -> work(i % 2 == 0 ? mine.jobs() : other.jobs(), id, working, claims, new Random(i)))
                .toList();

        Race.run(racers);

        assertExact(id, new JobProgress(items, true, items, 0, 0, 0, items * BYTES, 0));
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    /** Claims and records until the job ends; some items take two attempts, and some claims are given back. */
    private static boolean work(BatchJobs jobs, JobId id, Set<Long> working, AtomicInteger claims, Random random) {
        while (isRacing() && jobs.find(id).orElseThrow().job().state() != JobState.SUCCEEDED) {
            Optional<Claim> claimed = jobs.claim(id, 1 + random.nextInt(8), NOW);
            if (claimed.isEmpty()) {
                // Without a pause, it would keep the lock of the repository from threads that have a claim.
                LockSupport.parkNanos(CLAIM_PAUSE_NANOS);
                continue;
            }
            assertThat(claims.incrementAndGet()).as("claims at once").isLessThanOrEqualTo(2);
            List<ItemResult> results = new ArrayList<>();
            List<Long> givenBack = new ArrayList<>();
            for (JobItem item : claimed.get().items()) {
                long number = item.number();
                assertThat(working.add(number))
                        .as("item %d is free, and has no result", number)
                        .isTrue();
                if (item.attempts() == 0 && random.nextInt(8) == 0) {
                    results.add(again(number));
                    givenBack.add(number);
                } else if (random.nextInt(8) > 0) {
                    results.add(succeeded(number));
                } else {
                    givenBack.add(number);
                }
            }
            // These may be claimed from now on; the others have a result and never are.
            givenBack.forEach(working::remove);
            jobs.record(claimed.get(), results, NOW);
            claims.decrementAndGet();
            jobs.giveBack(claimed.get(), false, NOW);
        }
        return true;
    }

    @Test
    void claimsAtTheSameTime_areDisjoint_andComplete() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(12, 8);

            List<Long> fresh = claimAtTheSameTime(id, 3);
            List<Long> again = claimAtTheSameTime(id, 3);

            List<Long> all = LongStream.rangeClosed(1, 12).boxed().toList();
            assertThat(fresh).as("first attempts").containsExactlyInAnyOrderElementsOf(all);
            assertThat(again).as("second attempts").containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** Claims so many items by each of four racers, and lets them be tried again; returns the numbers of all. */
    private List<Long> claimAtTheSameTime(JobId id, int each) throws Exception {
        List<Callable<Claim>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Claim>) () ->
                        (i % 2 == 0 ? mine : other).jobs().claim(id, each, NOW).orElseThrow())
                .toList();
        List<Long> numbers = new ArrayList<>();
        for (Claim claim : Race.run(racers)) {
            claim.items().forEach(item -> numbers.add(item.number()));
            mine.jobs().giveBack(claim, true, NOW);
        }
        return numbers;
    }

    @Test
    void lastClaimThatTheConcurrencyAllows_goesToOne() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            JobId id = submit(12, 2);
            assertThat(mine.jobs().claim(id, 1, NOW)).isPresent();

            List<Optional<Claim>> claims = race(
                    () -> mine.jobs().claim(id, 1, NOW),
                    () -> other.jobs().claim(id, 1, NOW),
                    () -> other.jobs().claim(id, 1, NOW));

            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void claims_duringTheEnumeration_missNoItem() throws Exception {
        int pages = record.rounds();
        JobId id = submit(new JobSource.Prefix(new KeyPrefix("raw/p/")), JobOptions.DEFAULT);
        Claim source = other.jobs().claimSource(id, NOW).orElseThrow();
        List<Long> claimed = new ArrayList<>();

        race(
                () -> {
                    for (int page = 0; page < pages; page++) {
                        BatchJobs.FoundItems found =
                                BatchJobs.FoundItems.of(items(3 * page + 1, 3 * page + 3), "page " + page);
                        assertThat(other.jobs().enumerated(source, found, NOW)).isTrue();
                    }
                    other.jobs().enumeratedAll(source, Optional.empty(), NOW);
                    return true;
                },
                () -> claimed.addAll(workOff(mine.jobs(), id)));

        int items = 3 * pages;
        assertThat(claimed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, items).boxed().toList());
        assertExact(id, new JobProgress(items, true, items, 0, 0, 0, items * BYTES, 0));
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    /** Claims and records until the job ends; returns the numbers of the claimed items. */
    private static List<Long> workOff(BatchJobs jobs, JobId id) {
        List<Long> all = new ArrayList<>();
        while (isRacing() && !jobs.find(id).orElseThrow().job().state().isFinished()) {
            jobs.claim(id, 5, NOW).ifPresent(claim -> {
                List<Long> numbers = claim.items().stream().map(JobItem::number).toList();
                all.addAll(numbers);
                jobs.record(claim, results(numbers), NOW);
                jobs.giveBack(claim, false, NOW);
            });
        }
        return all;
    }

    @Test
    void claimOfTheSource_goesToOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(new JobSource.Prefix(new KeyPrefix("raw/p/")), JobOptions.DEFAULT);

            List<Optional<Claim>> claims = race(
                    () -> mine.jobs().claimSource(id, NOW), () -> other.jobs().claimSource(id, NOW));

            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void claimOfAllItems_goesToOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(3, 8);

            List<Optional<Claim>> claims = race(
                    () -> mine.jobs().claimWhole(id, NOW), () -> other.jobs().claimWhole(id, NOW));

            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void results_ofManyClaims_areCountedExactly() throws Exception {
        int items = 4 * record.rounds();
        JobId id = submit(items, 8);
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    BatchJobs jobs = i % 2 == 0 ? mine.jobs() : other.jobs();
                    for (Optional<Claim> claim = jobs.claim(id, 2, NOW);
                            claim.isPresent();
                            claim = jobs.claim(id, 2, NOW)) {
                        for (JobItem item : claim.get().items()) {
                            jobs.record(
                                    claim.get(),
                                    List.of(item.number() % 3 == 0 ? failed(item.number()) : succeeded(item.number())),
                                    NOW);
                        }
                        jobs.giveBack(claim.get(), false, NOW);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        int failed = items / 3;
        assertExact(id, new JobProgress(items, true, items - failed, failed, 0, 0, (items - failed) * BYTES, 0));
        assertThat(state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
    }
}
