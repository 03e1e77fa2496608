package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new service with an embedded store imports the files of the shared one, from its folder or from its bucket; and one that stores in that
 * bucket imports them from the folder of the new one.
 */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class ImportIT extends ServiceSuite {

    private static final int FILES = 100;

    /** With those of other kinds. */
    private static final int ALL = FILES + 3;

    private static final int PART = 6 << 20;

    /** Stored in parts, so its ETag is no digest of the bytes. */
    private static final int LARGE = 2 * PART;

    /** Longer than the lease of a killed process. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void anImport_thatIsKilled_continues_andItsRepetitionSkipsAll() throws Exception {
        for (int i = 0; i < FILES; i++) {
            api.store(key("f" + i), bytes(1000 + i), "Content-Type", "text/css", "X-Meta-Number", String.valueOf(i));
        }
        api.store(key("empty"), bytes(0));
        MultipartClient upload =
                MultipartClient.create(api, key("large"), Map.of("metadata", Map.of("owner", "Zo\u00eb")));
        upload.putMissing(api, List.of(bytes(PART), bytes(PART)));
        upload.complete(api).expect(200);
        api.store(key("attributes"), bytes(10), "Content-Encoding", "gzip", "Cache-Control", "max-age=60");
        JobClient job;
        try (ServiceProcess service = ServiceProcess.start(folder, settings(), ServiceProcess.SHORT_LIVED)) {
            Api there = new Api(service.address());
            job = submit(there);
            while (job.get(there).at("/progress/succeeded").asInt() == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            service.kill();
        }

        try (ServiceProcess service = ServiceProcess.start(folder, settings(), ServiceProcess.SHORT_LIVED)) {
            Api there = new Api(service.address());
            JsonNode ended = job.await(there, LIMIT);
            assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.at("/progress/total").asInt()).isEqualTo(ALL);
            assertSame(there, key(""));
            assertSkipsAll(submit(there).await(there, LIMIT));
            assertThat(service.log()).doesNotContain("ERROR");
        }
        if (stand.outside().isPresent()) {
            importIntoTheBucket();
        }
    }

    private void importIntoTheBucket() throws Exception {
        Map<String, String> settings = new HashMap<>(stand.settings(folder.resolve("bucket")));
        settings.putAll(Map.of("S3_MULTIPART_THRESHOLD", "5MiB", "S3_MULTIPART_CHUNKSIZE", "5MiB"));
        settings.put("IMPORT_SOURCES", "old");
        settings.put("IMPORT_OLD_DATA_DIR", folder.resolve("data").toString());
        String prefix = "processed/" + project + "/back/";
        Map<String, Object> target = Map.of("prefix", prefix, "overwrite", false);
        try (RunningService service =
                HostedService.start(Files.createDirectories(folder.resolve("bucket")), settings)) {
            Api there = new Api(service.address());
            Map<String, String> from = Map.of("from", "old", "prefix", key(""));
            JsonNode ended = JobClient.submit(there, "import", from, target).await(there, LIMIT);
            assertThat(ended.at("/progress/succeeded").asInt())
                    .as(ended.toString())
                    .isEqualTo(ALL);
            assertSame(there, prefix);
            assertSkipsAll(JobClient.submit(there, "import", from, target).await(there, LIMIT));
        }
    }

    private static void assertSame(Api there, String prefix) {
        for (int i = 0; i < FILES; i++) {
            assertThat(there.get(Paths.DOWNLOAD + prefix + "f" + i).body()).isEqualTo(bytes(1000 + i));
        }
        assertThat(there.get(Paths.DOWNLOAD + prefix + "empty").expect(200).body())
                .isEmpty();
        JsonNode large = there.get(Paths.METADATA + prefix + "large").json();
        JsonNode small = there.get(Paths.METADATA + prefix + "f7").json();
        JsonNode attributes = there.get(Paths.METADATA + prefix + "attributes").json();
        assertThat(large.path("size").asInt()).isEqualTo(LARGE);
        assertThat(large.at("/metadata/owner").asText()).isEqualTo("Zo\u00eb");
        assertThat(small.path("content_type").asText()).isEqualTo("text/css");
        assertThat(small.at("/metadata/number").asText()).isEqualTo("7");
        assertThat(attributes.path("content_encoding").asText()).isEqualTo("gzip");
        assertThat(attributes.path("cache_control").asText()).isEqualTo("max-age=60");
    }

    private static void assertSkipsAll(JsonNode ended) {
        assertThat(ended.at("/progress/skipped").asInt()).as(ended.toString()).isEqualTo(ALL);
    }

    private JobClient submit(Api there) {
        return JobClient.submit(there, "import", Map.of("from", "old", "prefix", key("")), Map.of("overwrite", false));
    }

    /** An embedded store, and the store of the shared service as the import source. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("IMPORT_SOURCES", "old");
        stand.settings(folder).forEach((name, value) -> settings.put("IMPORT_OLD_" + name, value));
        if (stand.outside().isEmpty()) {
            settings.put("IMPORT_OLD_DATA_DIR", stand.folder().resolve("data").toString());
        }
        return settings;
    }
}
