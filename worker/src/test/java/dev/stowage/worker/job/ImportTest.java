package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.manifest;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.testkit.Tagging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What imports copy, and what they do about failures. */
class ImportTest extends ImportSuite {

    private static final ObjectAttributes GZIP = new ObjectAttributes(
            new ContentType("text/css"),
            new Metadata(Map.of("author", "Zoë")),
            new HeaderAttributes(Map.of(HeaderAttribute.CONTENT_ENCODING, "gzip")));
    private static final JobOptions DRY_RUN = new JobOptions(true, false, 5, 8, 0, Optional.empty());

    @Test
    void import_copiesBytesAndAttributes_toMappedKeys() {
        there("site/style.css", "bytes", GZIP);
        there("site/sub/a.txt", "A");
        there("site/empty", "");
        there("other/b", "B");

        JobId id = run(prefix("site/"), to("raw/p/site/"), false);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().bytes()).isEqualTo(6);
        assertThat(bench.text("raw/p/site/style.css")).isEqualTo("bytes");
        assertThat(bench.store
                        .stat(new ObjectKey("raw/p/site/style.css"))
                        .orElseThrow()
                        .attributes())
                .isEqualTo(GZIP);
        assertThat(bench.text("raw/p/site/sub/a.txt")).isEqualTo("A");
        assertThat(bench.text("raw/p/site/empty")).isEmpty();
        assertThat(bench.items(id)).extracting(ItemRecord::message).containsOnly(Optional.empty());
        assertThat(bench.audited)
                .filteredOn(event -> event.operation().equals("job.item.import"))
                .extracting(AuditEvent::result)
                .containsExactly("ok", "ok", "ok");
    }

    @Test
    void withoutATargetPrefix_keysStay() {
        there("raw/p/a", "A");

        JobId id = run(prefix(""), JobTarget.NONE, false);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/p/a")).isEqualTo("A");
    }

    @Test
    void keysThatDoNotFit_fail_andFolderMarkersAreCopied() {
        there("x/ok", "1");
        there("x/u\u0308", "2");
        there("x/a//b", "3");
        there("x/full/", "4");
        there("x/folder/", "");

        JobId id = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.items(id))
                .extracting(ItemRecord::key, ItemRecord::state, ItemRecord::error)
                .containsExactlyInAnyOrder(
                        tuple("x/ok", ItemState.SUCCEEDED, Optional.empty()),
                        tuple("x/folder/", ItemState.SUCCEEDED, Optional.empty()),
                        tuple("x/u\u0308", ItemState.FAILED, Optional.of("InvalidKey")),
                        tuple("x/a//b", ItemState.FAILED, Optional.of("InvalidKey")),
                        tuple("x/full/", ItemState.FAILED, Optional.of("InvalidKey")));
        assertThat(bench.isThere("raw/p/folder/")).isTrue();
    }

    @Test
    void aRepeatedImport_skipsWhatIsTheSame() {
        there("x/a", "A", GZIP);
        run(prefix("x/"), to("raw/p/"), false);
        bench.foreign.before = (call, key) -> assertThat(call).isNotEqualTo("read");

        JobId id = run(prefix("x/"), to("raw/p/"), true);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().skipped()).isEqualTo(1);
    }

    @Test
    void otherFiles_areKept_unlessTheyAreToBeReplaced() {
        there("x/content", "new");
        there("x/attributes", "same", GZIP);
        bench.put("raw/p/content", "old");
        bench.put("raw/p/attributes", "same");

        JobId kept = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.items(kept))
                .allSatisfy(item -> {
                    assertThat(item.state()).isEqualTo(ItemState.FAILED);
                    assertThat(item.attempts()).isEqualTo(1);
                    assertThat(item.message().orElseThrow()).contains("set target.overwrite");
                })
                .hasSize(2);
        assertThat(bench.text("raw/p/content")).isEqualTo("old");

        JobId replaced = run(prefix("x/"), to("raw/p/"), true);

        assertThat(bench.state(replaced)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/p/content")).isEqualTo("new");
        assertThat(bench.store
                        .stat(new ObjectKey("raw/p/attributes"))
                        .orElseThrow()
                        .attributes())
                .isEqualTo(GZIP);
    }

    @Test
    void whereETagsAreNoDigests_bytesAreCompared() {
        bench = new JobBench(Tagging.RANDOM);
        there("x/a", "A");
        there("x/b", "B");

        JobId first = run(prefix("x/"), to("raw/p/"), false);
        bench.put("raw/p/b", "C");
        JobId second = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.items(first))
                .allMatch(item -> item.state() == ItemState.SUCCEEDED)
                .allMatch(item -> item.message().orElse("").contains("ETag is not a digest"));
        assertThat(bench.items(second))
                .extracting(ItemRecord::key, ItemRecord::state)
                .containsExactly(tuple("x/a", ItemState.SKIPPED), tuple("x/b", ItemState.FAILED));
    }

    @Test
    void anObjectThatIsReplacedMeanwhile_isCopiedInItsNewVersion() {
        there("x/a", "old");
        bench.foreign.before = (call, key) -> {
            if (call.equals("read")) {
                bench.foreign.before = (other, same) -> {};
                there("x/a", "newer");
            }
        };

        JobId id = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.items(id)).extracting(ItemRecord::attempts).containsExactly(2);
        assertThat(bench.text("raw/p/a")).isEqualTo("newer");
    }

    @Test
    void damagedBytes_areNotStored() {
        there("x/a", "right");
        bench.foreign.bodies = body -> text("wrong");

        JobId id = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.items(id)).extracting(ItemRecord::error).containsExactly(Optional.of("ChecksumMismatch"));
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    @Test
    void whatTheStoreDamages_isDeletedAgain() {
        bench = new JobBench(Tagging.RANDOM);
        there("x/a", "right");
        bench.failing.bodies = body -> text("wrong");

        JobId id = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.items(id)).extracting(ItemRecord::error).containsExactly(Optional.of("ChecksumMismatch"));
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    @Test
    void aBrokenConnection_isRetried() {
        there("x/a", "whole");
        bench.foreign.bodies = body -> {
            bench.foreign.bodies = same -> same;
            return new SequenceInputStream(text("wh"), broken());
        };

        JobId id = run(prefix("x/"), to("raw/p/"), false);

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.text("raw/p/a")).isEqualTo("whole");
    }

    @Test
    void aSourceThatIsAway_isWaitedFor() {
        there("x/a", "A");
        bench.foreign.before = (call, key) -> {
            throw new StorageUnavailable("away", null);
        };
        JobId id = submit(keys("x/a"), to("raw/p/"), false, JobOptions.DEFAULT);
        bench.run();
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);

        bench.foreign.before = (call, key) -> {};
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void anItemWhoseRecordWasLost_isSkipped_whenItIsRunAgain() {
        there("x/a", "A");
        bench.put("raw/p/a", "A");

        JobId id = run(keys("x/a"), to("raw/p/"), false);

        assertThat(bench.items(id)).extracting(ItemRecord::state).containsExactly(ItemState.SKIPPED);
    }

    @Test
    void aManifestOfThisService_namesKeysOfTheSource() {
        there("x/sub/a", "A");
        there("x/sub/b", "B");
        bench.put("raw/p/list.csv", "key\nx/sub/a\nx/sub/b\nx/sub/none\n");

        JobId id = run(manifest("raw/p/list.csv"), to("raw/q/"), false);

        assertThat(bench.text("raw/q/a")).isEqualTo("A");
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.SUCCEEDED, ItemState.FAILED);
    }

    @Test
    void aFilter_selectsFilesOfTheSource_alsoInADryRun() {
        there("x/a", "A", GZIP);
        there("x/b", "B");
        SourceFilter css = new SourceFilter(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new Glob("text/*")),
                Metadata.NONE);

        for (JobOptions options : List.of(DRY_RUN, JobOptions.DEFAULT)) {
            JobId id = bench.clients()
                    .submit(
                            bench.owner,
                            new JobSpec("import", prefix("x/"), Optional.of(css), to("raw/p/"), options)
                                    .from(Optional.of(new ImportFrom("old", false))),
                            Optional.empty())
                    .job()
                    .id();
            bench.run();

            assertThat(bench.items(id)).extracting(ItemRecord::key).containsExactly("x/a");
            assertThat(bench.isThere("raw/p/a")).isEqualTo(!options.dryRun());
        }
        assertThat(bench.isThere("raw/p/b")).isFalse();
    }

    @Test
    void aDryRun_saysWhatWouldBeDone() {
        there("x/new", "1");
        there("x/same", "2");
        there("x/other", "3");
        bench.put("raw/p/same", "2");
        bench.put("raw/p/other", "longer");

        JobId id = submit(prefix("x/"), to("raw/p/"), false, DRY_RUN);
        bench.run();

        assertThat(bench.items(id))
                .extracting(ItemRecord::key, ItemRecord::state)
                .containsExactly(
                        tuple("x/new", ItemState.SUCCEEDED),
                        tuple("x/other", ItemState.FAILED),
                        tuple("x/same", ItemState.SKIPPED));
        assertThat(bench.items(id).get(0).message()).contains("Would be stored at raw/p/new");
        assertThat(bench.isThere("raw/p/new")).isFalse();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream broken() {
        return new BodyStream() {
            @Override
            protected int take(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };
    }
}
