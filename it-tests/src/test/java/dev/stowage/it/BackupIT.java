package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.ServiceProcess.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the data folder, taken amid writes and deletions, and a service that is started on it. */
class BackupIT {

    private static final int CHURN = 40;
    private static final Map<String, String> SETTINGS = Map.of("AUTH_MODE", "keys");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void aBackup_takenWhileFilesComeAndGo_isAWholeService() throws Exception {
        Path copy = elsewhere.resolve("copy");
        String key;
        MultipartClient upload;
        try (ServiceProcess service = ServiceProcess.start(folder, SETTINGS, ServiceProcess.SHORT_LIVED)) {
            key = Keys.create(folder, SETTINGS, "--name", "all", "--all-files");
            Api api = new Api(service.address()).as(key);
            for (int i = 0; i < 200; i++) {
                api.store("raw/stay/" + i, content("stay", i));
            }
            upload = MultipartClient.create(api, "raw/large/a");
            upload.putMissing(api, List.of(content("part", 1)));
            Ended ended = backupAmidChurn(api, copy);

            assertThat(ended.exitCode()).as(ended.log()).isZero();
            assertThat(ended.log()).contains("Copied to", "files of the store");
        }
        Ended verified = ServiceProcess.run(List.of("backup", "--verify", copy.toString()), folder, SETTINGS);
        assertThat(verified.exitCode()).as(verified.log()).isZero();

        Map<String, String> onCopy = Map.of("AUTH_MODE", "keys", "DATA_DIR", copy.toString());
        try (ServiceProcess restored = ServiceProcess.start(elsewhere, onCopy, ServiceProcess.SHORT_LIVED)) {
            Api api = new Api(restored.address()).as(key);
            assertThatAllFilesAreWhole(api);
            assertThat(upload.complete(api).status()).isEqualTo(200);
            assertThat(api.get(Paths.DOWNLOAD + "raw/large/a").body()).isEqualTo(content("part", 1));
        }
    }

    @Test
    void backup_intoAFolderThatIsNotEmpty_isRefused() throws Exception {
        ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED).close();
        Files.writeString(elsewhere.resolve("mine"), "precious");

        Ended ended = ServiceProcess.run(List.of("backup", elsewhere.toString()), folder, Map.of());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.log()).contains("not empty");
        assertThat(elsewhere.resolve("mine")).hasContent("precious");
    }

    private Ended backupAmidChurn(Api api, Path copy) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<?> churn = clients.submit(() -> churn(api, done, "one"));
            Future<?> more = clients.submit(() -> churn(api, done, "two"));
            Ended ended = ServiceProcess.run(List.of("backup", copy.toString()), folder, SETTINGS);
            done.set(true);
            churn.get();
            more.get();
            return ended;
        } finally {
            done.set(true);
            clients.shutdown();
        }
    }

    /** Stores, replaces and deletes files until it is told to stop. */
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
