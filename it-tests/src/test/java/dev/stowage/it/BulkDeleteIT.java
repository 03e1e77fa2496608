package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.FaultyStore;
import dev.stowage.testkit.fault.FaultyS3;
import dev.stowage.testkit.fault.FaultyS3.Request;
import dev.stowage.testkit.fault.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting many objects on S3 takes one call per thousand objects, several at once, and no HEAD. */
class BulkDeleteIT {

    private static final int THOUSANDS = Integer.getInteger("stowage.bulk.thousands", 2);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    @Test
    void deletion_isBatchedByTheThousand_concurrently() throws Exception {
        try (FaultyStore store = FaultyStore.start();
                RunningService service = HostedService.start(folder, store.settings())) {
            Api api = new Api(service.address());
            IntStream.range(0, 1000 * THOUSANDS)
                    .parallel()
                    .forEach(i -> store.outside().put("raw/bulk/%d/%d".formatted(i / 1000, i), new byte[] {1}));
            InFlight bulk = InFlight.holdingTheFirst(Duration.ofSeconds(5));
            InFlight looks = new InFlight();
            store.door().planAlways(BulkDeleteIT::isBulk, FaultyS3.watched(bulk));
            store.door().planAlways(request -> request.method().equals("HEAD"), FaultyS3.watched(looks));

            JsonNode deleted = JobClient.submit(api, "delete", Map.of("prefix", "raw/bulk/"), Map.of())
                    .await(api, LIMIT);

            assertThat(deleted.path("state").asText()).as(deleted.toString()).isEqualTo("succeeded");
            assertThat(deleted.at("/progress/succeeded").asInt()).isEqualTo(1000 * THOUSANDS);
            assertThat(bulk.total()).isEqualTo(THOUSANDS);
            assertThat(bulk.most()).isGreaterThan(1);
            assertThat(looks.total()).isZero();
        }
    }

    private static boolean isBulk(Request request) {
        return request.method().equals("POST") && request.query().startsWith("delete");
    }
}
