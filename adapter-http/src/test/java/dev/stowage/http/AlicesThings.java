package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A file, a multipart upload, a resumable upload, a job, an API key and a link of alice, in a service for {@link TwoProjects}. */
final class AlicesThings {

    static final String KEY = "raw/p1/secret.txt";
    static final String CONTENT = "for p1 alone";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/v1/s3/";
    private static final String JOBS = "/api/v1/jobs";

    private final RunningService service;

    AlicesThings(RunningService service) {
        this.service = service;
    }

    /** Creates them again, and returns a request on one of them for each route that is not public. */
    Map<String, Attempt> attempts() throws IOException {
        assertThat(as("alice", new Attempt("PUT", FILES + KEY, "text/plain", CONTENT))
                        .statusCode())
                .isIn(200, 201);
        String upload = field("upload_id", "multipart/create", "{'key': '%s'}".formatted(KEY));
        String job = JSON.readTree(as(
                                "alice",
                                Attempt.json("POST", JOBS, "{'operation': 'verify', 'source': {'prefix': 'raw/p1/'}}"))
                        .body())
                .path("id")
                .asText();
        String schedule = JSON.readTree(as(
                                "alice",
                                Attempt.json(
                                        "POST",
                                        "/api/v1/schedules",
                                        "{'name': 'x', 'cron': '* * * * *', 'job': {'operation': 'verify',"
                                                + " 'source': {'prefix': 'raw/p1/'}}}"))
                        .body())
                .path("id")
                .asText();
        String apiKey = JSON.readTree(
                        as("alice", Attempt.json("POST", "/api/v1/keys", "{'name': 'ci', 'projects': ['p1']}"))
                                .body())
                .path("id")
                .asText();
        String link = JSON.readTree(as("alice", Attempt.json("POST", "/api/v1/links", "{'key': '" + KEY + "'}"))
                        .body())
                .path("id")
                .asText();
        String webhook = JSON.readTree(as(
                                "alice",
                                Attempt.json(
                                        "POST",
                                        "/api/v1/webhooks",
                                        "{'url': 'https://example.com/', 'events': ['file.created']}"))
                        .body())
                .path("id")
                .asText();
        return Attempts.at(KEY, CONTENT, upload, resumable(), job, schedule, webhook, apiKey, link);
    }

    HttpResponse<byte[]> as(String who, Attempt attempt) {
        HttpRequest.Builder request = attempt.request(service).header("Authorization", "Bearer " + who);
        return service.send(request);
    }

    private String resumable() {
        String metadata = "key " + Base64.getEncoder().encodeToString("raw/p1/bytes".getBytes(StandardCharsets.UTF_8));
        Attempt create = Attempt.of("POST", "/api/v1/tus").with("Tus-Resumable", "1.0.0", "Upload-Length", "6");
        String location = as("alice", create.with("Upload-Metadata", metadata))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String field(String name, String path, String json) throws IOException {
        return JSON.readTree(
                        as("alice", Attempt.json("POST", FILES + path, json)).body())
                .path(name)
                .asText();
    }
}
