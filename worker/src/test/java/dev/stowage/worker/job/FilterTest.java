package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs on some of the files of their source. */
class FilterTest {

    private static final JobOptions DRY_RUN = new JobOptions(true, false, 5, 8, 0, Optional.empty());

    private final JobBench bench = new JobBench();

    @Test
    void whatAListingDecides_isNoItem_andCostsNoCall() {
        bench.put("raw/p/old.csv", "x");
        bench.put("raw/p/old.txt", "x");
        bench.clock.advance(Duration.ofHours(2));
        bench.put("raw/p/new.csv", "x");
        List<String> looks = looks();

        JobId id = submit("delete", prefix("raw/p/"), JobTarget.NONE, named("*.csv", Duration.ofHours(1)));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/old.csv");
        assertThat(bench.status(id).progress().total()).isEqualTo(1);
        assertThat(bench.isThere("raw/p/old.txt")).isTrue();
        assertThat(bench.isThere("raw/p/new.csv")).isTrue();
        assertThat(looks).isEmpty();
    }

    @Test
    void attributes_areReadWithTheItems_andWhatIsLeftOutIsNoItem() {
        IntStream.range(0, 1100).forEach(i -> bench.put("raw/p/" + i, "x"));
        setType("raw/p/7");
        setType("raw/p/1000");

        JobId id = submit("copy", prefix("raw/p/"), to("processed/p/"), typed("text/*"));
        bench.runFor(Duration.ofSeconds(10));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/1000", "raw/p/7");
        assertThat(bench.status(id).progress().total()).isEqualTo(2);
        assertThat(bench.isThere("processed/p/7")).isTrue();
        assertThat(bench.isThere("processed/p/8")).isFalse();
        assertThat(bench.audited.stream()
                        .filter(event -> event.toString().contains("job.item.copy"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void keysAreComparedOneByOne_andMissingFilesFailAsWithoutAFilter() {
        bench.put("raw/p/a.csv", "x");
        bench.put("raw/p/b.txt", "x");

        JobId id =
                submit("verify", keys("raw/p/a.csv", "raw/p/b.txt", "raw/p/none.csv"), JobTarget.NONE, named("*.csv"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/a.csv", "raw/p/none.csv");
    }

    @Test
    void nothingSelected_endsAsSucceeded_andSaysSo() {
        bench.put("raw/p/a", "x");

        JobId listed = submit("delete", prefix("raw/p/"), JobTarget.NONE, named("*.csv"));
        JobId read = submit("archive", prefix("raw/p/"), into("raw/p/x.zip"), typed("text/*"));
        bench.runFor(Duration.ofSeconds(5));

        for (JobId id : List.of(listed, read)) {
            assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
            assertThat(bench.status(id).job().error().map(JobFailure::error)).contains("NoItems");
            assertThat(bench.items(id)).isEmpty();
        }
        assertThat(bench.isThere("raw/p/x.zip")).isFalse();
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }

    @Test
    void delete_keepsAFileThatWasReplacedAfterItWasCompared() {
        bench.put("raw/p/a.csv", "old");
        bench.failing.before = (call, key) -> {
            if (call.equals("delete") && bench.text("raw/p/a.csv").equals("old")) {
                bench.put("raw/p/a.csv", "new");
            }
        };

        JobId id = submit("delete", keys("raw/p/a.csv"), JobTarget.NONE, named("*.csv"));
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.SKIPPED);
        assertThat(bench.text("raw/p/a.csv")).isEqualTo("new");
    }

    /** The new type is not the one that the filter selects. */
    @Test
    void setMetadata_afterACrash_countsWhatItHasChanged() {
        bench.put("raw/p/a", "x");
        setType("raw/p/a");
        JobTarget target = new JobTarget(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AttributeChanges(Optional.of(new ContentType("image/png")), Optional.empty(), Map.of()));
        bench.failing.after = (call, key) -> {
            bench.failing.after = (other, otherKey) -> {};
            throw new StorageUnavailable("The answer was lost", null);
        };

        JobId id = submit("set_metadata", prefix("raw/p/"), target, typed("text/plain"));
        bench.runFor(Duration.ofSeconds(10));

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.SUCCEEDED);
        assertThat(bench.status(id).progress().total()).isEqualTo(1);
    }

    @Test
    void dryRun_leavesOutTheSame() {
        bench.put("raw/p/a", "x");
        bench.put("raw/p/b", "x");
        setType("raw/p/b");

        JobId id = bench.clients()
                .submit(
                        bench.owner,
                        new JobSpec("delete", prefix("raw/p/"), Optional.of(typed("text/*")), JobTarget.NONE, DRY_RUN),
                        Optional.empty())
                .job()
                .id();
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/b");
        assertThat(bench.isThere("raw/p/b")).isTrue();
    }

    @Test
    void filter_needsTheRightToRead() {
        bench.put("raw/p/a", "x");
        bench.asOwner(
                Principal.of("k", "k", new Rights(Set.of(new Scope.Everything()), Set.of(Action.JOBS, Action.DELETE))));

        assertThatThrownBy(() -> submit("delete", prefix("raw/p/"), JobTarget.NONE, named("*")))
                .isInstanceOf(AccessDenied.class);
    }

    private List<String> looks() {
        List<String> looks = new ArrayList<>();
        bench.failing.before = (call, key) -> {
            if (call.equals("stat")) {
                looks.add(key.value());
            }
        };
        return looks;
    }

    private void setType(String key) {
        JobTarget plain = new JobTarget(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AttributeChanges(Optional.of(new ContentType("text/plain")), Optional.empty(), Map.of()));
        bench.submit("set_metadata", keys(key), plain);
        bench.run();
    }

    private JobId submit(String operation, JobSource source, JobTarget target, SourceFilter filter) {
        return bench.clients()
                .submit(
                        bench.owner,
                        new JobSpec(operation, source, Optional.of(filter), target, JobOptions.DEFAULT),
                        Optional.empty())
                .job()
                .id();
    }

    private static SourceFilter named(String pattern) {
        return filter(Optional.of(new Glob(pattern)), Optional.empty(), Optional.empty());
    }

    private static SourceFilter named(String pattern, Duration olderThan) {
        return filter(Optional.of(new Glob(pattern)), Optional.empty(), Optional.of(olderThan));
    }

    private static SourceFilter typed(String pattern) {
        return filter(Optional.empty(), Optional.of(new Glob(pattern)), Optional.empty());
    }

    private static SourceFilter filter(Optional<Glob> name, Optional<Glob> type, Optional<Duration> olderThan) {
        return new SourceFilter(
                olderThan, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), name, type, Metadata.NONE);
    }
}
