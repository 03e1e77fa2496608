package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for what happens by itself, with a service in this process. */
@Timeout(60)
class AutomationCommandsTest {

    @TempDir
    private static Path data;

    private static MemoryService service;

    @TempDir
    private Path folder;

    private RemoteShell shell;

    @BeforeAll
    static void start() throws IOException {
        service = MemoryService.start(data, Map.of("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void open() {
        shell = new RemoteShell(service.url(), folder);
    }

    private void put(String key, String text) {
        assertThat(shell.runWithInput(text, "put", "-", key)).isZero();
    }

    @Test
    void filters_selectTheFilesOfAnInventory_whichIsTheManifestOfAnotherJob() {
        put("raw/inventory/a.csv", "AAAA");
        put("raw/inventory/b.csv", "");
        put("raw/inventory/c.txt", "CCCC");

        assertThat(shell.run(
                        "jobs",
                        "submit",
                        "inventory",
                        "--from",
                        "raw/inventory/",
                        "--to",
                        "processed/inventory/list.csv",
                        "--match",
                        "*.csv",
                        "--match-type",
                        "text/*",
                        "--larger-than",
                        "2B",
                        "--newer-than",
                        "1h",
                        "--wait"))
                .isZero();
        assertThat(shell.run("cat", "processed/inventory/list.csv")).isZero();
        assertThat(shell.bytes())
                .contains("raw/inventory/a.csv,4,")
                .doesNotContain("raw/inventory/b.csv", "raw/inventory/c.txt");
        assertThat(shell.run("jobs", "submit", "delete", "--manifest", "processed/inventory/list.csv", "--wait"))
                .isZero();

        assertThat(shell.run("ls", "raw/inventory/")).isZero();
        assertThat(shell.out())
                .contains("raw/inventory/b.csv", "raw/inventory/c.txt")
                .doesNotContain("raw/inventory/a.csv");
        assertThat(shell.run("jobs", "submit", "delete", "--from", "raw/inventory/", "--older-than", "soon"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--older-than 'soon'");
    }

    @Test
    void extract_storesTheFilesOfAnArchive() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("all.zip")))) {
            zip.putNextEntry(new ZipEntry("in/a.txt"));
            zip.write("A".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.run("put", "all.zip", "raw/extract/")).isZero();

        assertThat(shell.run(
                        "jobs",
                        "submit",
                        "extract",
                        "--key",
                        "raw/extract/all.zip",
                        "--to",
                        "processed/extract/",
                        "--wait"))
                .isZero();

        assertThat(shell.run("cat", "processed/extract/in/a.txt")).isZero();
        assertThat(shell.bytes()).isEqualTo("A");
    }

    @Test
    void schedules_areCreated_shown_paused_andDeleted() throws IOException {
        assertThat(shell.run(
                        "schedules",
                        "create",
                        "delete",
                        "--name",
                        "clean-up",
                        "--cron",
                        "0 3 1 1 *",
                        "--zone",
                        "Europe/Berlin",
                        "--from",
                        "raw/schedules/",
                        "--older-than",
                        "30d",
                        "--match-meta",
                        "kind=draft",
                        "--json"))
                .isZero();
        JsonNode created = shell.json();
        String id = created.path("id").asText();
        assertThat(created.path("next_at").asText()).endsWith("-01-01T02:00:00Z");
        assertThat(created.path("job").path("source").toString())
                .isEqualTo(
                        "{\"prefix\":\"raw/schedules/\",\"filter\":{\"older_than\":2592000,\"metadata\":{\"kind\":\"draft\"}}}");

        assertThat(shell.run("schedules", "list")).isZero();
        assertThat(shell.out()).contains(id + "  clean-up", "Europe/Berlin     delete");
        assertThat(shell.run("schedules", "pause", id)).isZero();
        assertThat(shell.run("schedules", "show", id)).isZero();
        assertThat(shell.out()).contains("next: paused", "missed: 0", "\"older_than\":2592000");
        assertThat(shell.run("schedules", "resume", id)).isZero();
        assertThat(shell.out()).contains(id + " is enabled; next at ");
        assertThat(shell.run("schedules", "delete", id)).isZero();
        assertThat(shell.run("schedules", "show", id)).isEqualTo(5);
    }

    @Test
    void schedules_withoutATimeZoneOrJobThatExists_areRefused() {
        assertThat(shell.run(
                        "schedules",
                        "create",
                        "verify",
                        "--name",
                        "a",
                        "--cron",
                        "0 3 * * *",
                        "--from",
                        "raw/",
                        "--zone",
                        "Mars/Olympus"))
                .isEqualTo(2);
        assertThat(shell.run("schedules", "create", "verify", "--name", "a", "--cron", "never", "--from", "raw/"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("cron");
        assertThat(shell.run("schedules", "create", "verify", "--name", "a", "--cron", "0 3 * * *"))
                .isEqualTo(2);
    }

    @Test
    void webhooks_areCreated_tested_deliver_andAreDeleted() throws Exception {
        try (Receiver receiver = new Receiver()) {
            assertThat(shell.run(
                            "webhooks",
                            "create",
                            receiver.url(),
                            "--events",
                            "file.created,file.deleted",
                            "--prefix",
                            "raw/webhooks/",
                            "--json"))
                    .isZero();
            assertThat(shell.json().path("secret").asText()).startsWith("whsec_");
            String id = shell.json().path("id").asText();

            receiver.status = 500;
            assertThat(shell.run("webhooks", "test", id)).isEqualTo(1);
            assertThat(shell.out()).contains("Not accepted, status 500");
            receiver.status = 204;
            assertThat(shell.run("webhooks", "test", id)).isZero();
            assertThat(receiver.next()).contains("webhook.test");
            assertThat(receiver.next()).contains("webhook.test");

            put("raw/webhooks/a", "A");
            assertThat(receiver.next()).contains("file.created", "raw/webhooks/a");
            await(() -> shell.run("webhooks", "deliveries", id, "--state", "delivered", "--json") == 0
                    && shell.out().contains("\"accepted\":true"));
            String number = shell.json().path("number").asText();
            assertThat(shell.run("webhooks", "redeliver", id, number)).isZero();
            assertThat(receiver.next()).contains("\"id\":\"" + number + "\"");

            assertThat(shell.run("webhooks", "disable", id)).isZero();
            assertThat(shell.run("webhooks", "change", id, "--events", "job.finished", "--prefix", ""))
                    .isZero();
            assertThat(shell.run("webhooks", "show", id)).isZero();
            assertThat(shell.out()).contains("events: job.finished", "state: disabled");
            assertThat(shell.run("webhooks", "enable", id)).isZero();
            assertThat(shell.run("webhooks", "list")).isZero();
            assertThat(shell.out()).contains(id + "  enabled", receiver.url());
            assertThat(shell.run("webhooks", "delete", id)).isZero();
            assertThat(shell.run("webhooks", "show", id)).isEqualTo(5);
        }
    }

    @Test
    void webhooks_withoutDeliveries_orWhatToChange_areUsageErrors() {
        assertThat(shell.run("webhooks", "redeliver", "id")).isEqualTo(2);
        assertThat(shell.run("webhooks", "redeliver", "id", "1", "--dead")).isEqualTo(2);
        assertThat(shell.run("webhooks", "change", "id")).isEqualTo(2);
        assertThat(shell.run("webhooks", "create", "no url", "--events", "file.created"))
                .isEqualTo(2);
        assertThat(shell.run("webhooks", "create", "http://10.0.0.1/", "--events", "file.created"))
                .isEqualTo(1);
    }

    @Test
    void lifecycle_addsAndRemovesSingleRules_andKeepsTheOthers() throws IOException {
        Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"id\": \"same\", \"prefix\": \"raw/rules/b/\", \"expire_after\": \"24h\"}]}");

        assertThat(shell.run("lifecycle", "set", "rules.json")).isZero();
        assertThat(shell.run("lifecycle", "add", "same", "raw/rules/a/", "--after", "30d", "--match", "*.tmp"))
                .isZero();
        assertThat(shell.run("lifecycle", "add", "same", "raw/rules/a/", "--after", "7d", "--larger-than", "1KiB"))
                .isZero();

        assertThat(shell.run("lifecycle", "list", "--json")).isZero();
        assertThat(shell.out().lines())
                .containsExactlyInAnyOrder(
                        "{\"id\":\"same\",\"prefix\":\"raw/rules/b/\",\"expire_after\":\"1d\"}",
                        "{\"id\":\"same\",\"prefix\":\"raw/rules/a/\",\"filter\":{\"larger_than\":1024},\"expire_after\":\"7d\"}");
        assertThat(shell.run("lifecycle", "remove", "same")).isEqualTo(2);
        assertThat(shell.run("lifecycle", "remove", "same", "raw/rules/a/")).isZero();
        assertThat(shell.run("lifecycle", "remove", "same")).isZero();
        assertThat(shell.run("lifecycle", "remove", "same")).isEqualTo(5);
        assertThat(shell.runWithInput("[]", "lifecycle", "set", "-")).isEqualTo(2);
        assertThat(shell.runWithInput("{\"rules\": [{\"id\": \"a\"}]}", "lifecycle", "set", "-"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("rules[0]");
    }

    @Test
    void lifecycle_dryRun_showsWhatWouldBeDeleted_andStoresNoRule() throws Exception {
        put("raw/preview/a.tmp", "AA");
        put("raw/preview/b.txt", "B");

        await(() -> shell.run("lifecycle", "add", "p", "raw/preview/", "--after", "1s", "--match", "*.tmp", "-n") == 0
                && shell.out().contains("1 files, 2 B would be deleted"));
        assertThat(shell.out()).contains("raw/preview/a.tmp  (p)").doesNotContain("raw/preview/b.txt");
        assertThat(shell.run(
                        "lifecycle", "add", "p", "raw/preview/", "--after", "1d", "--match", "*.tmp", "-n", "--json"))
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("{\"count\":0,\"bytes\":0}");

        assertThat(shell.run("lifecycle", "list")).isZero();
        assertThat(shell.out()).doesNotContain("raw/preview/");
        assertThat(shell.run("lifecycle", "preview")).isZero();
        assertThat(shell.out()).contains("0 files, 0 B");
    }

    @Test
    void events_areListedOldestFirst_andContinueAfterAnId() throws IOException {
        put("raw/events/a", "A");
        put("raw/events/b", "B");
        put("raw/other/c", "C");

        assertThat(shell.run("events", "raw/events/", "--limit", "1", "--json")).isZero();
        assertThat(shell.json().path("data").path("key").asText()).isEqualTo("raw/events/a");
        String first = shell.json().path("id").asText();
        assertThat(shell.run("events", "raw/events/", "--after", first, "--types", "file.created"))
                .isZero();
        assertThat(shell.out().lines()).singleElement().asString().endsWith("raw/events/b");
        assertThat(shell.run("events", "--types", "file.gone")).isEqualTo(1);
        assertThat(shell.err()).contains("file.gone");
    }

    @Test
    void events_follow_showsWhatHappensFromNowOn_untilItIsInterrupted() throws Exception {
        put("raw/follow/before", "B");
        RemoteShell following = new RemoteShell(service.url(), folder);
        AtomicInteger code = new AtomicInteger(-1);
        Thread thread = new Thread(() -> code.set(following.run("events", "raw/follow/", "--follow", "--json")));
        thread.start();
        int[] count = {0};
        await(() -> {
            put("raw/follow/" + count[0]++, "A");
            return following.out().contains("raw/follow/");
        });
        thread.interrupt();
        thread.join(10_000);

        assertThat(code).hasValue(130);
        assertThat(following.out()).doesNotContain("raw/follow/before");
        assertThat(following.json().path("type").asText()).isEqualTo("file.created");
    }

    @Test
    void rm_ofSeveralFiles_exitsWithTheReason_ifItIsOne() {
        put("raw/rm/a", "A");

        assertThat(shell.run("rm", "raw/rm/none", "raw/rm/other")).isEqualTo(5);
        assertThat(shell.run("rm", "raw/rm/a", "raw/rm/other")).isEqualTo(1);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("It has not happened within 20 s");
    }

    /** Receives deliveries, and answers with a status. */
    private static final class Receiver implements AutoCloseable {

        private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        private final HttpServer server;

        volatile int status = 204;

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        String next() throws InterruptedException {
            return String.valueOf(bodies.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
