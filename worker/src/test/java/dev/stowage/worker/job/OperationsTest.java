package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of each operation on files. */
class OperationsTest {

    final JobBench bench = bench();

    JobBench bench() {
        return new JobBench();
    }

    @Test
    void delete_ofAPrefix_isBatchedByTheThousand() {
        IntStream.range(0, 2500).forEach(i -> bench.put("raw/p/" + i, "x"));
        bench.put("raw/q/stays", "x");

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(2500);
        assertThat(bench.status(id).progress().bytes()).isEqualTo(2500);
        assertThat(bench.isThere("raw/p/7")).isFalse();
        assertThat(bench.isThere("raw/q/stays")).isTrue();
        assertThat(bench.failing.removals).hasSizeLessThanOrEqualTo(4).contains(1000);
    }

    @Test
    void delete_ofAPrefix_keepsFilesReplacedAfterTheListing() {
        bench.put("raw/p/a", "old");
        bench.put("raw/p/b", "old");
        storeAnewOnceListed("raw/p/a");

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/p/a")).isEqualTo("anew");
        assertThat(bench.isThere("raw/p/b")).isFalse();
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SKIPPED, ItemState.SUCCEEDED);
        assertThat(bench.items(id).get(0).message())
                .hasValueSatisfying(text -> assertThat(text).contains("replaced"));
    }

    /** Conditions would need a call for each file. */
    @Test
    void delete_ofAPrefix_deletesAnyVersion_withoutBatchConditions() {
        bench.failing.lacking.add(Capability.BULK_CONDITIONAL_DELETE);
        bench.put("raw/p/a", "old");
        storeAnewOnceListed("raw/p/a");

        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.SUCCEEDED);
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    private void storeAnewOnceListed(String key) {
        bench.afterJobs = call -> {
            if (call.equals("claim") && bench.isThere(key) && bench.text(key).equals("old")) {
                bench.put(key, "anew");
            }
        };
    }

    @Test
    void delete_ofAMissingFile_skipsIt() {
        bench.put("raw/p/a", "x");

        JobId id = bench.submit("delete", keys("raw/p/a", "raw/p/b"), JobTarget.NONE);
        bench.run();

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.SKIPPED);
        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void copy_ofAPrefix_replacesIt() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b/c", "C");

        JobId id = bench.submit("copy", prefix("raw/p/"), to("processed/q/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("processed/q/a")).isEqualTo("A");
        assertThat(bench.text("processed/q/b/c")).isEqualTo("C");
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
    }

    @Test
    void copy_ofKeys_keepsPathsBelowTheirCommonFolder() {
        bench.put("raw/p/x/a", "A");
        bench.put("raw/p/x/b/c", "C");

        JobId id = bench.submit("copy", keys("raw/p/x/a", "raw/p/x/b/c"), to("processed/q/"));
        bench.run();

        assertThat(bench.status(id).job().spec().target().stripPrefix()).contains(new KeyPrefix("raw/p/x/"));
        assertThat(bench.text("processed/q/a")).isEqualTo("A");
        assertThat(bench.text("processed/q/b/c")).isEqualTo("C");
    }

    @Test
    void copy_intoAFolderOfItsSource_skipsThatFolder() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/backup/old", "O");

        JobId id = bench.submit("copy", prefix("raw/p/"), to("raw/p/backup/"));
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/a");
        assertThat(bench.text("raw/p/backup/a")).isEqualTo("A");
    }

    @Test
    void copy_outOfAFolder_refusesTargetsThatAreSources() {
        bench.put("raw/p/backup/a", "A");
        bench.put("raw/p/backup/backup/a", "B");

        JobId id = bench.submit("copy", prefix("raw/p/backup/"), to("raw/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
        assertThat(bench.text("raw/p/backup/a")).isEqualTo("A");
    }

    @Test
    void impossibleCopy_isRefusedAtOnce() {
        refused("copy", prefix("raw/p/"), to("elsewhere/p/"), ErrorCode.INVALID_KEY, "target.prefix");
        refused("copy", prefix("raw/p/"), to("raw/p/"), ErrorCode.INVALID_REQUEST, "target.prefix");
        refused("move", keys("raw/p/a"), to("raw/p/"), ErrorCode.INVALID_REQUEST, "target.prefix");
        refused(
                "copy",
                prefix("raw/p/q/"),
                stripping("raw/p/", "raw/p/q/"),
                ErrorCode.INVALID_REQUEST,
                "target.prefix");
        refused("copy", prefix("raw/p/"), JobTarget.NONE, ErrorCode.INVALID_REQUEST, "target.prefix");
        refused("copy", prefix("raw/p/"), into("raw/p/x"), ErrorCode.INVALID_REQUEST, "target.key");
        refused("delete", prefix("raw/p/"), to("raw/q/"), ErrorCode.INVALID_REQUEST, "target.prefix");
        refused("archive", prefix("raw/p/"), JobTarget.NONE, ErrorCode.INVALID_REQUEST, "target.key");
        refused("set_metadata", prefix("raw/p/"), JobTarget.NONE, ErrorCode.INVALID_REQUEST, "target.metadata");
        refused("frobnicate", prefix("raw/p/"), JobTarget.NONE, ErrorCode.INVALID_REQUEST, "operation");
        refused(
                "delete",
                JobBench.manifest("raw/p/none"),
                JobTarget.NONE,
                ErrorCode.INVALID_REQUEST,
                "source.manifest");
        refused("delete", new JobSource.Keys(List.of(), 0), JobTarget.NONE, ErrorCode.INVALID_REQUEST, "source.keys");
        List<ObjectKey> many = IntStream.range(0, 10_001)
                .mapToObj(i -> new ObjectKey("raw/p/" + i))
                .toList();
        refused(
                "delete",
                new JobSource.Keys(many, many.size()),
                JobTarget.NONE,
                ErrorCode.TOO_MANY_KEYS,
                "source.keys");
        assertThatThrownBy(() -> bench.submit("copy", keys("raw/p/a"), to("raw/")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("layout");
    }

    @Test
    void move_leavesEachFileOnlyAtItsNewKey() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/b", "B");

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("processed/p/a")).isEqualTo("A");
        assertThat(bench.text("processed/p/b")).isEqualTo("B");
        assertThat(bench.isThere("raw/p/a")).isFalse();
        assertThat(bench.isThere("raw/p/b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void copyAndMove_takeFolderMarkersAlong(String operation) {
        bench.put("raw/p/", "");
        bench.put("raw/p/empty/", "");
        bench.put("raw/p/a/b", "B");

        JobId id = bench.submit(operation, prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.isThere("processed/p/")).isTrue();
        assertThat(bench.isThere("processed/p/empty/")).isTrue();
        assertThat(bench.text("processed/p/a/b")).isEqualTo("B");
        assertThat(bench.isThere("raw/p/empty/")).isEqualTo(operation.equals("copy"));
    }

    /** Other clients of a store may have given an object such a key. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void copyAndMove_refuseFolderMarkersWithContent(String operation) {
        bench.put("raw/p/folder/", "content");

        JobId id = bench.submit(operation, prefix("raw/p/"), to("processed/p/"));
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.FAILED);
        assertThat(bench.isThere("raw/p/folder/")).isTrue();
        assertThat(bench.isThere("processed/p/folder/")).isFalse();
    }

    @Test
    void move_ofAFileReplacedMeanwhile_keepsTheNewOne() {
        bench.put("raw/p/a", "old");
        bench.failing.after = (call, key) -> {
            if (call.equals("copy") && bench.text("raw/p/a").equals("old")) {
                bench.put("raw/p/a", "new");
            }
        };

        JobId id = bench.submit("move", prefix("raw/p/"), to("processed/p/"));
        // Sooner than the next attempt, which follows after a second, plus or minus a quarter.
        bench.runFor(Duration.ofMillis(500));
        assertThat(bench.text("raw/p/a")).isEqualTo("new");
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("processed/p/a")).isEqualTo("new");
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    @Test
    void verify_ofIntactFiles_succeeds() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/empty", "");

        JobId id = bench.submit("verify", prefix("raw/p/"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).allMatch(item -> item.message().isEmpty());
        assertThat(bench.status(id).progress().bytes()).isEqualTo(1);
    }

    @Test
    void setMetadata_changesTheGivenEntries_andSkipsUnchangedFiles() {
        bench.put("raw/p/a", "A");
        JobTarget target = new JobTarget(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AttributeChanges(
                        Optional.of(new ContentType("text/plain")),
                        Optional.of(new Metadata(Map.of("n", "v"))),
                        Map.of(HeaderAttribute.CACHE_CONTROL, "no-store")));

        JobId first = bench.submit("set_metadata", prefix("raw/p/"), target);
        bench.run();
        JobId second = bench.submit("set_metadata", prefix("raw/p/"), target);
        bench.pass(Duration.ofSeconds(1));

        ObjectInfo info = bench.store.stat(new ObjectKey("raw/p/a")).orElseThrow();
        assertThat(info.attributes().contentType().value()).isEqualTo("text/plain");
        assertThat(info.attributes().metadata().values()).isEqualTo(Map.of("n", "v"));
        assertThat(info.attributes().headers().values()).isEqualTo(Map.of(HeaderAttribute.CACHE_CONTROL, "no-store"));
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
        assertThat(bench.status(first).progress().succeeded()).isEqualTo(1);
        assertThat(bench.status(second).progress().skipped()).isEqualTo(1);
    }

    @Test
    void batches_areObserved() {
        bench.put("raw/p/a", "A");

        JobId copy = bench.submit("copy", prefix("raw/p/"), to("processed/p/"));
        JobId archive = bench.submit("archive", prefix("raw/p/"), into("raw/p/all.zip"));
        bench.run();

        assertThat(bench.units).contains("job.batch copy " + copy, "job.batch archive " + archive);
    }

    @Test
    void dryRun_changesNothing_andReportsTheOutcome() {
        bench.put("raw/p/a", "A");
        JobOptions dryRun = new JobOptions(true, false, 5, 8, 0, Optional.empty());

        List<JobId> jobs = List.of(
                bench.submit("delete", keys("raw/p/a"), JobTarget.NONE, dryRun),
                bench.submit("move", prefix("raw/p/"), to("processed/p/"), dryRun),
                bench.submit("archive", prefix("raw/p/"), into("raw/p/x.zip"), dryRun),
                bench.submit("verify", keys("raw/p/a"), JobTarget.NONE, dryRun));
        bench.run();

        assertThat(jobs).allMatch(id -> bench.state(id) == JobState.SUCCEEDED);
        assertThat(jobs.stream().map(id -> bench.items(id).get(0).message().orElseThrow()))
                .containsExactly(
                        "Would be deleted",
                        "Would be stored at processed/p/a",
                        "Would be added to raw/p/x.zip",
                        "Would be read");
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
        assertThat(bench.isThere("processed/p/a")).isFalse();
        assertThat(bench.isThere("raw/p/x.zip")).isFalse();
    }

    private static JobTarget stripping(String strip, String prefix) {
        return new JobTarget(
                Optional.of(new KeyPrefix(prefix)),
                Optional.of(new KeyPrefix(strip)),
                Optional.empty(),
                AttributeChanges.NONE);
    }

    private void refused(String operation, JobSource source, JobTarget target, ErrorCode code, String field) {
        assertThatThrownBy(() -> bench.submit(operation, source, target))
                .as("%s of %s to %s", operation, source, target)
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.detail()).containsEntry("field", field);
                });
    }
}
