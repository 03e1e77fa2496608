package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The archives that jobs make. */
class ArchiveOperationTest {

    final JobBench bench = bench();

    JobBench bench() {
        return new JobBench();
    }

    @Test
    void archive_isOneZipOfAll_withoutItself() throws IOException {
        bench.put("raw/p/a", "A");
        bench.put("raw/p/empty", "");
        bench.put("raw/p/ü/" + "b".repeat(100), "B".repeat(300_000));
        bench.put("raw/p/old.zip", "an older one");

        JobTarget target = new JobTarget(
                Optional.empty(),
                Optional.of(new KeyPrefix("raw/p/")),
                Optional.of(new ObjectKey("raw/p/old.zip")),
                AttributeChanges.NONE);
        JobId id = bench.submit("archive", prefix("raw/p/"), target);
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().skipped()).isEqualTo(1);
        assertThat(unzipped("raw/p/old.zip"))
                .isEqualTo(Map.of("a", "A", "empty", "", "ü/" + "b".repeat(100), "B".repeat(300_000)));
    }

    @Test
    void archive_skipsAMissingFile() throws IOException {
        bench.put("raw/p/a", "A");

        JobId id = bench.submit("archive", keys("raw/p/none", "raw/p/a"), into("raw/p/all.zip"));
        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(unzipped("raw/p/all.zip")).isEqualTo(Map.of("raw/p/a", "A"));
    }

    @Test
    void archive_ofKeysThatOtherClientsGave_hasASafeEntryForEachOnce() throws IOException {
        List<String> foreign =
                List.of("raw/p//a", "raw/p/a", "raw/p/A", "raw/p/..\\a", "raw/p/e\u0301", "raw/p/\u00e9", "raw/p/sub/");
        foreign.forEach(key -> bench.put(key, key));

        JobTarget target = new JobTarget(
                Optional.empty(),
                Optional.of(new KeyPrefix("raw/p/")),
                Optional.of(new ObjectKey("raw/q/all.zip")),
                AttributeChanges.NONE);
        String[] twice = Stream.concat(foreign.stream(), foreign.stream()).toArray(String[]::new);
        JobId id = bench.submit("archive", keys(twice), target);
        bench.run();

        assertThat(bench.status(id).progress().succeeded()).isEqualTo(foreign.size());
        assertThat(unzipped("raw/q/all.zip"))
                .isEqualTo(Map.of(
                        "%2Fa", "raw/p//a",
                        "a", "raw/p/a",
                        "A", "raw/p/A",
                        "..%5Ca", "raw/p/..\\a",
                        "e\u0301", "raw/p/e\u0301",
                        "\u00e9", "raw/p/\u00e9",
                        "sub%2F", "raw/p/sub/"));
    }

    private Map<String, String> unzipped(String key) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bench.bytes(key)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(entries.put(entry.getName(), text)).isNull();
            }
        }
        return entries;
    }
}
