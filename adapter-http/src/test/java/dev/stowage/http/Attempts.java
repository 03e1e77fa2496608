package dev.stowage.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request on one file, its uploads, or one job, for each route that is not public, by method and path. */
final class Attempts {

    private static final String FILES = "/api/v1/s3";
    private static final String JOBS = "/api/v1/jobs";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String LIFECYCLE = "/api/v1/lifecycle";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String KEYS = "/api/v1/keys";
    private static final String LINKS = "/api/v1/links";
    private static final String TUS = "/api/v1/tus";
    private static final String DRAFT = "/api/v1/resumable";
    private static final String COMPANION = "/api/v1/companion/s3";

    private final String key;
    private final Map<String, Attempt> all = new HashMap<>();

    private Attempts(String key) {
        this.key = key;
    }

    /**
     * Returns the requests.
     *
     * @param content the current content at {@code key}
     * @param upload the id of a multipart upload, and {@code resumable} that of a resumable one
     * @param schedule the id of a schedule, which is enabled
     * @param webhook the id of a webhook
     * @param apiKey the id of an API key for the project p1, and {@code link} that of a link
     */
    static Map<String, Attempt> at(
            String key,
            String content,
            String upload,
            String resumable,
            String job,
            String schedule,
            String webhook,
            String apiKey,
            String link) {
        Attempts attempts = new Attempts(key);
        attempts.files(content);
        attempts.uploads(upload);
        attempts.jobs(JOBS + "/" + job);
        attempts.schedules(SCHEDULES + "/" + schedule);
        attempts.lifecycle();
        attempts.webhooks(WEBHOOKS + "/" + webhook);
        attempts.resumables(resumable);
        attempts.companion(upload);
        attempts.links(LINKS + "/" + link);
        attempts.accounts(KEYS + "/" + apiKey);
        attempts.add("get /metrics", Attempt.of("GET", "/metrics"));
        attempts.add("head /metrics", Attempt.of("HEAD", "/metrics"));
        return Map.copyOf(attempts.all);
    }

    private void files(String content) {
        read("/download/{key}", "/download/" + key);
        read("/metadata/{key}", "/metadata/" + key);
        add(
                "patch " + FILES + "/metadata/{key}",
                Attempt.json("PATCH", FILES + "/metadata/" + key, "{'cache_control': 'no-store'}"));
        read("/archive", "/archive?prefix=raw/p1/");
        post("/archive", "{'keys': ['%s']}".formatted(key));
        read("/list", "/list?prefix=raw/p1/");
        add("head " + FILES + "/exists/{key}", Attempt.of("HEAD", FILES + "/exists/" + key));
        add("put " + FILES + "/{key}", new Attempt("PUT", FILES + "/" + key, "text/plain", content));
        add("delete " + FILES + "/{key}", Attempt.of("DELETE", FILES + "/" + key + ".new"));
        add("post " + FILES + "/upload", Attempt.form("POST", FILES + "/upload", "file", "key", key + ".new"));
        add(
                "post " + FILES + "/upload/batch",
                Attempt.form("POST", FILES + "/upload/batch", "files", "keys", key + ".new"));
        post("/delete/batch", "{'keys': ['%s.new']}".formatted(key));
        post("/copy", "{'source_key': '%s', 'target_key': '%s.new'}".formatted(key, key));
        post("/move", "{'source_key': '%s', 'target_key': '%s.new'}".formatted(key, key));
        post("/presigned-url/upload", "{'key': '%s'}".formatted(key));
        post("/presigned-url/download", "{'key': '%s'}".formatted(key));
    }

    private void uploads(String upload) {
        String query = "?key=" + key + "&upload_id=" + upload;
        String fields = "'key': '%s', 'upload_id': '%s'".formatted(key, upload);
        post("/multipart/create", "{'key': '%s'}".formatted(key));
        add(
                "put " + FILES + "/multipart/upload-part",
                new Attempt("PUT", FILES + "/multipart/upload-part" + query + "&part_number=1", "", "forged"));
        post("/multipart/presign-part", "{" + fields + ", 'part_number': 1}");
        post("/multipart/complete", "{" + fields + "}");
        add("delete " + FILES + "/multipart/abort", Attempt.of("DELETE", FILES + "/multipart/abort" + query));
        read("/multipart/list", "/multipart/list?prefix=raw/p1/");
        read("/multipart/list-parts", "/multipart/list-parts" + query);
        read("/multipart/status", "/multipart/status" + query);
    }

    private void resumables(String id) {
        String metadata = "key " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        Attempt create = Attempt.of("POST", TUS).with("Tus-Resumable", "1.0.0", "Upload-Length", "3");
        add("post " + TUS, create.with("Upload-Metadata", metadata));
        add("head " + TUS + "/{id}", Attempt.of("HEAD", TUS + "/" + id).with("Tus-Resumable", "1.0.0"));
        add("delete " + TUS + "/{id}", Attempt.of("DELETE", TUS + "/" + id).with("Tus-Resumable", "1.0.0"));
        add(
                "patch " + TUS + "/{id}",
                new Attempt("PATCH", TUS + "/" + id, "application/offset+octet-stream", "forged")
                        .with("Tus-Resumable", "1.0.0", "Upload-Offset", "0"));
        String[] draft = {"Upload-Draft-Interop-Version", "8", "Upload-Complete", "?1"};
        for (String method : List.of("POST", "PUT")) {
            Attempt whole = new Attempt(method, DRAFT + "?key=" + key + ".new", "text/plain", "forged");
            add((method.equals("PUT") ? "put " : "post ") + DRAFT, whole.with(draft));
        }
        add("head " + DRAFT + "/{id}", Attempt.of("HEAD", DRAFT + "/" + id).with(draft[0], draft[1]));
        add("delete " + DRAFT + "/{id}", Attempt.of("DELETE", DRAFT + "/" + id).with(draft[0], draft[1]));
        add(
                "patch " + DRAFT + "/{id}",
                new Attempt("PATCH", DRAFT + "/" + id, "application/partial-upload", "forged")
                        .with("Upload-Draft-Interop-Version", "8", "Upload-Complete", "?1", "Upload-Offset", "0"));
    }

    private void companion(String upload) {
        String one = COMPANION + "/multipart/" + upload;
        String query = "?key=" + key;
        add(
                "post " + COMPANION + "/multipart",
                Attempt.json(
                        "POST",
                        COMPANION + "/multipart",
                        "{'filename': 'f', 'metadata': {'key': '%s'}}".formatted(key)));
        add(
                "post " + COMPANION + "/multipart/{id}/complete",
                Attempt.json("POST", one + "/complete" + query, "{'parts': [{'PartNumber': 1, 'ETag': 'x'}]}"));
        add("delete " + COMPANION + "/multipart/{id}", Attempt.of("DELETE", one + query));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + COMPANION + "/multipart/{id}", Attempt.of(method, one + query));
            add(lower + COMPANION + "/multipart/{id}/{number}", Attempt.of(method, one + "/1" + query));
            add(
                    lower + COMPANION + "/params",
                    Attempt.of(method, COMPANION + "/params?filename=f&metadata[key]=" + key));
        }
    }

    private void jobs(String job) {
        String id = JOBS + "/{id}";
        add(
                "post " + JOBS,
                Attempt.json("POST", JOBS, "{'operation': 'delete', 'source': {'prefix': 'raw/p1/none/'}}"));
        add("delete " + id, Attempt.of("DELETE", job));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + JOBS, Attempt.of(method, JOBS));
            add(lower + id, Attempt.of(method, job));
            add(lower + id + "/items", Attempt.of(method, job + "/items"));
            add(lower + id + "/report", Attempt.of(method, job + "/report"));
            add(lower + id + "/events", Attempt.of(method, job + "/events"));
        }
        for (String action : List.of("/cancel", "/pause", "/resume", "/retry")) {
            add("post " + id + action, Attempt.of("POST", job + action));
        }
    }

    private void schedules(String schedule) {
        String id = SCHEDULES + "/{id}";
        String job = "{'operation': 'delete', 'source': {'prefix': 'raw/p1/none/'}}";
        add(
                "post " + SCHEDULES,
                Attempt.json("POST", SCHEDULES, "{'name': 'x', 'cron': '* * * * *', 'job': " + job + "}"));
        add("patch " + id, Attempt.json("PATCH", schedule, "{'enabled': false}"));
        add("delete " + id, Attempt.of("DELETE", schedule));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + SCHEDULES, Attempt.of(method, SCHEDULES));
            add(lower + id, Attempt.of(method, schedule));
        }
    }

    private void links(String link) {
        add("post " + LINKS, Attempt.json("POST", LINKS, "{'key': '%s'}".formatted(key)));
        add("delete " + LINKS + "/{id}", Attempt.of("DELETE", link));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + LINKS, Attempt.of(method, LINKS));
            add(lower + LINKS + "/{id}", Attempt.of(method, link));
        }
    }

    private void lifecycle() {
        String rules = "{'rules': [{'id': 'r', 'prefix': 'raw/p1/none/', 'expire_after': '30d'}]}";
        add("put " + LIFECYCLE, Attempt.json("PUT", LIFECYCLE, rules));
        add("post " + LIFECYCLE + "/preview", Attempt.json("POST", LIFECYCLE + "/preview", rules));
        add("get " + LIFECYCLE, Attempt.of("GET", LIFECYCLE));
        add("head " + LIFECYCLE, Attempt.of("HEAD", LIFECYCLE));
    }

    private void webhooks(String webhook) {
        String id = WEBHOOKS + "/{id}";
        add(
                "post " + WEBHOOKS,
                Attempt.json(
                        "POST",
                        WEBHOOKS,
                        "{'url': 'https://example.com/', 'events': ['file.created'], 'prefix': 'raw/p1/'}"));
        add("patch " + id, Attempt.json("PATCH", webhook, "{'enabled': false}"));
        add("delete " + id, Attempt.of("DELETE", webhook));
        add("post " + id + "/rotate", Attempt.of("POST", webhook + "/rotate"));
        add("post " + id + "/test", Attempt.of("POST", webhook + "/test"));
        add("post " + id + "/deliveries/{number}/redeliver", Attempt.of("POST", webhook + "/deliveries/1/redeliver"));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + WEBHOOKS, Attempt.of(method, WEBHOOKS));
            add(lower + id, Attempt.of(method, webhook));
            add(lower + id + "/deliveries", Attempt.of(method, webhook + "/deliveries"));
        }
    }

    private void accounts(String apiKey) {
        add("post " + KEYS, Attempt.json("POST", KEYS, "{'name': 'x', 'projects': ['p1']}"));
        add("delete " + KEYS + "/{id}", Attempt.of("DELETE", apiKey));
        add("post " + KEYS + "/{id}/rotate", Attempt.of("POST", apiKey + "/rotate"));
        for (String method : List.of("GET", "HEAD")) {
            String lower = method.equals("GET") ? "get " : "head ";
            add(lower + KEYS, Attempt.of(method, KEYS));
            add(lower + KEYS + "/{id}", Attempt.of(method, apiKey));
            add(lower + "/api/v1/me", Attempt.of(method, "/api/v1/me"));
            add(lower + "/api/v1/usage", Attempt.of(method, "/api/v1/usage"));
            add(lower + "/api/v1/events", Attempt.of(method, "/api/v1/events"));
        }
    }

    /** Adds a {@code GET} and its {@code HEAD}. */
    private void read(String route, String path) {
        add("get " + FILES + route, Attempt.of("GET", FILES + path));
        add("head " + FILES + route, Attempt.of("HEAD", FILES + path));
    }

    private void post(String path, String json) {
        add("post " + FILES + path, Attempt.json("POST", FILES + path, json));
    }

    private void add(String route, Attempt attempt) {
        all.put(route, attempt);
    }
}
