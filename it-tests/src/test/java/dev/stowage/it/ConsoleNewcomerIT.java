package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.NodeClients;
import dev.stowage.it.service.ServiceProcess;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first minutes with the console, in Chromium, and a folder of 100 000 files. The steps are in {@code clients/console-newcomer.mjs}. */
@Tag("heavy")
class ConsoleNewcomerIT {

    private static final String LONG_FOLDER = "raw/long/";
    private static final int MANY = 100_000;
    private static final int BATCH = 500;

    @TempDir
    Path folder;

    @Test
    void newcomer_doesEverything_andLongFoldersStaySmall() throws Exception {
        Path chromium = NodeClients.chromium();
        Map<String, String> settings = Map.of("AUTH_MODE", "keys");
        try (ServiceProcess service = ServiceProcess.start(folder, settings, List.of("-Xmx256m"))) {
            String key = Keys.create(
                    folder, settings, "--name", "admin", "--all-files", "--actions", "read,write,delete,jobs,admin");
            storeMany(new Api(service.address()).as(key));

            Process browser = NodeClients.start(
                    "console-newcomer.mjs",
                    chromium.toString(),
                    service.address().toString(),
                    key,
                    LONG_FOLDER);
            List<String> output = new ArrayList<>();
            try (BufferedReader lines = browser.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.add(line);
                    Measured.report("console: " + line);
                }
            }

            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(browser.exitValue())
                    .as(String.join(System.lineSeparator(), output))
                    .isZero();
        }
    }

    private static void storeMany(Api api) {
        for (int first = 0; first < MANY; first += BATCH) {
            Form form = new Form();
            for (int i = first; i < first + BATCH; i++) {
                form.field("keys", String.format(Locale.ROOT, "%sreport-%06d.txt", LONG_FOLDER, i));
                form.file("files", "f", "text/plain", new byte[] {'x'});
            }
            Reply reply =
                    api.send("POST", Paths.OBJECT + "upload/batch", form.body(), "Content-Type", form.contentType());
            assertThat(reply.json().path("successful").asInt()).as(reply.text()).isEqualTo(BATCH);
        }
    }
}
