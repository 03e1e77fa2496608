package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.NodeClients;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in Chromium, as people use it. The steps are in {@code clients/console.mjs}; screenshots are kept. It takes a minute on one
 * core, so it begins before other classes.
 */
@Order(1)
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class ConsoleIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path SCREENSHOTS = Path.of("target/console").toAbsolutePath();
    private static final int MANY = 1200;
    private static final int BATCH = 400;

    @TempDir
    Path folder;

    @Test
    void everyView_doesWhatPeopleDoThere() throws Exception {
        Path chromium = NodeClients.chromium();
        boolean everything = stand.outside().isEmpty();
        Map<String, String> settings = new HashMap<>(stand.settings(folder));
        settings.putAll(
                Map.of("AUTH_MODE", "keys", "PROJECT_QUOTA", "100MiB", "WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1/32"));
        try (RunningService service = HostedService.start(folder, settings)) {
            String key = Keys.create(
                    folder,
                    settings,
                    "--name",
                    "admin",
                    "--all-files",
                    "--actions",
                    "read,write,delete,jobs,webhooks,admin");
            if (everything) {
                storeMany(new Api(service.address()).as(key));
            }

            Path shots = SCREENSHOTS.resolve(source.kind().toString());
            Process browser = NodeClients.start(
                    "console.mjs",
                    chromium.toString(),
                    service.address().toString(),
                    key,
                    everything ? "demo" : project,
                    everything ? "everything" : "store",
                    shots.toString());
            String output = NodeClients.finish(browser, LIMIT);
            Files.writeString(Files.createDirectories(shots).resolve("steps.txt"), output);

            assertThat(browser.exitValue()).as(output).isZero();
            assertThat(output).contains("done uploads in progress");
        }
    }

    private static void storeMany(Api api) {
        for (int first = 0; first < MANY; first += BATCH) {
            Form form = new Form();
            for (int i = first; i < first + BATCH; i++) {
                form.field("keys", String.format(Locale.ROOT, "raw/many/f%05d.txt", i));
                form.file("files", "f", "text/plain", new byte[] {'x'});
            }
            Reply reply =
                    api.send("POST", Paths.OBJECT + "upload/batch", form.body(), "Content-Type", form.contentType());
            assertThat(reply.json().path("successful").asInt()).as(reply.text()).isEqualTo(BATCH);
        }
    }
}
