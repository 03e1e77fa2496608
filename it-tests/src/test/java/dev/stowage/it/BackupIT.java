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
import dev.stowage.it.service.OlderFolder;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess.Ended;
import dev.stowage.it.service.TusUpload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the data folder during writes and deletions, and a service that is started on it. */
class BackupIT {

    private static final int CHURN = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of("AUTH_MODE", "keys");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void backup_duringWritesAndDeletions_isComplete() throws Exception {
        Path copy = elsewhere.resolve("copy");
        String key;
        MultipartClient upload;
        try (RunningService service = HostedService.start(folder, SETTINGS)) {
            key = Keys.create(folder, SETTINGS, "--name", "all", "--all-files");
            Api api = new Api(service.address()).as(key);
            for (int i = 0; i < 200; i++) {
                api.store("raw/stay/" + i, content("stay", i));
            }
            upload = MultipartClient.create(api, "raw/large/a");
            upload.putMissing(api, List.of(content("part", 1)));
            Ended ended = backupAmidChurn(api, copy);

            assertThat(ended.exitCode()).as(ended.log()).isZero();
            assertThat(ended.log()).contains("Copied to", "files of the embedded store");
        }
        Ended verified = HostedService.run(List.of("backup", "--verify", copy.toString()), folder, SETTINGS);
        assertThat(verified.exitCode()).as(verified.log()).isZero();

        Map<String, String> onCopy = Map.of("AUTH_MODE", "keys", "DATA_DIR", copy.toString());
        try (RunningService restored = HostedService.start(elsewhere, onCopy)) {
            Api api = new Api(restored.address()).as(key);
            assertThatAllFilesAreWhole(api);
            assertThat(upload.complete(api).status()).isEqualTo(200);
            assertThat(api.get(Paths.DOWNLOAD + "raw/large/a").body()).isEqualTo(content("part", 1));
        }
    }

    @Test
    void backup_intoAFolderThatIsNotEmpty_isRefused() throws Exception {
        HostedService.start(folder, Map.of()).close();
        Files.writeString(elsewhere.resolve("mine"), "precious");

        Ended ended = HostedService.run(List.of("backup", elsewhere.toString()), folder, Map.of());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("not empty");
        assertThat(elsewhere.resolve("mine")).hasContent("precious");
    }

    @Test
    void backup_ofAnOlderVersion_isVerified_restored_andMigrated() throws Exception {
        Path copy = elsewhere.resolve("older");
        OlderFolder.create(copy);
        Ended verified = HostedService.run(List.of("backup", "--verify", copy.toString()), folder, Map.of());
        assertThat(verified.exitCode()).as(verified.log()).isZero();

        Map<String, String> onCopy = Map.of("DATA_DIR", copy.toString());
        try (RunningService restored = HostedService.start(folder, onCopy)) {
            Api api = new Api(restored.address());
            MultipartClient upload = new MultipartClient("raw/p1/up", OlderFolder.UPLOAD, Map.of());
            assertThat(upload.stored(api)).containsOnlyKeys(1);
            assertThat(upload.complete(api).status()).isEqualTo(200);
            assertThat(api.get(Paths.DOWNLOAD + "raw/p1/up").text()).isEqualTo("part one");
            TusUpload tus = TusUpload.at(OlderFolder.TUS, "raw/p1/tus", "helloAgain".getBytes(StandardCharsets.UTF_8));
            assertThat(tus.fetchOffset(api)).isEqualTo(5);
            tus.send(api, 5);
            assertThat(api.get(Paths.DOWNLOAD + "raw/p1/tus").text()).isEqualTo("helloAgain");

            JobClient job = JobClient.of(OlderFolder.JOB);
            JsonNode ended = job.await(api, LIMIT);
            assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(job.items(api))
                    .allMatch(item -> item.path("state").asText().equals("succeeded"))
                    .extracting(item -> item.path("key").asText())
                    .containsExactlyInAnyOrder("raw/p1/a", "raw/p1/b", "raw/p1/c", "raw/p1/d");
            for (String name : List.of("a", "b", "c", "d")) {
                Reply file = api.get(Paths.DOWNLOAD + "processed/p1/" + name);
                assertThat(file.text()).as(name).isEqualTo("hello");
                assertThat(file.header("X-Meta-Owner")).isEqualTo("Ada");
            }
        }
    }

    @Test
    void damagedBackup_isRefused() throws Exception {
        Path copy = elsewhere.resolve("older");
        OlderFolder.create(copy);
        Files.write(copy.resolve("worker.db"), new byte[0]);

        Ended ended = HostedService.run(List.of("backup", "--verify", copy.toString()), folder, Map.of());

        assertThat(ended.exitCode()).as(ended.log()).isEqualTo(1);
        assertThat(ended.log()).contains("the backup is damaged", "worker.db");
    }

    private Ended backupAmidChurn(Api api, Path copy) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<?> churn = clients.submit(() -> churn(api, done, "one"));
            Future<?> more = clients.submit(() -> churn(api, done, "two"));
            Ended ended = HostedService.run(List.of("backup", copy.toString()), folder, SETTINGS);
            done.set(true);
            churn.get();
            more.get();
            return ended;
        } finally {
            done.set(true);
            clients.shutdown();
        }
    }

    /** Stores, replaces and deletes files until it is stopped. */
    private static void churn(Api api, AtomicBoolean done, String who) {
        for (int round = 0; !done.get() && round < 10_000; round++) {
            String key = "raw/churn/" + who + "-" + round % CHURN;
            if (round % 3 == 2) {
                api.delete(Paths.OBJECT + key);
            } else {
                api.store(key, content(key, round), "X-Meta-Round", String.valueOf(round));
            }
        }
    }

    private static void assertThatAllFilesAreWhole(Api api) {
        for (int i = 0; i < 200; i++) {
            assertThat(api.get(Paths.DOWNLOAD + "raw/stay/" + i).body()).isEqualTo(content("stay", i));
        }
        JsonNode churned = api.get(Paths.LIST + "?prefix=raw/churn/").json().path("files");
        for (JsonNode file : churned) {
            String name = file.path("key").asText();
            Reply reply = api.get(Paths.DOWNLOAD + name);
            int round = Integer.parseInt(reply.header("X-Meta-Round"));
            assertThat(reply.body()).as(name).isEqualTo(content(name, round));
        }
    }

    private static byte[] content(String what, int number) {
        return (what + " " + number + " ").repeat(200).getBytes(StandardCharsets.UTF_8);
    }
}
