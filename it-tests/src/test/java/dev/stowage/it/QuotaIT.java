package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas of projects, and exact usage even when the service is killed. */
@RunsOn({StandKind.EMBEDDED, StandKind.LOCALSTACK, StandKind.POSTGRES})
class QuotaIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 2);
    private static final int CLIENTS = 4;
    private static final int KEYS = 12;
    /** Requests before the service is killed. */
    private static final int CHANGES = 100;

    /** Longer than it takes until the changes of a crashed process are settled, once its lease has expired. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void project_cannotExceedItsQuota_byAnyKindOfUpload() {
        try (RunningService service = HostedService.start(folder, settings("10000"))) {
            Api there = new Api(service.address());
            there.store(key("a"), bytes(6_000));

            Reply refused = there.put(Paths.OBJECT + key("b"), bytes(4_001));
            Reply copied = there.post(Paths.OBJECT + "copy", Map.of("source_key", key("a"), "target_key", key("c")));
            there.store(key("a"), bytes(9_000));
            MultipartClient upload = MultipartClient.create(there, key("large"));
            Reply part = there.put(
                    Paths.MULTIPART + "upload-part?key=" + key("large") + "&upload_id=" + upload.id()
                            + "&part_number=1",
                    bytes(2_000));

            for (Reply reply : List.of(refused, copied, part)) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(507);
                assertThat(reply.error()).isEqualTo("QuotaExceeded");
                assertThat(reply.json().at("/detail/project").asText()).isEqualTo(project);
                assertThat(reply.json().at("/detail/limit").asLong()).isEqualTo(10_000);
            }
            assertThat(there.delete(Paths.OBJECT + key("a")).status()).isEqualTo(204);
            there.store(key("b"), bytes(10_000));
        }
    }

    @Test
    void usage_afterAKill_equalsTheStore() throws Exception {
        Map<String, String> settings = settings("1GiB");
        for (int round = 0; round < ROUNDS; round++) {
            ServiceProcess service = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED);
            churn(new Api(service.address()), service, round);
        }
        stand.leases(folder).expire(Set.of());

        try (RunningService service = HostedService.start(folder, settings)) {
            Api api = new Api(service.address());
            long end = System.nanoTime() + SETTLED.toNanos();
            long there = stored(api);
            while (counted(api) != there && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(500);
            }

            assertThat(counted(api)).isEqualTo(there);
        }
    }

    /** Four clients write, overwrite, copy and delete, until the service is killed. */
    private void churn(Api there, ServiceProcess service, int round) throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        CountDownLatch changes = new CountDownLatch(CHANGES);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(client ->
                            clients.submit(() -> work(there, killed, changes, new Random(round * 10L + client))))
                    .toList();
            assertThat(changes.await(60, TimeUnit.SECONDS)).isTrue();
            killed.set(true);
            service.kill();
            for (Future<?> client : all) {
                client.get(60, TimeUnit.SECONDS);
            }
        } finally {
            killed.set(true);
            clients.shutdown();
        }
    }

    private void work(Api there, AtomicBoolean killed, CountDownLatch changes, Random random) {
        for (int i = 0; i < 10_000 && !killed.get(); i++) {
            String file = key("f" + random.nextInt(KEYS));
            try {
                switch (random.nextInt(4)) {
                    case 0 -> there.delete(Paths.OBJECT + file);
                    case 1 ->
                        there.post(
                                Paths.OBJECT + "copy",
                                Map.of("source_key", key("f" + random.nextInt(KEYS)), "target_key", file));
                    default -> there.put(Paths.OBJECT + file, bytes(1 + random.nextInt(20_000)));
                }
                changes.countDown();
            } catch (RuntimeException e) {
                assertThat(killed).as("%s", e).isTrue();
            }
        }
    }

    private long stored(Api there) {
        long bytes = 0;
        for (JsonNode file : there.get(Paths.LIST + "?prefix=" + key("")).json().path("files")) {
            bytes += file.path("size").asLong();
        }
        return bytes;
    }

    private long counted(Api there) {
        for (JsonNode counted : there.get("/api/v1/usage").json().path("projects")) {
            if (counted.path("project").asText().equals(project)) {
                return counted.path("bytes").asLong();
            }
        }
        return 0;
    }

    private Map<String, String> settings(String quota) {
        Map<String, String> settings = new HashMap<>(stand.settings(folder));
        settings.put("PROJECT_QUOTAS", project + "=" + quota);
        settings.put("SWEEP_INTERVAL", "1s");
        return settings;
    }
}
