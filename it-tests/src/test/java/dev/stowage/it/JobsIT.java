package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Batch jobs, end to end, on every store. */
@RunsOn({StandKind.EMBEDDED, StandKind.LOCALSTACK, StandKind.POSTGRES})
class JobsIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("a b+c", "d%e#f?g", "ü/ñ/漢", "plain", "x/y/z");

    @Test
    void copyMoveAndDelete_ofAPrefix_withAnyKeys() throws Exception {
        for (String name : NAMES) {
            api.store(key(name), bytes(name.length()));
        }

        JsonNode copied = run("copy", Map.of("prefix", key("")), Map.of("prefix", copy("")));
        JsonNode moved = run("move", Map.of("prefix", copy("")), Map.of("prefix", copy("moved/")));
        assertThat(keys(copy("")))
                .isEqualTo(NAMES.stream().map(name -> copy("moved/" + name)).collect(Collectors.toSet()));
        for (String name : NAMES) {
            assertThat(api.get(Paths.DOWNLOAD + Api.encode(copy("moved/" + name)))
                            .body())
                    .isEqualTo(bytes(name.length()));
        }
        JsonNode deleted = run("delete", Map.of("prefix", copy("")), Map.of());

        for (JsonNode job : List.of(copied, moved, deleted)) {
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
            assertThat(job.at("/progress/total").asInt()).isEqualTo(NAMES.size());
            assertThat(job.at("/progress/bytes").asInt())
                    .isEqualTo(NAMES.stream().mapToInt(String::length).sum());
        }
        assertThat(keys(copy(""))).isEmpty();
        assertThat(keys(key(""))).hasSize(NAMES.size());
    }

    @Test
    void keysAndManifest_withMissingFiles_skipThem() throws Exception {
        api.store(key("a"), bytes(1));
        api.store(key("b"), bytes(2));
        api.store(
                key("list.csv"),
                ("key\n" + key("a") + "\n//bad\n" + key("none") + "\n").getBytes(StandardCharsets.UTF_8));

        JsonNode listed = run("verify", Map.of("manifest", key("list.csv")), Map.of());
        JsonNode named = run("delete", Map.of("keys", List.of(key("a"), key("none"))), Map.of());

        assertThat(listed.path("state").asText()).isEqualTo("partially_failed");
        assertThat(listed.at("/progress/succeeded").asInt()).isEqualTo(1);
        assertThat(listed.at("/progress/failed").asInt()).isEqualTo(2);
        assertThat(named.at("/progress/succeeded").asInt()).isEqualTo(1);
        assertThat(named.at("/progress/skipped").asInt()).isEqualTo(1);
        assertThat(keys(key(""))).containsExactlyInAnyOrder(key("b"), key("list.csv"));
    }

    @Test
    void verify_readsFilesOfOnePartAndOfMany() throws Exception {
        api.store(key("whole"), bytes(100_000));
        MultipartClient upload = MultipartClient.create(api, key("parts"));
        upload.putMissing(api, List.of(bytes(5 << 20), bytes(1000)));
        assertThat(upload.complete(api).status()).isEqualTo(200);

        JsonNode verified = run("verify", Map.of("prefix", key("")), Map.of());

        assertThat(verified.path("state").asText()).as(verified.toString()).isEqualTo("succeeded");
        assertThat(verified.at("/progress/bytes").asLong()).isEqualTo(100_000 + (5 << 20) + 1000);
    }

    @Test
    void setMetadata_replacesIt() throws Exception {
        api.store(key("a"), bytes(10), "Content-Type", "text/csv", "X-Meta-Old", "1");

        run("set_metadata", Map.of("keys", List.of(key("a"))), Map.of("metadata", Map.of("new", "ü")));

        JsonNode file = api.get(Paths.METADATA + key("a")).json();
        assertThat(file.path("content_type").asText()).isEqualTo("text/csv");
        assertThat(file.path("metadata").toString()).isEqualTo("{\"new\":\"ü\"}");
        assertThat(api.get(Paths.DOWNLOAD + key("a")).body()).isEqualTo(bytes(10));
    }

    @Test
    void filter_selectsFiles_andNothingElseIsAnItem() throws Exception {
        api.store(key("a.csv"), bytes(10), "Content-Type", "text/csv", "X-Meta-Owner", "Ada");
        api.store(key("b.csv"), bytes(10), "Content-Type", "text/csv");
        api.store(key("c.csv"), bytes(2), "Content-Type", "text/csv", "X-Meta-Owner", "Ada");
        api.store(key("a.txt"), bytes(10), "Content-Type", "text/plain", "X-Meta-Owner", "Ada");

        JsonNode listed =
                run("verify", Map.of("prefix", key(""), "filter", Map.of("name", "*.csv", "larger_than", 5)), Map.of());
        JsonNode deleted = run(
                "delete",
                Map.of(
                        "prefix",
                        key(""),
                        "filter",
                        Map.of("larger_than", 5, "content_type", "text/c*", "metadata", Map.of("owner", "Ada"))),
                Map.of());
        JsonNode none = run("delete", Map.of("prefix", key(""), "filter", Map.of("older_than", 3600)), Map.of());

        assertThat(listed.at("/progress/total").asInt()).isEqualTo(2);
        assertThat(deleted.path("state").asText()).isEqualTo("succeeded");
        assertThat(deleted.at("/progress/total").asInt()).isEqualTo(1);
        assertThat(none.at("/error/error").asText()).isEqualTo("NoItems");
        assertThat(keys(key(""))).containsExactlyInAnyOrder(key("b.csv"), key("c.csv"), key("a.txt"));
    }

    @Test
    void inventory_ofAPrefix_isTheManifestOfAnotherJob() throws Exception {
        for (String name : NAMES) {
            api.store(key(name), bytes(name.length()), "Content-Type", "text/csv");
        }

        JsonNode listed = run("inventory", Map.of("prefix", key("")), Map.of("key", copy("all.csv")));
        String lines = api.get(Paths.DOWNLOAD + copy("all.csv")).text();
        JsonNode deleted = run("delete", Map.of("manifest", copy("all.csv")), Map.of());

        assertThat(listed.path("state").asText()).as(listed.toString()).isEqualTo("succeeded");
        assertThat(lines.lines())
                .hasSize(NAMES.size() + 1)
                .first()
                .isEqualTo("key,size,etag,last_modified,content_type");
        assertThat(lines).containsPattern(key("plain") + ",5,[^,]+,20[^,]+Z,text/csv\r\n");
        assertThat(deleted.at("/progress/succeeded").asInt()).isEqualTo(NAMES.size());
        assertThat(keys(key(""))).isEmpty();
    }

    @Test
    void extract_ofAnArchive_restoresItsFiles() throws Exception {
        Map<String, byte[]> files =
                Map.of(key("large"), bytes(6 << 20), key("empty"), new byte[0], key("ü/x y.txt"), bytes(1000));
        files.forEach(api::store);
        run("archive", Map.of("prefix", key("")), Map.of("key", copy("all.zip"), "strip_prefix", key("")));

        JsonNode extracted = run("extract", Map.of("keys", List.of(copy("all.zip"))), Map.of("prefix", copy("all/")));

        assertThat(extracted.path("state").asText()).as(extracted.toString()).isEqualTo("succeeded");
        assertThat(extracted.at("/progress/succeeded").asInt()).isEqualTo(files.size());
        files.forEach((name, bytes) -> assertThat(
                        api.get(Paths.DOWNLOAD + Api.encode(copy("all/" + name.substring(key("").length()))))
                                .body())
                .as(name)
                .isEqualTo(bytes));
        assertThat(api.get(Paths.METADATA + Api.encode(copy("all/ü/x y.txt")))
                        .json()
                        .path("content_type")
                        .asText())
                .isEqualTo("text/plain");
    }

    @Test
    void archive_isOneZip_largerThanAPart() throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        files.put(key("large"), bytes(20 << 20));
        files.put(key("empty"), new byte[0]);
        files.put(key("ü b"), bytes(1000));
        files.forEach(api::store);

        JsonNode archived = run("archive", Map.of("prefix", key("")), Map.of("key", copy("all.zip")));

        assertThat(archived.path("state").asText()).as(archived.toString()).isEqualTo("succeeded");
        Map<String, byte[]> entries =
                unzipped(api.get(Paths.DOWNLOAD + copy("all.zip")).body());
        assertThat(entries.keySet()).isEqualTo(files.keySet());
        files.forEach((name, bytes) -> assertThat(entries.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void report_hasALineForEachItem() throws Exception {
        api.store(key("a"), bytes(1));
        JobClient job = JobClient.submit(api, "verify", Map.of("keys", List.of(key("a"), key("none"))), Map.of());
        job.await(api, LIMIT);

        // Says what was compared, if not everything.
        String compared = stand.tagsAreDigests() ? "" : ".+";
        assertThat(api.get(job.path("/report?format=csv")).text())
                .matches("key,state,attempts,error,message\r\n" + key("a") + ",succeeded,1,," + compared + "\r\n"
                        + key("none") + ",failed,1,FileNotFound,No file at " + key("none") + "\r\n");
        assertThat(api.get(job.path("/report")).text().lines()).hasSize(2);
        assertThat(api.delete(job.path("")).status()).isEqualTo(204);
        assertThat(api.get(job.path("")).status()).isEqualTo(404);
    }

    private JsonNode run(String operation, Map<String, ?> source, Map<String, ?> target) throws InterruptedException {
        return JobClient.submit(api, operation, source, target).await(api, LIMIT);
    }

    private String copy(String name) {
        return "processed/" + project + "/" + name;
    }

    private Set<String> keys(String prefix) {
        JsonNode listed = api.get(Paths.LIST + "?prefix=" + Api.query(prefix)).json();
        return StreamSupport.stream(listed.path("files").spliterator(), false)
                .map(file -> file.path("key").asText())
                .collect(Collectors.toSet());
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                entries.put(entry.getName(), stream.readAllBytes());
            }
        }
        return entries;
    }
}
