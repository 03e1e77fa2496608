package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.FaultyStore;
import dev.stowage.testkit.postgres.NewerSchema;
import dev.stowage.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer version migrates the database under running nodes of this one. */
class RollingUpgradeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void nodes_workOnAnExpandedSchema_andEndWorkOnARaisedFloor() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String url = server.newDatabase();
        try (FaultyStore store = FaultyStore.start()) {
            Map<String, String> settings = new HashMap<>(store.settings());
            settings.putAll(Map.of("DATABASE_URL", url, "PROJECT_QUOTA", "100MiB", "LOG_FORMAT", "json"));
            try (ServiceProcess old = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED)) {
                Api api = new Api(old.address());
                assertThat(api.get("/readyz").status()).isEqualTo(200);
                use(api, "before");
                MultipartClient upload = MultipartClient.create(api, "raw/p/large");
                TusUpload tus = TusUpload.create(api, "raw/p/tus", new byte[200_000]);
                tus.send(api, 100_000);

                NewerSchema.expand(server, url);

                use(api, "after");
                upload.putMissing(api, List.of(new byte[1000]));
                assertThat(upload.complete(api).status()).isEqualTo(200);
                tus.send(api, 50_000);
                try (ServiceProcess another = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED)) {
                    Api there = new Api(another.address());
                    use(there, "another");
                    tus.fetchOffset(there);
                    tus.send(there, 50_000);
                }

                NewerSchema.contract(server, url);

                awaitNotReady(api);
                Reply ready = api.get("/readyz");
                assertThat(ready.json().at("/detail/database").asText())
                        .isEqualTo(
                                "The database was migrated for a newer version of the service, which must replace this one");
                assertThat(api.put(Paths.OBJECT + "raw/p/more", new byte[10]).status())
                        .isEqualTo(503);
                assertThat(api.post(Paths.MULTIPART + "create", Map.of("key", "raw/p/b"))
                                .status())
                        .isEqualTo(503);
                assertThat(api.get("/healthz").status()).isEqualTo(200);
                awaitLog(old, "The database is no longer used");
                assertThat(old.log().lines().filter(line -> line.contains("The database is no longer used")))
                        .singleElement()
                        .asString()
                        .contains("\"level\":\"ERROR\"")
                        .containsPattern("schema \\d+ or later is needed, known here: \\d+");
            }
            Ended refused = ServiceProcess.run(List.of("serve"), folder, settings);
            assertThat(refused.exitCode()).as(refused.log()).isEqualTo(1);
            assertThat(refused.log()).contains("start the newer version").doesNotContain("\tat ");
        }
    }

    private static void use(Api api, String name) throws Exception {
        api.store("raw/p/" + name, new byte[100]);
        JobClient job = JobClient.submit(api, "verify", Map.of("keys", List.of("raw/p/" + name)), Map.of());
        assertThat(job.await(api, LIMIT).path("state").asText()).isEqualTo("succeeded");
        assertThat(job.items(api)).hasSize(1);
    }

    /** A line is there some time after its cause. */
    private static void awaitLog(ServiceProcess process, String text) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (process.logged(text) == 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void awaitNotReady(Api api) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (api.get("/readyz").status() == 200 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertThat(api.get("/readyz").status()).isEqualTo(503);
    }
}
