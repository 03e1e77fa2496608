package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.manifest;
import static dev.stowage.worker.job.JobBench.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inventories, and other jobs that read them as manifests. */
class InventoryTest {

    private static final List<String> NAMES =
            List.of("a", "a,b", "a \"b\"", " a", "e\u0301", "x\\y", "漢", "a//b", "=1+1", "key");

    private final JobBench bench = new JobBench();

    @ParameterizedTest
    @ValueSource(strings = {"raw/q/all.csv", "raw/q/all.ndjson", "raw/q/all"})
    void inventory_isAManifestOfTheSameFiles(String target) {
        NAMES.forEach(name -> bench.put("raw/p/" + name, name));

        JobId written = bench.submit("inventory", prefix("raw/p/"), into(target));
        bench.run();
        JobId read = bench.submit("verify", manifest(target), JobTarget.NONE);
        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.state(written)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.state(read)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(read))
                .extracting(ItemRecord::key)
                .containsExactlyInAnyOrderElementsOf(
                        NAMES.stream().map(name -> "raw/p/" + name).toList());
    }

    @Test
    void inventory_hasTheProperties_inTheFormatOfTheExtensionOrTheType() {
        bench.put("raw/p/a", "abc");
        ObjectInfo file = bench.store.stat(new ObjectKey("raw/p/a")).orElseThrow();

        JobId csv = bench.submit("inventory", prefix("raw/p/"), into("raw/q/x.csv"));
        JobId ndjson = bench.submit("inventory", prefix("raw/p/"), into("raw/q/x.jsonl"));
        JobId typed = bench.submit("inventory", prefix("raw/p/"), typed("raw/q/x", "text/csv"));
        bench.run();

        assertThat(List.of(csv, ndjson, typed)).allMatch(id -> bench.state(id) == JobState.SUCCEEDED);
        String etag = file.etag().value();
        String line = "raw/p/a,3," + etag + ",2025-01-01T12:00:00Z,application/octet-stream\r\n";
        assertThat(bench.text("raw/q/x.csv")).isEqualTo("key,size,etag,last_modified,content_type\r\n" + line);
        assertThat(bench.text("raw/q/x")).isEqualTo(bench.text("raw/q/x.csv"));
        assertThat(bench.text("raw/q/x.jsonl"))
                .isEqualTo(
                        "{\"key\":\"raw/p/a\",\"size\":3,\"etag\":\"" + etag
                                + "\",\"last_modified\":\"2025-01-01T12:00:00Z\",\"content_type\":\"application/octet-stream\"}\n");
        assertThat(bench.store
                        .stat(new ObjectKey("raw/q/x.csv"))
                        .orElseThrow()
                        .attributes()
                        .contentType()
                        .value())
                .isEqualTo("text/csv; charset=utf-8; header=present");
    }

    @Test
    void inventory_ofManyFiles_keepsTheirOrder_andLeavesOutItself() {
        IntStream.range(0, 2500).forEach(i -> bench.put(String.format("raw/p/%04d", i), "x"));
        bench.put("raw/p/0007.csv", "an older one");

        JobId id = bench.submit("inventory", prefix("raw/p/"), into("raw/p/0007.csv"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().skipped()).isEqualTo(1);
        assertThat(bench.text("raw/p/0007.csv").lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(IntStream.range(0, 2500)
                        .mapToObj(i -> String.format("raw/p/%04d", i))
                        .toList());
    }

    @Test
    void missingFiles_fail_andTheOthersAreListed() {
        bench.put("raw/p/a", "x");

        JobId id = bench.submit("inventory", keys("raw/p/none", "raw/p/a"), into("raw/q/x.csv"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.text("raw/q/x.csv").lines()).hasSize(2);
    }

    @Test
    void anUnavailableFile_startsTheInventoryAgain() {
        bench.put("raw/p/a", "x");
        bench.put("raw/p/b", "x");
        int[] failures = {2};
        bench.failing.before = (call, key) -> {
            if (call.equals("stat") && key.value().equals("raw/p/b") && failures[0]-- > 0) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("inventory", prefix("raw/p/"), into("raw/q/x.csv"));
        bench.runFor(Duration.ofSeconds(30));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::state).containsOnly(ItemState.SUCCEEDED);
        assertThat(bench.text("raw/q/x.csv").lines()).hasSize(3);
    }

    @Test
    void filter_isAppliedToThePropertiesThatAreReadAnyway() {
        bench.put("raw/p/a", "x");
        bench.put("raw/p/b", "x");
        int[] looks = {0};
        bench.failing.before = (call, key) -> looks[0] += call.equals("stat") ? 1 : 0;
        SourceFilter binary = new SourceFilter(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(new Glob("b")),
                Optional.of(new Glob("application/*")),
                Metadata.NONE);

        JobId id = bench.clients()
                .submit(
                        bench.owner,
                        new JobSpec(
                                "inventory",
                                keys("raw/p/a", "raw/p/b"),
                                Optional.of(binary),
                                into("raw/q/x.csv"),
                                JobOptions.DEFAULT),
                        Optional.empty())
                .job()
                .id();
        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("raw/p/b");
        assertThat(bench.text("raw/q/x.csv").lines()).hasSize(2);
        assertThat(looks[0]).isEqualTo(2);
    }

    @Test
    void unclearFormats_areRefused() {
        for (JobTarget target :
                List.of(typed("raw/q/x.csv", "application/x-ndjson"), typed("raw/q/x", "text/plain"), JobTarget.NONE)) {
            assertThatThrownBy(() -> bench.submit("inventory", prefix("raw/p/"), target))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    private static JobTarget typed(String key, String type) {
        return new JobTarget(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ObjectKey(key)),
                new AttributeChanges(Optional.of(new ContentType(type)), Optional.empty(), Map.of()));
    }
}
