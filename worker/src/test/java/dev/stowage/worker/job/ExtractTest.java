package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as sources. The bench allows 2000 entries, 200 MiB, and 20 times the size of the archive. */
class ExtractTest {

    private static final String ARCHIVE = "raw/p/archive";

    private final JobBench bench = new JobBench();

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void extract_storesEachFile_withItsType(String format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.txt", "A");
        files.put("./sub/b.CSV", "B".repeat(200_000));
        files.put("empty", "");
        files.put("folder/", "");
        files.put("u\u0308 x", "decomposed");
        files.put("long/" + "n".repeat(200) + "/c", "C");
        put(archive(format, files));

        JobId id = extract();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().total()).isEqualTo(5);
        assertThat(bench.status(id).progress().bytes()).isEqualTo(200_012);
        assertThat(bench.text("processed/p/x/a.txt")).isEqualTo("A");
        assertThat(bench.text("processed/p/x/sub/b.CSV")).isEqualTo("B".repeat(200_000));
        assertThat(bench.text("processed/p/x/empty")).isEmpty();
        assertThat(bench.text("processed/p/x/\u00fc x")).isEqualTo("decomposed");
        assertThat(bench.text("processed/p/x/long/" + "n".repeat(200) + "/c")).isEqualTo("C");
        assertThat(bench.store
                        .stat(new ObjectKey("processed/p/x/sub/b.CSV"))
                        .orElseThrow()
                        .attributes()
                        .contentType()
                        .value())
                .isEqualTo("text/csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar"})
    void namesThatDoNotFit_fail_andTheOthersAreStored(String format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("first", "1");
        files.put("../../raw/p/evil", "x");
        files.put("a/../b", "x");
        files.put("a//b", "x");
        files.put("n".repeat(1100), "x");
        files.put("last", "2");
        if (format.equals("zip")) {
            files.put("/etc/passwd", "x");
        }
        put(archive(format, files));

        JobId id = extract();

        assertThat(bench.state(id)).isEqualTo(JobState.PARTIALLY_FAILED);
        assertThat(bench.items(id).stream().filter(item -> item.state() == ItemState.SUCCEEDED))
                .extracting(ItemRecord::key)
                .containsExactly("first", "last");
        assertThat(bench.items(id).stream().filter(item -> item.state() == ItemState.FAILED))
                .hasSize(files.size() - 2)
                .allMatch(item -> item.message().orElse("").startsWith("Entry "));
        assertThat(bench.text("processed/p/x/last")).isEqualTo("2");
        assertThat(bench.isThere("raw/p/evil")).isFalse();
    }

    @Test
    void linksAndDevices_fail_andAreNotFollowed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            TarArchiveEntry hard = new TarArchiveEntry("hard", TarConstants.LF_LINK);
            hard.setLinkName("a");
            tar.putArchiveEntry(hard);
            tar.closeArchiveEntry();
            tar.putArchiveEntry(new TarArchiveEntry("device", TarConstants.LF_CHR));
            tar.closeArchiveEntry();
            add(tar, "a", "A");
        }
        put(bytes.toByteArray());

        JobId id = extract();

        assertThat(bench.items(id))
                .extracting(ItemRecord::key, ItemRecord::state)
                .containsExactly(
                        tuple("link", ItemState.FAILED),
                        tuple("hard", ItemState.FAILED),
                        tuple("device", ItemState.FAILED),
                        tuple("a", ItemState.SUCCEEDED));
        assertThat(bench.text("processed/p/x/a")).isEqualTo("A");
    }

    @Test
    void bombs_areRefused_beforeAnythingIsStored() throws IOException {
        put(archive("zip", Map.of("a", "0".repeat(70 << 20))));
        refused(extract(), "more than 20 times as large");

        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 2000; i++) {
            many.put("f" + i, "x");
        }
        put(archive("tar", many));
        refused(extract(), "more than 2000 entries");
    }

    /** The library would hold the name in memory. */
    @Test
    void aNameOfManyMegabytes_isRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(8 << 20);
            tar.putArchiveEntry(name);
            tar.write(new byte[8 << 20]);
            tar.closeArchiveEntry();
        }
        put(bytes.toByteArray());

        refused(extract(), "header of an entry");
    }

    @Test
    void whatIsNoArchive_orDamaged_isRefused_beforeAnythingIsStored() throws IOException {
        put("just text".repeat(1000).getBytes(StandardCharsets.UTF_8));
        refused(extract(), "is not a ZIP, TAR or gzip-compressed TAR file");

        byte[] zip = archive("zip", Map.of("a", "A".repeat(100_000), "b", "B".repeat(100_000)));
        put(Arrays.copyOf(zip, zip.length / 2));
        refused(extract(), "damaged");

        byte[] tar = archive("tar.gz", Map.of("a", "A".repeat(100_000)));
        tar[tar.length - 6] ^= 1;
        put(tar);
        refused(extract(), "damaged");
    }

    @Test
    void anEmptyArchive_endsAsSucceeded_andSaysSo() throws IOException {
        put(archive("zip", Map.of()));

        JobId id = extract();

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).job().error().map(JobFailure::error)).contains("NoItems");
    }

    @Test
    void anInterruptedPass_startsAgain_andStoresTheSameFiles() throws IOException {
        put(archive("tar.gz", Map.of("a", "A", "b", "B", "c", "C")));
        int[] failures = {2};
        bench.failing.before = (call, key) -> {
            if (call.equals("put") && key.value().endsWith("/b") && failures[0]-- > 0) {
                throw new StorageUnavailable("away", null);
            }
        };

        JobId id = bench.submit("extract", keys(ARCHIVE), to("processed/p/x/"));
        bench.runFor(Duration.ofSeconds(60));

        assertThat(bench.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.status(id).progress().succeeded()).isEqualTo(3);
        assertThat(bench.text("processed/p/x/b")).isEqualTo("B");
    }

    @Test
    void aFileThatTheStoreRefuses_fails_andTheOthersAreStored() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a", "A".repeat(100_000));
        files.put("b", "B");
        put(archive("zip", files));
        bench.failing.before = (call, key) -> {
            if (call.equals("put") && key.value().endsWith("/a")) {
                throw new StorageRejected("no", null);
            }
        };

        JobId id = extract();

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.FAILED, ItemState.SUCCEEDED);
        assertThat(bench.text("processed/p/x/b")).isEqualTo("B");
    }

    @Test
    void anArchiveThatIsReplacedMeanwhile_endsTheJob() throws IOException {
        put(archive("zip", Map.of("a", "A")));
        bench.afterJobs = call -> {
            if (call.equals("enumeratedAll")) {
                put("another".getBytes(StandardCharsets.UTF_8));
            }
        };

        JobId id = extract();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().map(JobFailure::error)).contains("PreconditionFailed");
        assertThat(bench.isThere("processed/p/x/a")).isFalse();
    }

    @Test
    void dryRun_saysWhatWouldBeStored() throws IOException {
        put(archive("zip", Map.of("a", "A")));

        JobId id = bench.submit(
                "extract", keys(ARCHIVE), to("processed/p/x/"), new JobOptions(true, false, 5, 8, 0, Optional.empty()));
        bench.run();

        assertThat(bench.items(id).get(0).message()).contains("Would be stored at processed/p/x/a");
        assertThat(bench.isThere("processed/p/x/a")).isFalse();
    }

    @Test
    void extract_needsTheRightsToReadAndToWrite() throws IOException {
        put(archive("zip", Map.of("a", "A")));
        for (Action only : List.of(Action.READ, Action.WRITE)) {
            bench.asOwner(
                    Principal.of("k", "k", new Rights(Set.of(new Scope.Everything()), Set.of(Action.JOBS, only))));
            assertThatThrownBy(() -> bench.submit("extract", keys(ARCHIVE), to("processed/p/x/")))
                    .isInstanceOf(AccessDenied.class);
        }
    }

    @Test
    void unclearRequests_areRefused() {
        assertThatThrownBy(() -> bench.submit("extract", prefix("raw/p/"), to("processed/p/x/")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> bench.submit("extract", keys("raw/p/a", "raw/p/b"), to("processed/p/x/")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> bench.submit("extract", keys("raw/p/a"), JobTarget.NONE))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> bench.submit("extract", keys("raw/p/a"), to("elsewhere/")))
                .isInstanceOf(InvalidInput.class);
    }

    private JobId extract() {
        JobId id = bench.submit("extract", keys(ARCHIVE), to("processed/p/x/"));
        bench.run();
        return id;
    }

    private void refused(JobId id, String why) {
        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().orElseThrow().message()).contains(why);
        assertThat(bench.store.list(ListQuery.of(new KeyPrefix("processed/"))).objects())
                .isEmpty();
    }

    private void put(byte[] archive) {
        assertThat(bench.store
                        .put(new ObjectKey(ARCHIVE), Content.of(archive), PutOptions.DEFAULT)
                        .info()
                        .size())
                .isEqualTo(archive.length);
    }

    private static byte[] archive(String format, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (format.equals("zip")) {
            try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
            return bytes.toByteArray();
        }
        try (OutputStream out = format.equals("tar.gz") ? new GZIPOutputStream(bytes) : bytes;
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(tar, file.getKey(), file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(body.length);
        tar.putArchiveEntry(entry);
        tar.write(body);
        tar.closeArchiveEntry();
    }
}
