package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.BatchJobs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link dev.stowage.core.port.records.BatchJobs} for text that others chose: characters that not every database can store
 * are replaced, and all others are kept.
 */
public abstract class JobTextContract extends SharedRecordContract {

    private static final String TEXT = "a\u0000b\u0001\t\"'\\ ü \uD83D\uDE00 \uD83D";
    private static final String STORED = "a\uFFFDb\u0001\t\"'\\ ü \uD83D\uDE00 \uFFFD";

    @Test
    void failedItem_hasReplacementsForNulAndUnpairedSurrogates() {
        JobId id = submit(new JobSource.Manifest(key("manifest")));
        Claim source = mine.jobs().claimSource(id, NOW).orElseThrow();
        NewItem failed = NewItem.failed(TEXT, new JobFailure("InvalidKey", "Line 1: " + TEXT));

        assertThat(mine.jobs().enumerated(source, BatchJobs.FoundItems.of(List.of(failed, failed), "end"), NOW))
                .isTrue();

        ItemRecord first = new ItemRecord(
                1, STORED, ItemState.FAILED, 0, Optional.of("InvalidKey"), Optional.of("Line 1: " + STORED));
        assertThat(items(id)).hasSize(2).first().isEqualTo(first);
    }

    @Test
    void result_hasReplacementsForNulAndUnpairedSurrogates() {
        JobId id = submit(new JobSource.Prefix(KeyPrefix.ALL));
        Claim source = mine.jobs().claimSource(id, NOW).orElseThrow();
        mine.jobs().enumerated(source, BatchJobs.FoundItems.of(List.of(NewItem.of(key("1"))), "end"), NOW);
        Claim claim = mine.jobs().claim(id, 1, NOW).orElseThrow();

        mine.jobs()
                .record(
                        claim,
                        List.of(new ItemResult(
                                1, 1, ItemState.FAILED, 0, Optional.of("InternalError"), Optional.of(TEXT), NOW)),
                        NOW);

        assertThat(items(id)).extracting(ItemRecord::message).containsExactly(Optional.of(STORED));
    }

    @Test
    void failureOfAJob_hasReplacementsForNulAndUnpairedSurrogates() {
        JobId id = submit(new JobSource.Prefix(KeyPrefix.ALL));
        Claim source = mine.jobs().claimSource(id, NOW).orElseThrow();

        mine.jobs().fail(source, new JobFailure("StorageUnavailable", TEXT), NOW);

        assertThat(other.jobs().find(id).orElseThrow().job().error())
                .contains(new JobFailure("StorageUnavailable", STORED));
    }

    private List<ItemRecord> items(JobId id) {
        return other.jobs().items(id, Optional.empty(), 10, 0).items();
    }

    private JobId submit(JobSource source) {
        JobSpec spec = new JobSpec("delete", source, JobTarget.NONE, JobOptions.DEFAULT);
        BatchJob job = BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW);
        return mine.jobs().submit(job, Optional.empty(), List.of()).job().id();
    }
}
