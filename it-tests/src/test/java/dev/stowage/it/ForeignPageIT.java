package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.NodeClients;
import dev.stowage.it.service.RunningService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks by pages of other origins, and by stored pages, on a service without authentication; in Chromium. */
class ForeignPageIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String STORED = "raw/stored/page.html";

    @TempDir
    Path folder;

    @Test
    void pages_cannotChangeAnything_norReadByAnotherName_norRunAsTheService() throws Exception {
        Path chromium = NodeClients.chromium();
        try (RunningService service = HostedService.start(folder, Map.of())) {
            Api api = new Api(service.address());
            String script = "<title>still</title><script>document.title = 'ran';"
                    + "fetch('/api/v1/s3/raw/evil/stored.txt', {method: 'PUT', body: 'x'})</script>";
            api.store(STORED, script.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/html");
            String signed = api.post(
                            Paths.PRESIGNED + "download",
                            Map.of("key", STORED, "response_content_disposition", "inline"))
                    .json()
                    .get("url")
                    .asText();

            Process browser = NodeClients.start(
                    "foreign.mjs", chromium.toString(), service.address().toString(), signed);
            String output = NodeClients.finish(browser, LIMIT);
            assertThat(output.lines())
                    .contains(
                            "form 403",
                            "put refused",
                            "list refused",
                            "rebound 403",
                            "stored still",
                            "redoc shown",
                            "docs shown",
                            "others ");
            assertThat(api.get(Paths.LIST + "?prefix=raw/evil/").text()).contains("\"files\":[]");
        }
    }
}
