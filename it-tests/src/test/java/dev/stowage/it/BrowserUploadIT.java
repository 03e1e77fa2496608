package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.NodeClients;
import dev.stowage.it.service.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uppy in a browser, on a page of another origin that is reloaded during the upload. */
class BrowserUploadIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SIZE = 12 << 20;
    private static final String ORIGIN = "http://uploads.example";

    @TempDir
    Path folder;

    @Test
    void uppyTus_reloadedAtAThird_resumes() throws Exception {
        String output = upload("tus", "/api/v1/tus", "tus file.bin");

        assertThat(output.lines().filter(line -> line.startsWith("resumed ")).findFirst())
                .hasValueSatisfying(line -> assertThat(Long.parseLong(line.substring("resumed ".length())))
                        .as(output)
                        .isPositive());
    }

    @Test
    void uppyAwsS3_reloadedAtAThird_isStored() throws Exception {
        upload("aws-s3", "/api/v1/companion", "s3 file.bin");
    }

    private String upload(String plugin, String endpoint, String name) throws IOException, InterruptedException {
        Path chromium = NodeClients.chromium();
        Map<String, String> settings = Map.of("CORS_ALLOWED_ORIGINS", ORIGIN);
        try (RunningService service = HostedService.start(folder, settings)) {
            Process browser = NodeClients.start(
                    "browser.mjs",
                    chromium.toString(),
                    ORIGIN,
                    plugin,
                    service.address() + endpoint,
                    name,
                    Integer.toString(SIZE));
            String output = NodeClients.finish(browser, LIMIT);

            assertThat(browser.exitValue()).as(output).isZero();
            byte[] stored = new Api(service.address())
                    .get(Paths.DOWNLOAD + Api.encode("raw/browser/" + name))
                    .body();
            assertThat(stored).isEqualTo(pattern());
            return output;
        }
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }
}
