package dev.stowage.worker.job;

import static dev.stowage.worker.job.Workshop.manifest;
import static dev.stowage.worker.job.Workshop.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that list files. */
class ManifestTest {

    private final Workshop workshop = new Workshop();

    @Test
    void csv_withAHeader_hasTheKeyInThatColumn() {
        workshop.put("raw/m/list.csv", "size,Key\r\n1,raw/p/a\r\n2,\"raw/p/b,\"\"c\"\"\"\r\n");

        assertThat(keysOf("raw/m/list.csv")).containsExactly("raw/p/a", "raw/p/b,\"c\"");
    }

    @Test
    void csv_withoutAHeader_hasTheKeyInTheFirstColumn() {
        workshop.put("raw/m/list", "\uFEFFraw/p/a,1\nraw/p/b,2");

        assertThat(keysOf("raw/m/list")).containsExactly("raw/p/a", "raw/p/b");
    }

    @Test
    void ndjson_hasAnObjectOrATextOnEachLine() {
        workshop.put("raw/m/list.ndjson", "{\"key\":\"raw/p/a\",\"size\":1}\n\n\"raw/p/\\u00fc\"\n");

        assertThat(keysOf("raw/m/list.ndjson")).containsExactly("raw/p/a", "raw/p/ü");
    }

    @Test
    void format_isSeenFromTheFirstLine_whereTheNameDoesNotTell() {
        workshop.put("raw/m/list", "{\"key\":\"raw/p/a\"}\n{\"key\":\"raw/p/b\"}\n");

        assertThat(keysOf("raw/m/list")).containsExactly("raw/p/a", "raw/p/b");
    }

    @Test
    void badLines_fail_withTheirNumber_andSpoilNoOthers() {
        workshop.put("raw/p/a", "A");
        workshop.put(
                "raw/m/list.ndjson",
                "{\"key\":\"raw/p/a\"}\n{oops\n{\"key\":1}\n{\"key\":\"/bad\"}\n{\"key\":\"" + "x".repeat(70_000)
                        + "\"}\n{\"key\":\"raw/p/none\"}");

        JobId id = workshop.submit("verify", manifest("raw/m/list.ndjson"), JobTarget.NONE);
        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(workshop.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(
                        ItemState.SUCCEEDED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED,
                        ItemState.FAILED);
        assertThat(workshop.items(id).subList(1, 5))
                .extracting(item -> item.message().orElseThrow())
                .satisfiesExactly(
                        message -> assertThat(message).startsWith("Line 2 "),
                        message -> assertThat(message).startsWith("Line 3 "),
                        message -> assertThat(message).startsWith("Line 4 ").contains("slash"),
                        message -> assertThat(message).startsWith("Line 5 ").contains("longer"));
    }

    @Test
    void copy_ofAManifest_keepsWhatFollowsTheCommonFolder_onceThatIsKnown() {
        String lines = IntStream.range(0, 2500)
                .mapToObj(i -> "raw/p/" + (i < 2400 ? "deep/" : "") + i)
                .peek(key -> workshop.put(key, "x"))
                .collect(Collectors.joining("\n"));
        workshop.put("raw/m/list.csv", lines);

        JobId id = workshop.submit("copy", manifest("raw/m/list.csv"), to("processed/q/"));
        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(workshop.isThere("processed/q/deep/7")).isTrue();
        assertThat(workshop.isThere("processed/q/2499")).isTrue();
    }

    @Test
    void emptyManifest_isDoneAtOnce() {
        workshop.put("raw/m/list.csv", "");

        JobId id = workshop.submit("delete", manifest("raw/m/list.csv"), JobTarget.NONE);
        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    private List<String> keysOf(String manifest) {
        JobId id = workshop.submit("delete", manifest(manifest), JobTarget.NONE);
        workshop.run();
        return workshop.items(id).stream().map(ItemRecord::key).toList();
    }
}
