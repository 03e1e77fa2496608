package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.FaultyStore;
import dev.stowage.testkit.fault.FaultyS3;
import dev.stowage.testkit.fault.FaultyS3.Request;
import dev.stowage.testkit.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with work under way moves from SQLite to PostgreSQL. */
class DatabaseCopyIT {

    private static final int PART = 5 << 20;
    private static final int FILES = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void everything_continuesOnTheCopy() throws Exception {
        try (FaultyStore store = FaultyStore.start()) {
            Map<String, String> sqlite = new HashMap<>(store.settings());
            sqlite.putAll(Map.of("AUTH_MODE", "keys", "PROJECT_QUOTA", "40MiB", "SWEEP_INTERVAL", "1s"));
            Map<String, String> postgres = new HashMap<>(sqlite);
            postgres.put("DATABASE_URL", PostgresServer.shared().newDatabase());
            String key = Keys.create(folder, sqlite, "--name", "all", "--all-files");
            String revoked = Keys.create(folder, sqlite, "--name", "gone", "--all-files");
            assertThat(run(sqlite, "keys", "revoke", Keys.id(revoked)).exitCode())
                    .isZero();

            byte[] file = bytes(6_000_000);
            MultipartClient upload;
            TusUpload tus;
            JobClient ended;
            JobClient paused;
            try (RunningService service = HostedService.start(folder, sqlite)) {
                Api api = new Api(service.address()).as(key);
                for (int i = 0; i < FILES; i++) {
                    api.store("raw/p/" + i, bytes(1000 + i));
                }
                upload = MultipartClient.create(api, "raw/p/large");
                upload.putMissing(api, List.of(bytes(PART)));
                tus = TusUpload.create(api, "raw/p/tus", file);
                tus.send(api, 2_500_000);
                ended = JobClient.submit(api, "verify", Map.of("prefix", "raw/p/"), Map.of());
                assertThat(ended.await(api, LIMIT).path("state").asText()).isEqualTo("succeeded");
                // The job can't end before it is paused.
                CountDownLatch isPaused = new CountDownLatch(1);
                store.door().planAlways(DatabaseCopyIT::isCopy, FaultyS3.heldUntil(isPaused));
                paused = JobClient.submit(
                        api,
                        "copy",
                        Map.of("prefix", "raw/p/"),
                        Map.of("prefix", "processed/p/", "strip_prefix", "raw/p/"));
                Reply held = paused.act(api, "pause");
                isPaused.countDown();
                store.door().heal();
                assertThat(held.status()).as(held.text()).isLessThan(300);

                Ended early = run(postgres, "database", "copy");
                assertThat(early.exitCode()).as(early.log()).isEqualTo(1);
                assertThat(early.log()).contains("A service uses the source; stop it");
            }
            String usage = run(sqlite, "usage").log();
            assertThat(usage).contains("p ");

            Ended copy = run(postgres, "database", "copy");
            assertThat(copy.exitCode()).as(copy.log()).isZero();
            assertThat(copy.log()).containsPattern("batch_job +2").contains("the same in both databases");
            assertThat(run(postgres, "usage").log()).isEqualTo(usage);
            Ended again = run(postgres, "database", "copy");
            assertThat(again.exitCode()).as(again.log()).isEqualTo(1);
            assertThat(again.log()).contains("The target is not empty");

            try (RunningService service = HostedService.start(folder, postgres)) {
                Api api = new Api(service.address()).as(key);
                assertThat(new Api(service.address())
                                .as(revoked)
                                .get(Paths.LIST)
                                .status())
                        .isEqualTo(401);
                upload.putMissing(api, List.of(bytes(PART), bytes(100)));
                assertThat(upload.complete(api).status()).isEqualTo(200);
                assertThat(api.get(Paths.DOWNLOAD + "raw/p/large").body()).isEqualTo(joined(bytes(PART), bytes(100)));
                assertThat(tus.fetchOffset(api)).isEqualTo(2_500_000);
                tus.send(api, file.length);
                assertThat(api.get(Paths.DOWNLOAD + "raw/p/tus").body()).isEqualTo(file);

                assertThat(ended.items(api)).hasSize(FILES);
                assertThat(paused.act(api, "resume").status()).isLessThan(300);
                JsonNode resumed = paused.await(api, LIMIT);
                assertThat(resumed.path("state").asText())
                        .as(resumed.toString())
                        .isEqualTo("succeeded");
                for (int i = 0; i < FILES; i++) {
                    assertThat(api.get(Paths.DOWNLOAD + "processed/p/" + i).body())
                            .isEqualTo(bytes(1000 + i));
                }
                assertThat(JobClient.submit(api, "verify", Map.of("prefix", "raw/p/"), Map.of())
                                .await(api, LIMIT)
                                .path("state")
                                .asText())
                        .isEqualTo("succeeded");
                assertThat(totals(run(postgres, "usage").log())).isEqualTo(stored(api));
                assertThat(api.put(Paths.OBJECT + "raw/p/more", new byte[35 << 20])
                                .status())
                        .isEqualTo(507);
            }
        }
    }

    private static boolean isCopy(Request request) {
        return request.method().equals("PUT") && request.path().contains("/processed/");
    }

    private Ended run(Map<String, String> settings, String... words) {
        return HostedService.run(List.of(words), folder, settings);
    }

    /** The bytes and files of the project in the output of the command. */
    private static String totals(String usage) {
        String line =
                usage.lines().filter(some -> some.startsWith("p ")).findFirst().orElseThrow();
        String[] words = line.split(" +", -1);
        return words[1] + " " + words[2];
    }

    private static String stored(Api api) {
        long bytes = 0;
        long files = 0;
        for (String stage : List.of("raw", "processed")) {
            for (JsonNode file :
                    api.get(Paths.LIST + "?prefix=" + stage + "/p/").json().path("files")) {
                bytes += file.path("size").asLong();
                files++;
            }
        }
        return bytes + " " + files;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
