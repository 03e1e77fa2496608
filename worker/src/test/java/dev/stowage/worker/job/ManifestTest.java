package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.manifest;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on the files listed in a manifest. */
class ManifestTest {

    private final JobBench bench = new JobBench();

    @Test
    void csv_withAHeader_usesTheKeyColumn() {
        bench.put("raw/m/list.csv", "size,Key\r\n1,raw/p/a\r\n2,\"raw/p/b,\"\"c\"\"\"\r\n");

        assertThat(keysOf("raw/m/list.csv")).containsExactly("raw/p/a", "raw/p/b,\"c\"");
    }

    @Test
    void csv_withoutAHeader_usesTheFirstColumn() {
        bench.put("raw/m/list", "\uFEFFraw/p/a,1\nraw/p/b,2");

        assertThat(keysOf("raw/m/list")).containsExactly("raw/p/a", "raw/p/b");
    }

    @Test
    void ndjson_acceptsObjectsAndStrings() {
        bench.put("raw/m/list.ndjson", "{\"key\":\"raw/p/a\",\"size\":1}\n\n\"raw/p/\\u00fc\"\n");

        assertThat(keysOf("raw/m/list.ndjson")).containsExactly("raw/p/a", "raw/p/ü");
    }

    @Test
    void format_isDetectedFromTheFirstLine_withoutAKnownName() {
        bench.put("raw/m/list", "{\"key\":\"raw/p/a\"}\n{\"key\":\"raw/p/b\"}\n");

        assertThat(keysOf("raw/m/list")).containsExactly("raw/p/a", "raw/p/b");
    }

    @Test
    void malformedLines_fail_withTheirNumber_andDoNotAffectOthers() {
        bench.put("raw/p/a", "A");
        bench.put(
                "raw/m/list.ndjson",
                "{\"key\":\"raw/p/a\"}\n{oops\n{\"key\":1}\n{\"key\":\"../bad\"}\n{\"key\":\"" + "x".repeat(70_000)
                        + "\"}\n{\"key\":\"raw/p/none\"}");

        JobId id = bench.submit("verify", manifest("raw/m/list.ndjson"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(
                        ItemState.SUCCEEDED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED);
        assertThat(bench.items(id).subList(1, 5))
                .extracting(item -> item.message().orElseThrow())
                .satisfiesExactly(
                        message -> assertThat(message).startsWith("Line 2 "),
                        message -> assertThat(message).startsWith("Line 3 "),
                        message -> assertThat(message).startsWith("Line 4 ").contains("segment .."),
                        message -> assertThat(message).startsWith("Line 5 ").contains("longer"));
    }

    @Test
    void copy_ofAManifest_keepsPathsBelowTheCommonFolder() {
        String lines = IntStream.range(0, 2500)
                .mapToObj(i -> "raw/p/" + (i < 2400 ? "deep/" : "") + i)
                .peek(key -> bench.put(key, "x"))
                .collect(Collectors.joining("\n"));
        bench.put("raw/m/list.csv", lines);

        JobId id = bench.submit("copy", manifest("raw/m/list.csv"), to("processed/q/"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.isThere("processed/q/deep/7")).isTrue();
        assertThat(bench.isThere("processed/q/2499")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\r\r\r", " \n\n", "key\r\n", "key,note\n"})
    void manifestWithoutFiles_succeedsAtOnce(String text) {
        bench.put("raw/m/list.csv", text);

        JobId id = bench.submit("delete", manifest("raw/m/list.csv"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).job().error()).hasValueSatisfying(error -> {
            assertThat(error.error()).isEqualTo("NoItems");
            assertThat(error.message()).contains("raw/m/list.csv");
        });
    }

    @Test
    void duplicateKey_isOneItem_atAnyDistance() {
        bench.put("raw/p/a", "A");
        String others =
                IntStream.range(0, 2500).mapToObj(i -> "raw/p/" + i + "\n").collect(Collectors.joining());
        bench.put("raw/m/list.csv", "raw/p/a\n\"raw/p/a\"\n" + others + "raw/p/a\n" + others);

        JobId id = bench.submit("delete", manifest("raw/m/list.csv"), JobTarget.NONE);
        bench.run();

        assertThat(bench.status(id).progress().total()).isEqualTo(2501);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(1);
        assertThat(bench.status(id).progress().skipped()).isEqualTo(2500);
    }

    @Test
    void fileMentionedInAnotherCell_isLeftAlone() {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/keep", "K");
        bench.put("raw/m/list.csv", "key,note\r\nraw/p/a,\"old, but not\r\nraw/p/keep\r\nplease\"\r\n");

        assertThat(keysOf("raw/m/list.csv")).containsExactly("raw/p/a");
        assertThat(bench.isThere("raw/p/a")).isFalse();
        assertThat(bench.isThere("raw/p/keep")).isTrue();
    }

    @Test
    void reading_resumesAfterARecord_notWithinOne() {
        bench.put("raw/m/list.csv", longCsv());
        breakOffOnce(() -> {});

        JobId id = bench.submit("verify", manifest("raw/m/list.csv"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.status(id).progress().total()).isEqualTo(2500);
        assertThat(bench.items(id)).extracting(ItemRecord::key).contains("raw/p/0", "raw/p/999");
        assertThat(bench.items(id)).allMatch(item -> item.key().startsWith("raw/p/"));
    }

    @Test
    void manifestReplacedWhileItIsRead_failsTheJob() {
        bench.put("raw/m/list.csv", longCsv());
        breakOffOnce(() -> bench.put("raw/m/list.csv", "raw/p/other\n"));

        JobId id = bench.submit("verify", manifest("raw/m/list.csv"), JobTarget.NONE);
        bench.run();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().orElseThrow().message()).contains("was replaced while it was read");
        assertThat(bench.items(id)).extracting(ItemRecord::key).doesNotContain("raw/p/other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key,Key\nraw/p/a,raw/p/b\n", "\"key\"x,note\nraw/p/a,n\n", "\"key\nraw/p/a\n"})
    void invalidHeader_failsTheJob_andChangesNothing(String text) {
        bench.put("raw/p/a", "A");
        bench.put("raw/m/list.csv", text);

        JobId id = bench.submit("delete", manifest("raw/m/list.csv"), JobTarget.NONE);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().orElseThrow().error()).isEqualTo("InvalidRequest");
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }

    private static String longCsv() {
        return IntStream.range(0, 2500)
                .mapToObj(i -> "raw/p/" + i + ",\"two\r\nlines, one \"\"is\"\"\r\nkeep" + i + "\"\r\n")
                .collect(Collectors.joining("", "key,note\r\n", ""));
    }

    /** Interrupts the manifest's body once within a quoted cell, after some records were recorded. */
    private void breakOffOnce(Runnable then) {
        boolean[] broken = new boolean[1];
        bench.failing.bodies = body -> {
            if (broken[0]) {
                return body;
            }
            broken[0] = true;
            return new BreakingBody(body, 70_000, then);
        };
    }

    private List<String> keysOf(String manifest) {
        JobId id = bench.submit("delete", manifest(manifest), JobTarget.NONE);
        bench.run();
        return bench.items(id).stream().map(ItemRecord::key).toList();
    }

    /** A body that fails after some bytes. */
    private static final class BreakingBody extends FilterInputStream {

        private final Runnable then;
        private int left;

        BreakingBody(InputStream body, int left, Runnable then) {
            super(body);
            this.left = left;
            this.then = then;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                then.run();
                throw new IOException("broken off");
            }
            int read = super.read(buffer, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
