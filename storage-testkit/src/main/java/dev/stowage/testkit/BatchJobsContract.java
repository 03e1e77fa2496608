package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
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
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link BatchJobs}. A subclass provides the same record for several processes. */
public abstract class BatchJobsContract extends OpenJobsContract {

    @Test
    void submit_thenFind_returnsAllFields() {
        JobTarget target = new JobTarget(
                Optional.of(new KeyPrefix("processed/p/")),
                Optional.of(new KeyPrefix("raw/")),
                Optional.of(new ObjectKey("raw/p/all.zip")),
                new AttributeChanges(
                        Optional.of(new ContentType("text/plain; charset=utf-8")),
                        Optional.of(new Metadata(Map.of("a", "b=c", "d", ""))),
                        Map.of(HeaderAttribute.CACHE_CONTROL, "max-age=60", HeaderAttribute.CONTENT_ENCODING, "")));
        JobOptions options = new JobOptions(true, true, 3, 4, -5, Optional.of(6));
        JobSource keys = new JobSource.Keys(List.of(key(1), key(2)), 2);
        for (JobSource source : List.of(
                keys,
                new JobSource.Prefix(KeyPrefix.ALL),
                new JobSource.Manifest(new ObjectKey("raw/p/m")),
                new JobSource.Archive(new ObjectKey("raw/p/m")))) {
            BatchJob job = BatchJob.queued(
                    JobId.random(),
                    Optional.empty(),
                    new JobSpec("copy", source, Optional.of(filter()), target, options)
                            .from(Optional.of(new ImportFrom("old-files", true))),
                    NOW);

            List<NewItem> items = source instanceof JobSource.Keys ? items(1, 2) : List.of();
            JobStatus submitted = jobs.submit(job, Optional.empty(), items);

            assertThat(submitted.job()).isEqualTo(job);
            assertThat(others.find(job.id())).contains(submitted);
        }
        assertThat(jobs.find(JobId.random())).isEmpty();
    }

    private static SourceFilter filter() {
        return new SourceFilter(
                Optional.of(Duration.ofDays(30)),
                Optional.of(Duration.ofDays(60)),
                OptionalLong.of(0),
                OptionalLong.of(1L << 40),
                Optional.of(new Glob("a=*\\\\ü?")),
                Optional.of(new Glob("image/*")),
                new Metadata(Map.of("a", "b=c", "name", "")));
    }

    /** A process of a version without filters must not run the operation on all files. */
    @Test
    void jobsWithAFilter_areListedByTheirOperation() {
        BatchJob plain = job(JobOptions.DEFAULT);
        BatchJob filtered =
                BatchJob.queued(JobId.random(), Optional.empty(), plain.spec().filtered(Optional.of(filter())), NOW);
        JobStatus unusedPlain = jobs.submit(plain, Optional.empty(), items(1));
        JobStatus unusedFiltered = jobs.submit(filtered, Optional.empty(), items(1));

        JobFilter deletions = new JobFilter(
                Optional.empty(), Optional.empty(), Optional.of(plain.spec().operation()));
        assertThat(ids(jobs.list(deletions, 10, Optional.empty()))).containsExactly(filtered.id(), plain.id());
    }

    @Test
    void submit_ofKeys_hasItsItemsAtOnce() {
        JobId id = submit(3);

        assertThat(progress(id)).isEqualTo(new JobProgress(3, true, 0, 0, 0, 0, 0, 0));
        assertThat(jobs.items(id, Optional.empty(), 10, 0).items())
                .extracting(ItemRecord::key)
                .containsExactly("raw/p/1", "raw/p/2", "raw/p/3");
    }

    @Test
    void submit_againWithTheSameKey_returnsTheFirstJob() {
        Optional<Idempotency> same = Optional.of(new Idempotency("k", "f"));
        JobStatus first = jobs.submit(job(JobOptions.DEFAULT), same, List.of());

        assertThat(others.submit(job(JobOptions.DEFAULT), same, List.of()).job().id())
                .isEqualTo(first.job().id());
        assertThatThrownBy(
                        () -> jobs.submit(job(JobOptions.DEFAULT), Optional.of(new Idempotency("k", "g")), List.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
        assertThat(jobs.list(JobFilter.ALL, 10, Optional.empty()).items()).hasSize(1);
    }

    @Test
    void list_isNewestFirst_inPages_filtered() {
        List<JobId> ids = IntStream.range(0, 5).mapToObj(i -> submit(1)).toList();
        cancel(ids.get(2));

        Page<JobStatus, Long> first = jobs.list(JobFilter.ALL, 2, Optional.empty());
        Page<JobStatus, Long> second = jobs.list(JobFilter.ALL, 3, first.next());

        assertThat(ids(first)).containsExactly(ids.get(4), ids.get(3));
        assertThat(ids(second)).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(second.next()).isEmpty();
        assertThat(ids(jobs.list(
                        new JobFilter(Optional.empty(), Optional.of(JobState.CANCELLED), Optional.of("delete")),
                        10,
                        Optional.empty())))
                .containsExactly(ids.get(2));
        assertThat(jobs.list(
                                new JobFilter(Optional.empty(), Optional.empty(), Optional.of("copy")),
                                10,
                                Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void change_fromAnOldVersion_changesNothing() {
        BatchJob job = jobs.find(submit(1)).orElseThrow().job();

        assertThat(jobs.change(job, job.to(JobState.PAUSED, NOW))).isTrue();
        assertThat(others.change(job, job.to(JobState.CANCELLED, NOW))).isFalse();
        assertThat(state(job.id())).isEqualTo(JobState.PAUSED);
    }

    /** Items found later have new numbers. */
    @Test
    void leaveOut_beforeAllItemsAreFound_keepsTheNumbersOfOthers() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2), "1"), NOW))
                .isTrue();
        Claim claim = jobs.claim(id, 10, NOW).orElseThrow();
        jobs.leaveOut(claim, List.of(1L, 2L), NOW);
        assertThat(state(id)).isEqualTo(JobState.RUNNING);

        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(3), "2"), NOW))
                .isTrue();
        jobs.enumeratedAll(source, Optional.empty(), NOW);

        assertThat(claimed(jobs.claim(id, 10, NOW))).containsExactly(3L);
        assertThat(progress(id).total()).isEqualTo(1);
    }

    @Test
    void enumeration_addsItemsAndACheckpoint_andStartsTheJob() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();

        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2), "a"), NOW))
                .isTrue();
        assertThat(jobs.enumerated(
                        source,
                        BatchJobs.FoundItems.of(
                                List.of(
                                        NewItem.failed("line 3", new JobFailure("InvalidRequest", "no key")),
                                        NewItem.of(key(4), 9)),
                                "b"),
                        NOW))
                .isTrue();

        assertThat(progress(id)).isEqualTo(new JobProgress(4, false, 0, 1, 0, 0, 0, 0));
        assertThat(state(id)).isEqualTo(JobState.RUNNING);
        jobs.giveBack(source, false, NOW);
        Claim again = jobs.claimSource(id, NOW).orElseThrow();
        assertThat(again.checkpoint()).contains("b");
        jobs.enumeratedAll(again, Optional.of(new KeyPrefix("raw/")), NOW);
        assertThat(open(id).totalFinal()).isTrue();
        assertThat(open(id).job().spec().target().stripPrefix()).contains(new KeyPrefix("raw/"));
        assertThat(claimed(jobs.claim(id, 10, NOW))).containsExactly(1L, 2L, 4L);
    }

    @Test
    void enumeration_keepsTheVersionsOfItems() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        List<NewItem> found = List.of(NewItem.of(key(1), 3, new Etag("v")), NewItem.of(key(2), 4));

        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(found, "a"), NOW))
                .isTrue();

        assertThat(jobs.claim(id, 10, NOW).orElseThrow().items())
                .extracting(JobItem::size, JobItem::etag)
                .containsExactly(
                        tuple(OptionalLong.of(3), Optional.of(new Etag("v"))),
                        tuple(OptionalLong.of(4), Optional.empty()));
    }

    @Test
    void enumeration_ofAnInactiveJob_isStopped() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        cancel(id);

        assertThat(jobs.claimSource(id, NOW)).isEmpty();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1), "a"), NOW))
                .isFalse();
        assertThat(progress(id).total()).isZero();
    }

    @Test
    void enumeration_thatSkipsObjects_countsThem_andTheJobDoesNotSucceed() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();

        assertThat(jobs.enumerated(source, new BatchJobs.FoundItems(items(1), 2, "a"), NOW))
                .isTrue();
        assertThat(jobs.enumerated(source, new BatchJobs.FoundItems(List.of(), 3, "b"), NOW))
                .isTrue();
        assertThat(progress(id)).isEqualTo(new JobProgress(1, false, 0, 0, 0, 5, 0, 0));
        jobs.enumeratedAll(source, Optional.empty(), NOW);
        Claim claim = jobs.claim(id, 10, NOW).orElseThrow();
        jobs.record(
                claim,
                List.of(new ItemResult(1, 1, ItemState.SUCCEEDED, 10, Optional.empty(), Optional.empty(), NOW)),
                NOW);

        assertThat(state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(progress(id).unaddressable()).isEqualTo(5);
        assertThat(jobs.find(id).orElseThrow().job().error())
                .hasValueSatisfying(error -> assertThat(error.message()).contains("in a request: 5. "));
    }

    @Test
    void enumeration_thatOnlySkipsObjects_endsTheJobAsPartiallyFailed() {
        JobId id = submitPrefix();
        Claim source = jobs.claimSource(id, NOW).orElseThrow();

        assertThat(jobs.enumerated(source, new BatchJobs.FoundItems(List.of(), 1, "a"), NOW))
                .isTrue();
        jobs.enumeratedAll(source, Optional.empty(), NOW);

        assertThat(state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
    }

    @Test
    void enumeration_thatFindsNothing_endsTheJob() {
        JobId id = submitPrefix();

        jobs.enumeratedAll(jobs.claimSource(id, NOW).orElseThrow(), Optional.empty(), NOW);

        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.find(id).orElseThrow().job().error())
                .hasValueSatisfying(error -> assertThat(error.error()).isEqualTo("NoItems"));
    }

    @Test
    void enumeration_ofAManifest_dropsDuplicateKeys() {
        JobId id = submit(new JobSource.Manifest(new ObjectKey("raw/m/list.csv")));
        NewItem bad = NewItem.failed("line 3", new JobFailure("InvalidRequest", "no key"));

        Claim source = jobs.claimSource(id, NOW).orElseThrow();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2, 1), "a"), NOW))
                .isTrue();
        assertThat(jobs.enumerated(
                        source,
                        BatchJobs.FoundItems.of(List.of(bad, NewItem.of(key(2)), bad, NewItem.of(key(3))), "b"),
                        NOW))
                .isTrue();
        assertThat(jobs.enumerated(source, BatchJobs.FoundItems.of(items(1, 2), "c"), NOW))
                .isTrue();

        assertThat(jobs.items(id, Optional.empty(), 10, 0).items())
                .extracting(ItemRecord::key)
                .containsExactly(key(1).value(), key(2).value(), "line 3", "line 3", key(3).value());
        jobs.giveBack(source, false, NOW);
        assertThat(jobs.claimSource(id, NOW).orElseThrow().checkpoint()).contains("c");
    }

    @Test
    void open_ordersByPriorityAndAge() {
        JobId low = submit(1);
        JobId older = jobs.submit(
                        job(new JobOptions(false, false, 5, 8, 7, Optional.empty())), Optional.empty(), items(1))
                .job()
                .id();
        JobId newer = jobs.submit(
                        job(new JobOptions(false, false, 5, 8, 7, Optional.empty())), Optional.empty(), items(1))
                .job()
                .id();

        assertThat(allOpen()).extracting(open -> open.job().id()).containsExactly(older, newer, low);
        assertThat(jobs.open(Optional.empty(), 10, 1, NOW).items()).hasSize(1);
    }

    @Test
    void removeAndPrune_deleteOnlyFinishedJobs() {
        JobId old = submit(2);
        JobId removed = submit(2);
        JobId running = submit(2);
        cancel(old);
        cancel(removed);

        jobs.remove(removed);
        jobs.remove(running);

        assertThat(jobs.find(removed)).isEmpty();
        assertThat(jobs.find(running)).isPresent();
        prune(NOW);
        assertThat(jobs.find(old)).isPresent();
        prune(NOW.plusSeconds(1));
        assertThat(ids(jobs.list(JobFilter.ALL, 10, Optional.empty()))).containsExactly(running);
    }

    @Test
    void items_areListedInPages() {
        JobId id = submit(5);

        Page<ItemRecord, Long> first = jobs.items(id, Optional.of(ItemState.PENDING), 2, 0);
        Page<ItemRecord, Long> second =
                jobs.items(id, Optional.empty(), 3, first.next().orElseThrow());

        assertThat(first.items()).extracting(ItemRecord::number).containsExactly(1L, 2L);
        assertThat(second.items()).extracting(ItemRecord::number).containsExactly(3L, 4L, 5L);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void revision_growsWithEverythingThatClientsSee() {
        JobId id = submit(2);
        Set<Long> revisions = new HashSet<>();
        revisions.add(jobs.find(id).orElseThrow().revision());
        Claim claim = jobs.claim(id, 2, NOW).orElseThrow();
        revisions.add(jobs.find(id).orElseThrow().revision());
        jobs.record(claim, List.of(succeeded(1)), NOW);
        revisions.add(jobs.find(id).orElseThrow().revision());
        cancel(id);
        revisions.add(jobs.find(id).orElseThrow().revision());

        assertThat(revisions).hasSize(4);
    }
}
