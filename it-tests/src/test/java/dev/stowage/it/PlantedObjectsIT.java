package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.OutsideClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs on a prefix that contains objects with keys that the service itself does not create. */
class PlantedObjectsIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void keysOutsideTheLayout_areOrdinaryItems() throws Exception {
        String prefix = "elsewhere-" + project + "/";
        plant(List.of(prefix + "a b", prefix + "c/d/e"));

        for (JsonNode job : List.of(
                run("verify", prefix, Map.of()),
                run("copy", prefix, Map.of("prefix", key("copies/"))),
                run("move", prefix, Map.of("prefix", key("moved/"))))) {
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
            assertThat(job.at("/progress/succeeded").asInt()).isEqualTo(2);
            assertThat(job.at("/progress/unaddressable").asInt()).isZero();
        }
        assertThat(api.get(Paths.LIST + "?prefix=" + prefix).json().path("files"))
                .isEmpty();
        for (String name : List.of("copies/a b", "copies/c/d/e", "moved/a b", "moved/c/d/e")) {
            assertThat(api.get(Paths.DOWNLOAD + Api.encode(key(name))).body())
                    .as(name)
                    .isEqualTo(bytes(5));
        }
    }

    @Test
    void unaddressableKeys_areSkipped_counted_andFailTheJob() throws Exception {
        String bad = key("in/control\u0001");
        Optional<OutsideClient> outside = stand.outside();
        if (outside.isEmpty()) {
            // The store can't be accessed without the service, so it has no such objects.
            assertThat(api.put(Paths.OBJECT + Api.encode(bad), bytes(5)).status())
                    .isEqualTo(400);
            return;
        }
        api.store(key("in/a"), bytes(5));
        plant(List.of(key("in/cafe\u0301"), bad));
        assertThat(api.get(Paths.LIST + "?prefix=" + key("in/"))
                        .json()
                        .path("unaddressable")
                        .asInt())
                .isEqualTo(1);

        for (JsonNode job : List.of(
                run("verify", key("in/"), Map.of()),
                run("archive", key("in/"), Map.of("key", key("all.zip"))),
                run("delete", key("in/"), Map.of()))) {
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("partially_failed");
            assertThat(job.at("/error/error").asText()).as(job.toString()).isEqualTo("UnaddressableObjects");
            assertThat(job.at("/progress/unaddressable").asInt()).isEqualTo(1);
            assertThat(job.at("/progress/succeeded").asInt()).isEqualTo(2);
        }
        assertThat(outside.get().get(bad).asByteArray()).isEqualTo(bytes(5));
        assertThat(api.get(Paths.LIST + "?prefix=" + key("in/")).json().path("files"))
                .isEmpty();

        JsonNode nothingElse = run("delete", key("in/"), Map.of());
        assertThat(nothingElse.path("state").asText())
                .as(nothingElse.toString())
                .isEqualTo("partially_failed");
        assertThat(nothingElse.at("/progress/total").asInt()).isZero();
    }

    /** Where the store has no other access, by a service with another layout on the same data folder. */
    private void plant(List<String> keys) {
        Optional<OutsideClient> outside = stand.outside();
        if (outside.isPresent()) {
            keys.forEach(key -> outside.get().put(key, bytes(5)));
            return;
        }
        try (RunningService open = stand.another(stand.folder(), Map.of("KEY_LAYOUT", "open"))) {
            Api other = new Api(open.address());
            keys.forEach(key -> other.store(key, bytes(5)));
        }
    }

    private JsonNode run(String operation, String prefix, Map<String, String> target) throws InterruptedException {
        return JobClient.submit(api, operation, Map.of("prefix", prefix), target)
                .await(api, LIMIT);
    }
}
