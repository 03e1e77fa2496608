package dev.stowage.it.service;

import dev.stowage.it.service.Api.Reply;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * For every operation that requires a credential, by its method and path, requests for another client's file, upload or job: in the
 * path, the query, JSON bodies, form fields, headers and the metadata of tus.
 */
public final class ForeignAttempts {

    private static final String FILES = "/api/v1/s3";
    private static final String JOBS = "/api/v1/jobs";
    private static final String LIFECYCLE = "/api/v1/lifecycle";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String LINKS = "/api/v1/links";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String KEYS = "/api/v1/keys";
    private static final String TUS = "/api/v1/tus";
    private static final String DRAFT = "/api/v1/resumable";
    private static final String COMPANION = "/api/v1/companion/s3";
    private static final String[] TUS_VERSION = {"Tus-Resumable", "1.0.0"};
    private static final String[] DRAFT_VERSION = {"Upload-Draft-Interop-Version", "8"};

    private final Target target;
    private final String own;
    private final Map<String, List<Attempt>> all = new LinkedHashMap<>();

    private ForeignAttempts(Target target, String own) {
        this.target = target;
        this.own = own;
    }

    /**
     * The targets of the requests.
     *
     * @param key of a file and of a multipart upload, below {@code prefix}
     * @param tus the id of a resumable upload
     * @param managed the ids of what is managed beside files
     */
    public record Target(String prefix, String key, String upload, String tus, String job, Managed managed) {}

    /**
     * What is managed beside files.
     *
     * @param apiKey the id of an API key
     * @param schedule the id of a schedule of jobs
     * @param link the id of a link
     * @param webhook the id of a webhook
     */
    public record Managed(String apiKey, String schedule, String link, String webhook) {}

    /** A request. */
    public record Attempt(String method, String path, String body, List<String> headers) {
        /** Sends it. */
        public Reply send(Api api, String... more) {
            List<String> sent = new ArrayList<>(headers);
            sent.addAll(List.of(more));
            BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
            return api.send(method, path, publisher, sent.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return method + " " + path + " " + body + " " + headers;
        }
    }

    /**
     * The requests by operation, such as {@code get /path/{key}}.
     *
     * @param own the key of a file of the client that sends them
     */
    public static Map<String, List<Attempt>> at(Target target, String own) {
        ForeignAttempts attempts = new ForeignAttempts(target, own);
        attempts.files();
        attempts.changes();
        attempts.uploads();
        attempts.companion();
        attempts.tus();
        attempts.draft();
        attempts.jobs();
        attempts.submissions();
        attempts.schedules();
        attempts.lifecycle();
        attempts.webhooks();
        attempts.archives();
        attempts.links();
        attempts.accounts();
        attempts.plain("get /metrics", "/metrics");
        return attempts.all;
    }

    private void files() {
        for (String key : keys()) {
            plain("get " + FILES + "/download/{key}", FILES + "/download/" + key);
            plain("head " + FILES + "/download/{key}", FILES + "/download/" + key);
            plain("head " + FILES + "/exists/{key}", FILES + "/exists/" + key);
            plain("get " + FILES + "/metadata/{key}", FILES + "/metadata/" + key);
            plain("delete " + FILES + "/{key}", FILES + "/" + key);
            add("put " + FILES + "/{key}", FILES + "/" + key, "forged", "Content-Type", "text/plain");
            json("patch " + FILES + "/metadata/{key}", FILES + "/metadata/" + key, "{'cache_control': 'no-store'}");
        }
        plain("get " + FILES + "/download/{key}", FILES + "/download/" + target.key, "Range", "bytes=0-3");
        plain("head " + FILES + "/exists/{key}", FILES + "/exists/" + target.prefix + "none");
        for (String prefix : List.of("", "r", "raw/", target.prefix, target.key)) {
            plain("get " + FILES + "/list", FILES + "/list?prefix=" + prefix);
            plain("get " + FILES + "/list", FILES + "/list?delimiter=/&prefix=" + prefix);
        }
    }

    /** The key in all the spellings that a path allows. */
    private List<String> keys() {
        String folder = own.substring(0, own.lastIndexOf('/'));
        String up = folder + "/../../" + target.key;
        return List.of(target.key, target.key.replace("/", "%2F"), up, up.replace("/", "%2F"));
    }

    private void changes() {
        form("post " + FILES + "/upload", FILES + "/upload", "key", "file", target.key);
        form("post " + FILES + "/upload/batch", FILES + "/upload/batch", "keys", "files", target.key);
        post("/delete/batch", "{'keys': ['%s']}".formatted(target.key));
        for (String path : List.of("/copy", "/move")) {
            post(path, "{'source_key': '%s', 'target_key': '%s.new'}".formatted(target.key, own));
            post(path, "{'source_key': '%s', 'target_key': '%s'}".formatted(own, target.key));
            post(path, "{'source_key': '%s', 'target_key': '%s.new'}".formatted(target.key, target.key));
        }
        post("/presigned-url/upload", "{'key': '%s'}".formatted(target.key));
        post("/presigned-url/download", "{'key': '%s'}".formatted(target.key));
    }

    /** Also with an own key and the other client's upload. */
    private void uploads() {
        post("/multipart/create", "{'key': '%s'}".formatted(target.key));
        plain("get " + FILES + "/multipart/list", FILES + "/multipart/list?prefix=" + target.prefix);
        for (String key : List.of(target.key, own)) {
            String query = "?key=" + key + "&upload_id=" + target.upload;
            String fields = "'key': '%s', 'upload_id': '%s'".formatted(key, target.upload);
            String multipart = FILES + "/multipart";
            add("put " + multipart + "/upload-part", multipart + "/upload-part" + query + "&part_number=1", "forged");
            post("/multipart/presign-part", "{" + fields + ", 'part_number': 1}");
            post("/multipart/complete", "{" + fields + "}");
            add(
                    "post " + multipart + "/complete",
                    multipart + "/complete",
                    "key=" + key + "&upload_id=" + target.upload,
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            plain("delete " + multipart + "/abort", multipart + "/abort" + query);
            plain("get " + multipart + "/list-parts", multipart + "/list-parts" + query);
            plain("get " + multipart + "/status", multipart + "/status" + query);
        }
    }

    private void companion() {
        String multipart = COMPANION + "/multipart";
        json("post " + multipart, multipart, "{'filename': 'f', 'metadata': {'key': '%s'}}".formatted(target.key));
        plain("get " + COMPANION + "/params", COMPANION + "/params?filename=f&metadata%5Bkey%5D=" + target.key);
        for (String key : List.of(target.key, own)) {
            String one = multipart + "/" + target.upload;
            String query = "?key=" + key;
            plain("get " + multipart + "/{id}", one + query);
            plain("get " + multipart + "/{id}/{number}", one + "/1" + query);
            plain("delete " + multipart + "/{id}", one + query);
            json(
                    "post " + multipart + "/{id}/complete",
                    one + "/complete" + query,
                    "{'parts': [{'PartNumber': 1, 'ETag': 'x'}]}");
        }
    }

    private void tus() {
        String one = TUS + "/" + target.tus;
        add("post " + TUS, TUS, "", with(TUS_VERSION, "Upload-Length", "3", "Upload-Metadata", note(target.key)));
        String[] joined = {"Upload-Concat", "final;" + one, "Upload-Metadata", note(own + ".joined")};
        add("post " + TUS, TUS, "", with(TUS_VERSION, joined));
        plain("head " + TUS + "/{id}", one, TUS_VERSION);
        plain("delete " + TUS + "/{id}", one, TUS_VERSION);
        String[] append = {"Upload-Offset", "3", "Content-Type", "application/offset+octet-stream"};
        add("patch " + TUS + "/{id}", one, "forged", with(TUS_VERSION, append));
    }

    private void draft() {
        String one = DRAFT + "/" + target.tus;
        for (String method : List.of("post ", "put ")) {
            String[] whole = {"Upload-Complete", "?1", "Content-Type", "text/plain"};
            add(method + DRAFT, DRAFT + "?key=" + target.key, "forged", with(DRAFT_VERSION, whole));
        }
        plain("head " + DRAFT + "/{id}", one, DRAFT_VERSION);
        plain("delete " + DRAFT + "/{id}", one, DRAFT_VERSION);
        String[] append = {"Upload-Complete", "?1", "Upload-Offset", "3", "Content-Type", "application/partial-upload"};
        add("patch " + DRAFT + "/{id}", one, "forged", with(DRAFT_VERSION, append));
    }

    private void jobs() {
        String id = JOBS + "/{id}";
        String one = JOBS + "/" + target.job;
        plain("get " + JOBS, JOBS);
        plain("get " + id, one);
        plain("delete " + id, one);
        for (String what : List.of("/items", "/report", "/events")) {
            plain("get " + id + what, one + what);
        }
        for (String action : List.of("/cancel", "/pause", "/resume", "/retry")) {
            plain("post " + id + action, one + action);
        }
    }

    private void accounts() {
        String id = KEYS + "/{id}";
        String one = KEYS + "/" + target.managed.apiKey;
        json("post " + KEYS, KEYS, "{'name': 'x', 'prefixes': ['%s']}".formatted(target.prefix));
        json("post " + KEYS, KEYS, "{'name': 'x', 'prefixes': ['']}");
        plain("get " + KEYS, KEYS);
        plain("get " + id, one);
        plain("delete " + id, one);
        plain("post " + id + "/rotate", one + "/rotate");
        plain("get /api/v1/me", "/api/v1/me");
        plain("get /api/v1/usage", "/api/v1/usage");
        plain("get /api/v1/events", "/api/v1/events");
        plain("get /api/v1/events", "/api/v1/events?prefix=" + target.prefix);
    }

    private void submissions() {
        String mine = own.substring(0, own.lastIndexOf('/') + 1);
        String from = "'source': {'prefix': '%s'}".formatted(target.prefix);
        String to = "'target': {'prefix': '%s'}".formatted(mine);
        submit("delete", from);
        submit("delete", "'source': {'prefix': 'raw/'}");
        submit("delete", "'source': {'keys': ['%s', '%s']}".formatted(own, target.key));
        submit("verify", from);
        submit("verify", "'source': {'manifest': '%s'}".formatted(target.key));
        submit("set_metadata", from + ", 'target': {'metadata': {'owner': 'mallory'}}");
        for (String operation : List.of("copy", "move")) {
            submit(operation, from + ", " + to);
            submit(operation, "'source': {'keys': ['%s']}, ".formatted(own) + foreignTarget());
        }
        submit("archive", from + ", 'target': {'key': '%s.zip'}".formatted(own));
        submit("archive", "'source': {'keys': ['%s']}, 'target': {'key': '%sall.zip'}".formatted(own, target.prefix));
    }

    private void schedules() {
        String id = SCHEDULES + "/{id}";
        String one = SCHEDULES + "/" + target.managed.schedule;
        String job = "{'operation': 'delete', 'source': {'prefix': '%s'}}".formatted(target.prefix);
        json("post " + SCHEDULES, SCHEDULES, "{'name': 'x', 'cron': '0 3 * * *', 'job': %s}".formatted(job));
        plain("get " + SCHEDULES, SCHEDULES);
        plain("get " + id, one);
        json("patch " + id, one, "{'enabled': false}");
        plain("delete " + id, one);
    }

    private void links() {
        String id = LINKS + "/{id}";
        String one = LINKS + "/" + target.managed.link;
        json("post " + LINKS, LINKS, "{'key': '%s'}".formatted(target.key));
        for (String prefix : List.of("", "r", "raw/", target.prefix, target.key)) {
            json("post " + LINKS, LINKS, "{'prefix': '%s'}".formatted(prefix));
        }
        json("post " + LINKS, LINKS, "{'prefix': '%s', 'kind': 'upload'}".formatted(target.prefix));
        plain("get " + LINKS, LINKS);
        plain("get " + id, one);
        plain("delete " + id, one);
    }

    private void lifecycle() {
        plain("get " + LIFECYCLE, LIFECYCLE);
        for (String prefix : List.of("", "raw/", target.prefix, target.key)) {
            String rules = "{'rules': [{'id': 'r', 'prefix': '%s', 'expire_after': '1s'}]}".formatted(prefix);
            json("put " + LIFECYCLE, LIFECYCLE, rules);
            json("post " + LIFECYCLE + "/preview", LIFECYCLE + "/preview", rules);
        }
    }

    private void webhooks() {
        String id = WEBHOOKS + "/{id}";
        String one = WEBHOOKS + "/" + target.managed.webhook;
        json(
                "post " + WEBHOOKS,
                WEBHOOKS,
                "{'url': 'https://example.com/', 'events': ['file.created'], 'prefix': '%s'}".formatted(target.prefix));
        plain("get " + WEBHOOKS, WEBHOOKS);
        plain("get " + id, one);
        json("patch " + id, one, "{'enabled': false}");
        plain("delete " + id, one);
        plain("post " + id + "/rotate", one + "/rotate");
        plain("post " + id + "/test", one + "/test");
        plain("get " + id + "/deliveries", one + "/deliveries");
        plain("post " + id + "/deliveries/{number}/redeliver", one + "/deliveries/1/redeliver");
    }

    private void archives() {
        String archive = FILES + "/archive";
        for (String prefix : List.of("", "raw/", target.prefix)) {
            plain("get " + archive, archive + "?prefix=" + prefix);
            plain("head " + archive, archive + "?prefix=" + prefix);
        }
        post("/archive", "{'keys': ['%s']}".formatted(target.key));
        post("/archive", "{'keys': ['%s', '%s']}".formatted(own, target.key));
        post("/archive", "{'prefixes': ['%s']}".formatted(target.prefix));
    }

    private String foreignTarget() {
        return "'target': {'prefix': '%s'}".formatted(target.prefix);
    }

    private void submit(String operation, String rest) {
        json("post " + JOBS, JOBS, "{'operation': '%s', %s}".formatted(operation, rest));
    }

    private void post(String path, String text) {
        json("post " + FILES + path, FILES + path, text);
    }

    private void json(String operation, String path, String text) {
        add(operation, path, text.replace('\'', '"'), "Content-Type", "application/json");
    }

    private void form(String operation, String path, String field, String file, String key) {
        Form form =
                new Form().field(field, key).file(file, "f", "text/plain", "forged".getBytes(StandardCharsets.UTF_8));
        add(operation, path, new String(form.bytes(), StandardCharsets.UTF_8), "Content-Type", form.contentType());
    }

    private void plain(String operation, String path, String... headers) {
        add(operation, path, "", headers);
    }

    private void add(String operation, String path, String body, String... headers) {
        String method = operation.substring(0, operation.indexOf(' ')).toUpperCase(Locale.ROOT);
        all.computeIfAbsent(operation, none -> new ArrayList<>())
                .add(new Attempt(method, path, body, List.of(headers)));
    }

    private static String[] with(String[] some, String... more) {
        List<String> together = new ArrayList<>(List.of(some));
        together.addAll(List.of(more));
        return together.toArray(String[]::new);
    }

    private static String note(String key) {
        return "key " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
