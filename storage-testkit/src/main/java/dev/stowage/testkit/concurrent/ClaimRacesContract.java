package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.FoundItems;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.testkit.Race;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link BatchJobs} that processes share, for claims: no item is with two of them, every item has one result, the
 * counts of a job are those of its items, and a process that lost its claim changes nothing.
 */
public abstract class ClaimRacesContract extends SharedRecordContract {

    private static final JobFailure FAILURE = new JobFailure("StorageUnavailable", "away");
    private static final long BYTES = 10;

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
                        FoundItems found = FoundItems.of(items(3 * page + 1, 3 * page + 3), "page " + page);
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
    void recover_againstRecord_countsEachItemOnce() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(6, 8);
            Claim lost = other.jobs().claim(id, 6, NOW).orElseThrow();

            List<Set<Long>> results = race(() -> recordUntilLost(lost), () -> recoverAndTake(id));

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

    private Set<Long> recoverAndTake(JobId id) {
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
    void retriesByTwo_againstClaims_runEachFailedItemOnce() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(4, 8);
            Claim first = mine.jobs().claim(id, 4, NOW).orElseThrow();
            mine.jobs().record(first, List.of(failed(1), failed(2), failed(3), succeeded(4)), NOW);
            mine.jobs().giveBack(first, false, NOW);

            List<Object> results = race(
                    () -> retry(mine.jobs(), id),
                    () -> retry(other.jobs(), id),
                    () -> workOffAgain(other.jobs(), id, 3));

            assertThat(results.subList(0, 2)).containsExactlyInAnyOrder(true, false);
            assertThat((List<?>) results.get(2)).hasSize(3).doesNotHaveDuplicates();
            assertExact(id, new JobProgress(4, true, 4, 0, 0, 0, 4 * BYTES, 0));
            assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        }
    }

    /** Does what a request to retry does; returns whether this one queued the job. */
    private static boolean retry(BatchJobs jobs, JobId id) {
        int reopened = 1;
        while (reopened > 0) {
            reopened = jobs.reopen(id);
        }
        BatchJob job = jobs.find(id).orElseThrow().job();
        return job.state() == JobState.PARTIALLY_FAILED && jobs.change(job, job.to(JobState.QUEUED, NOW));
    }

    /** Claims and records until it had so many items. */
    private static List<Long> workOffAgain(BatchJobs jobs, JobId id, int count) {
        List<Long> all = new ArrayList<>();
        while (isRacing() && all.size() < count) {
            jobs.claim(id, 2, NOW).ifPresent(claim -> {
                List<Long> numbers = claim.items().stream().map(JobItem::number).toList();
                all.addAll(numbers);
                jobs.record(claim, results(numbers), NOW);
                jobs.giveBack(claim, false, NOW);
            });
        }
        return all;
    }

    @Test
    void reopen_neverResetsItemsOfAnActiveJob() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(3, 8);
            Claim first = mine.jobs().claim(id, 2, NOW).orElseThrow();
            mine.jobs().record(first, List.of(failed(1), failed(2)), NOW);
            BatchJob running = mine.jobs().find(id).orElseThrow().job();
            BatchJob cancelled = running.to(JobState.CANCELLED, NOW);
            assertThat(mine.jobs().change(running, cancelled)).isTrue();

            List<Integer> reset = race(
                    () -> other.jobs().reopen(id),
                    () -> mine.jobs().change(cancelled, cancelled.to(JobState.QUEUED, NOW)) ? 1 : 0);

            assertThat(reset.get(0)).isIn(0, 2);
            assertThat(reset.get(1)).isEqualTo(1);
            assertExact(id, new JobProgress(3, true, 0, 2 - reset.get(0), 0, 0, 0, 0));
            assertThat(other.jobs().reopen(id)).isZero();
        }
    }

    @Test
    void pause_againstClaims_holds() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(4, 8);

            List<Boolean> results = race(() -> pause(other.jobs(), id), () -> {
                Optional<Claim> first = mine.jobs().claim(id, 1, NOW);
                Optional<Claim> second = mine.jobs().claim(id, 1, NOW);
                return second.isEmpty() || first.isPresent();
            });

            assertThat(results).containsOnly(true);
            assertThat(state(id)).isEqualTo(JobState.PAUSED);
            assertThat(mine.jobs().claim(id, 1, NOW)).isEmpty();
        }
    }

    private static boolean pause(BatchJobs jobs, JobId id) {
        boolean paused = false;
        while (isRacing() && !paused) {
            BatchJob job = jobs.find(id).orElseThrow().job();
            paused = jobs.change(job, job.to(JobState.PAUSED, NOW));
        }
        return jobs.claim(id, 1, NOW).isEmpty();
    }

    @Test
    void cancellation_againstTheEnumeration_recordsNothingAfterIt() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(new JobSource.Manifest(key("manifest")), JobOptions.DEFAULT);
            Claim source = other.jobs().claimSource(id, NOW).orElseThrow();
            BatchJob running = mine.jobs().find(id).orElseThrow().job();

            List<Long> counts = race(
                    () -> {
                        long found = 0;
                        while (found < 8
                                && other.jobs()
                                        .enumerated(
                                                source,
                                                FoundItems.of(items((int) found + 1, (int) found + 2), "at " + found),
                                                NOW)) {
                            found += 2;
                        }
                        return found;
                    },
                    () -> {
                        assertThat(mine.jobs().change(running, running.to(JobState.CANCELLED, NOW)))
                                .isTrue();
                        return mine.jobs().find(id).orElseThrow().progress().total();
                    });

            assertThat(mine.jobs().find(id).orElseThrow().progress().total()).isEqualTo(counts.get(1));
            assertThat(records(id)).hasSize((int) (long) counts.get(1));
            assertThat(counts.get(0)).isEqualTo(counts.get(1));
        }
    }

    @Test
    void cancellation_againstTheLastResult_hasOneWinner() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            JobId id = submit(1, 8);
            Claim claim = other.jobs().claim(id, 1, NOW).orElseThrow();
            BatchJob running = mine.jobs().find(id).orElseThrow().job();

            List<Boolean> results = race(
                    () -> {
                        other.jobs().record(claim, results(List.of(1L)), NOW);
                        return true;
                    },
                    () -> mine.jobs().change(running, running.to(JobState.CANCELLED, NOW)));

            assertThat(state(id)).isEqualTo(results.get(1) ? JobState.CANCELLED : JobState.SUCCEEDED);
            assertExact(id, new JobProgress(1, true, 1, 0, 0, 0, BYTES, 0));
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
        other.jobs().enumerated(lost, FoundItems.of(items(1, 2), "a"), NOW);
        Claim taken = mine.jobs().claimSource(id, LATER).orElseThrow();

        assertRefused(id, lost, 1);

        assertThat(taken.checkpoint()).contains("a");
        assertThat(mine.jobs().enumerated(taken, FoundItems.of(items(1, 3), "b"), LATER))
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
        assertLost(() -> jobs.enumerated(lost, FoundItems.of(items(90, 91), "late"), LATER));
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
                jobs.enumerated(claim, FoundItems.of(items(at + 1, at + 3), String.valueOf(at + 3)), LATER);
            }
            jobs.enumeratedAll(claim, Optional.empty(), LATER);
            return true;
        } catch (ClaimLost late) {
            return false;
        }
    }

    private void assertExact(JobId id, JobProgress expected) {
        JobProgress progress = mine.jobs().find(id).orElseThrow().progress();
        assertThat(progress)
                .isEqualTo(new JobProgress(
                        expected.total(),
                        expected.totalFinal(),
                        expected.succeeded(),
                        expected.failed(),
                        expected.skipped(),
                        expected.unaddressable(),
                        expected.bytes(),
                        progress.itemsPerSecond()));
        List<ItemRecord> items = records(id);
        assertThat(items).hasSize((int) expected.total());
        assertThat(items.stream().filter(item -> item.state() == ItemState.SUCCEEDED))
                .hasSize((int) expected.succeeded());
        assertThat(items.stream().filter(item -> item.state() == ItemState.FAILED))
                .hasSize((int) expected.failed());
    }

    private List<ItemRecord> records(JobId id) {
        return mine.jobs().items(id, Optional.empty(), BatchJobs.MAX_PAGE, 0).items();
    }

    private JobState state(JobId id) {
        return mine.jobs().find(id).orElseThrow().job().state();
    }

    private JobId submit(int count, int concurrency) {
        JobOptions options = new JobOptions(false, false, 5, concurrency, 0, Optional.empty());
        JobSource keys = new JobSource.Keys(List.of(key("1")), count);
        return submit(keys, options, items(1, count));
    }

    private JobId submit(JobSource source, JobOptions options) {
        return submit(source, options, List.of());
    }

    private JobId submit(JobSource source, JobOptions options, List<NewItem> items) {
        JobSpec spec = new JobSpec("delete", source, JobTarget.NONE, options);
        BatchJob job = BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW);
        return mine.jobs().submit(job, Optional.empty(), items).job().id();
    }

    private static List<NewItem> items(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> NewItem.of(key(String.valueOf(number))))
                .toList();
    }

    private static List<ItemResult> results(List<Long> numbers) {
        return numbers.stream().map(ClaimRacesContract::succeeded).toList();
    }

    private static ItemResult succeeded(long number) {
        return new ItemResult(number, 1, ItemState.SUCCEEDED, BYTES, Optional.empty(), Optional.empty(), NOW);
    }

    private static ItemResult failed(long number) {
        return new ItemResult(number, 1, ItemState.FAILED, 0, Optional.of("FileNotFound"), Optional.of("No file"), NOW);
    }

    private static ItemResult again(long number) {
        return new ItemResult(
                number, 1, ItemState.PENDING, 0, Optional.of("StorageUnavailable"), Optional.of("away"), Instant.EPOCH);
    }
}
