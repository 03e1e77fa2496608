package dev.stowage.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request for each way to write a file at a key. */
final class WriteAttempts {

    private static final String FILES = "/api/v1/s3";
    private static final String JOBS = "/api/v1/jobs";
    private static final String COMPANION = "/api/v1/companion/s3";

    private WriteAttempts() {}

    /** Returns the requests, by description. {@code source} is the key of an existing file. */
    static Map<String, Attempt> to(String key, String source) {
        Map<String, Attempt> all = new LinkedHashMap<>();
        files(all, key, source);
        String path = encoded(key);
        String note = "key " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        all.put(
                "tus",
                Attempt.of("POST", "/api/v1/tus")
                        .with("Tus-Resumable", "1.0.0", "Upload-Length", "3", "Upload-Metadata", note));
        String[] draft = {"Upload-Draft-Interop-Version", "8", "Upload-Complete", "?1"};
        for (String method : new String[] {"POST", "PUT"}) {
            all.put(
                    "draft " + method,
                    new Attempt(method, "/api/v1/resumable?key=" + path, "text/plain", "x").with(draft));
        }
        all.put(
                "Companion multipart",
                Attempt.json(
                        "POST",
                        COMPANION + "/multipart",
                        "{'filename': 'f', 'metadata': {'key': '%s'}}".formatted(key)));
        all.put("Companion params", Attempt.of("GET", COMPANION + "/params?filename=f&metadata[key]=" + path));
        all.put(
                "archive job",
                Attempt.json(
                        "POST",
                        JOBS,
                        "{'operation': 'archive', 'source': {'keys': ['%s']}, 'target': {'key': '%s'}}"
                                .formatted(source, key)));
        return all;
    }

    private static void files(Map<String, Attempt> all, String key, String source) {
        all.put("put", new Attempt("PUT", FILES + "/" + encoded(key), "text/plain", "x"));
        all.put("form", Attempt.form("POST", FILES + "/upload", "file", "key", key));
        all.put("batch form", Attempt.form("POST", FILES + "/upload/batch", "files", "keys", key));
        post(all, "/presigned-url/upload", "{'key': '%s'}".formatted(key));
        post(all, "/multipart/create", "{'key': '%s'}".formatted(key));
        post(all, "/copy", "{'source_key': '%s', 'target_key': '%s'}".formatted(source, key));
        post(all, "/move", "{'source_key': '%s', 'target_key': '%s'}".formatted(source, key));
    }

    private static void post(Map<String, Attempt> all, String path, String json) {
        all.put(path, Attempt.json("POST", FILES + path, json));
    }

    /** Returns a key encoded as one segment of a path or a parameter of a query. */
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
