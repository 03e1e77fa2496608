package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new service with an embedded store imports the files of the shared one, from its folder or from its bucket. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class ImportIT extends ServiceSuite {

    private static final int FILES = 100;

    /** Larger than a part: the ETag on S3 is no digest of the bytes. */
    private static final int LARGE = 17 << 20;

    /** Longer than the lease of a killed process. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void anImport_thatIsKilled_continues_andItsRepetitionSkipsAll() throws Exception {
        for (int i = 0; i < FILES; i++) {
            api.store(key("f" + i), bytes(1000 + i), "Content-Type", "text/css", "X-Meta-Number", String.valueOf(i));
        }
        api.store(key("large"), bytes(LARGE), "Content-Encoding", "gzip");
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
            assertThat(ended.at("/progress/total").asInt()).isEqualTo(FILES + 1);
            for (int i = 0; i < FILES; i++) {
                assertThat(there.get(Paths.DOWNLOAD + key("f" + i)).body()).isEqualTo(bytes(1000 + i));
            }
            JsonNode large = there.get(Paths.METADATA + key("large")).json();
            JsonNode small = there.get(Paths.METADATA + key("f7")).json();
            assertThat(large.path("size").asInt()).isEqualTo(LARGE);
            assertThat(large.path("content_encoding").asText()).isEqualTo("gzip");
            assertThat(small.path("content_type").asText()).isEqualTo("text/css");
            assertThat(small.at("/metadata/number").asText()).isEqualTo("7");

            JsonNode again = submit(there).await(there, LIMIT);
            assertThat(again.at("/progress/skipped").asInt())
                    .as(again.toString())
                    .isEqualTo(FILES + 1);
            assertThat(service.log()).doesNotContain("ERROR");
        }
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
