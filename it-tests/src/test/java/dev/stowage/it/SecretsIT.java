package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches the output of the service for secrets, at its most verbose log level. */
@RunsOn({StandKind.EMBEDDED, StandKind.LOCALSTACK, StandKind.POSTGRES})
class SecretsIT extends ServiceSuite {

    private static final String WRONG = "stw_aaaaaaaaaaaa_" + "b".repeat(52);

    private static final Pattern SIGNATURE = Pattern.compile("sig(?:nature)?=([^&]+)", Pattern.CASE_INSENSITIVE);

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void secrets_areNeverPrinted() throws Exception {
        Map<String, String> settings = new HashMap<>(stand.settings(folder));
        settings.putAll(Map.of("AUTH_MODE", "keys", "LOG_LEVEL", "debug", "LOG_FORMAT", "json"));
        List<String> secrets = new ArrayList<>(List.of("b".repeat(52)));
        secrets.addAll(settings.entrySet().stream()
                .filter(setting -> setting.getKey().matches(".*(SECRET|PASSWORD|ACCOUNT_KEY).*"))
                .map(Map.Entry::getValue)
                // LocalStack's secret is not one, and is part of many words.
                .filter(secret -> !secret.equals("test"))
                .toList());
        try (ServiceProcess service = ServiceProcess.start(folder, settings, ServiceProcess.SHORT_LIVED)) {
            String key = Keys.create(
                    folder, settings, "--name", "all", "--all-files", "--actions", "read,write,delete,jobs,metrics");
            secrets.add(key.substring(17));
            secrets.addAll(sendRequests(new Api(service.address()), key));
            said.add(ServiceProcess.run(List.of("keys", "list"), folder, settings)
                    .log());
            said.add(service.log());
        }
        said.add(Files.readString(folder.resolve("data/audit.jsonl")));
        for (String file : List.of("url-signing.key", "s3-api.key")) {
            Path secret = folder.resolve("data").resolve(file);
            if (Files.exists(secret)) {
                secrets.add(Files.readString(secret).strip());
            }
        }

        assertThat(said).hasSizeGreaterThan(10);
        for (String secret : secrets) {
            assertThat(said).as("a secret of %d characters", secret.length()).noneMatch(text -> text.contains(secret));
        }
    }

    /** Sends many kinds of requests, with many kinds of responses; returns the signatures in signed URLs. */
    private List<String> sendRequests(Api anonymous, String key) throws InterruptedException {
        Api api = anonymous.as(key);
        api.store(key("a"), bytes(10));
        record(api.get(Paths.METADATA + key("a")));
        record(api.get(Paths.METADATA + key("none")));
        record(api.put(Paths.OBJECT + "elsewhere/a", bytes(1)));
        record(api.put(Paths.OBJECT + key("a"), bytes(1), "If-None-Match", "*"));
        record(api.post(Paths.OBJECT + "copy", "{not json"));
        record(api.get("/no/such/path?token=" + key));
        record(anonymous.get(Paths.LIST));
        record(anonymous.as(WRONG).get(Paths.LIST));
        record(anonymous.get(Paths.LIST, "X-API-Key", WRONG));
        record(anonymous.get(Paths.LIST, "Authorization", "Basic " + WRONG));
        JobClient job = JobClient.submit(api, "verify", Map.of("keys", List.of(key("a"), key("none"))), Map.of());
        record(api.get(job.path("")));
        assertThat(job.await(api, Duration.ofSeconds(30)).path("state").asText())
                .isEqualTo("partially_failed");
        record(api.get("/metrics"));
        record(api.get("/openapi.json"));
        record(api.get("/readyz"));
        Reply presigned = api.post(Paths.PRESIGNED + "download", Map.of("key", key("a")));
        if (presigned.status() == 501) {
            // The store has no signed URLs.
            record(presigned);
            return List.of();
        }
        String url = presigned.json().path("url").asText();
        recordIfOwn(anonymous, url);
        recordIfOwn(anonymous, url.replace(key("a"), key("b")));
        Matcher signature = SIGNATURE.matcher(url);
        assertThat(signature.find()).as("a signature in the URL").isTrue();
        return List.of(signature.group(1));
    }

    /** Signed URLs of an S3 store lead to the store, whose responses are not tested. */
    private void recordIfOwn(Api anonymous, String url) {
        Reply reply = anonymous.send(HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build());
        if (url.startsWith(anonymous.uri("/").toString())) {
            record(reply);
        }
    }

    private void record(Reply reply) {
        said.add(reply.response().headers().map() + "\n" + reply.text());
    }
}
