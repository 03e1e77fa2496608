package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Files that expire by rules and by themselves, on real stores and databases. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY, StandKind.POSTGRES})
class ExpiryIT extends ServiceSuite {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** One test, as each would wait for the same work in the background. */
    @Test
    void filesExpire_byRulesAndByThemselves_andOthersStay() throws Exception {
        String start = api.get("/api/v1/events?after=now")
                .expect(200)
                .json()
                .path("next_after")
                .asText();
        api.store(key("rule/before"), bytes(1));
        api.store(key("stays"), bytes(1));
        setRule();
        try {
            api.store(key("rule/after"), bytes(1));
            put("own", "?expires_in=1");
            put("replaced", "?expires_in=1");
            put("replaced", "");
            put("later", "?expires_in=3600");
            // Not before it is moved, also on a slow machine; stores list times to the second.
            put("moving", "?expires_in=10");
            api.post(Paths.OBJECT + "copy", Map.of("source_key", key("moving"), "target_key", key("copy")))
                    .expect(200);
            api.post(Paths.OBJECT + "move", Map.of("source_key", key("moving"), "target_key", key("moved")))
                    .expect(200);
            MultipartClient multipart = MultipartClient.create(api, key("parts"), Map.of("expires_in", 1));
            multipart.putMissing(api, List.of(bytes(9)));
            multipart.complete(api).expect(200);

            assertThat(metadata("later").path("expires_at").asText())
                    .isEqualTo(Instant.parse(
                                    metadata("later").path("last_modified").asText())
                            .plusSeconds(3600)
                            .toString());
            await(Set.of("copy", "later", "replaced", "stays"));
        } finally {
            setRules("");
        }
        assertThat(expired(start)).contains("rule/before", "rule/after", "own", "moved", "parts");
    }

    private void setRule() {
        setRules("{\"id\":\"it\",\"prefix\":\"" + key("rule/") + "\",\"expire_after\":\"1s\"}");
    }

    private void setRules(String rules) {
        api.send(
                        "PUT",
                        "/api/v1/lifecycle",
                        BodyPublishers.ofString("{\"rules\":[" + rules + "]}"),
                        "Content-Type",
                        "application/json")
                .expect(200);
    }

    private void put(String name, String query) {
        api.put(Paths.OBJECT + Api.encode(key(name)) + query, bytes(1)).expect(200, 201);
    }

    private JsonNode metadata(String name) {
        return api.get(Paths.METADATA + Api.encode(key(name))).expect(200).json();
    }

    /** Until the project has exactly these files. */
    private void await(Set<String> names) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Set<String> present = present();
        while (!present.equals(names) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
            present = present();
        }
        assertThat(present).isEqualTo(names);
    }

    private Set<String> present() {
        Set<String> names = new TreeSet<>();
        api.get(Paths.LIST + "?prefix=" + Api.encode(key("")))
                .expect(200)
                .json()
                .path("files")
                .forEach(file -> names.add(file.path("key").asText().substring(key("").length())));
        return names;
    }

    /** The files that were deleted because they had expired, by the log of events after one. */
    private List<String> expired(String start) {
        List<String> names = new ArrayList<>();
        api.get("/api/v1/events?limit=1000&types=file.deleted&after=" + start + "&prefix=" + Api.encode(key("")))
                .expect(200)
                .json()
                .path("events")
                .forEach(event -> {
                    if (event.at("/data/reason").asText().equals("expired")) {
                        names.add(event.at("/data/key").asText().substring(key("").length()));
                    }
                });
        return names;
    }
}
