package dev.stowage.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A small service that answers as the contract says, keeps its files in memory, and fails on request. Requests are handled one by one. */
final class FakeService implements AutoCloseable {

    static final String KEY = "stw_test_key";

    private static final int PAGE = 2;

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    final NavigableMap<String, StoredBytes> files = new TreeMap<>();
    final Map<String, TusState> uploads = new LinkedHashMap<>();
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final Deque<Fault> faults = new ArrayDeque<>();

    /** What the next request with this method gets. */
    record Fault(String method, Kind kind) {}

    enum Kind {
        /** 503 before anything is done. */
        UNAVAILABLE,
        /** The connection is closed after the request was done, without an answer. */
        LOST_ANSWER,
        /** The body of the answer ends in the middle. */
        CUT_BODY
    }

    static final class StoredBytes {

        private final byte[] bytes;
        private final Map<String, String> metadata;
        private final String type;

        StoredBytes(byte[] bytes, Map<String, String> metadata, String type) {
            this.bytes = bytes;
            this.metadata = metadata;
            this.type = type;
        }

        byte[] bytes() {
            return bytes;
        }

        Map<String, String> metadata() {
            return metadata;
        }

        String type() {
            return type;
        }

        String etag() {
            return HexFormat.of().formatHex(Sha256.of(bytes, 0, bytes.length), 0, 8);
        }
    }

    /** Returns a file that is there. */
    StoredBytes file(String key) {
        return Objects.requireNonNull(files.get(key));
    }

    static final class TusState {

        final String key;
        final Map<String, String> metadata;
        byte[] bytes = new byte[0];
        long size;

        TusState(String key, Map<String, String> metadata, long size) {
            this.key = key;
            this.metadata = metadata;
            this.size = size;
        }
    }

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(thread);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void failNext(String method, Kind kind) {
        faults.add(new Fault(method, kind));
    }

    long count(String method) {
        return requests.stream().filter(line -> line.startsWith(method + " ")).count();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        requests.add(method + " " + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<Fault> fault =
                faults.stream().filter(next -> next.method().equals(method)).findFirst();
        fault.ifPresent(faults::remove);
        Kind kind = fault.map(Fault::kind).orElse(null);
        if (kind == Kind.UNAVAILABLE) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            error(exchange, 503, "StorageUnavailable", "The store is away");
            return;
        }
        Reply reply = reply(exchange, method, path, body);
        if (kind == Kind.LOST_ANSWER) {
            exchange.close();
            return;
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (method.equals("HEAD") || reply.status() == 204) {
            exchange.sendResponseHeaders(reply.status(), -1);
        } else {
            byte[] bytes = reply.body();
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            int count = kind == Kind.CUT_BODY ? bytes.length / 2 : bytes.length;
            exchange.getResponseBody().write(bytes, 0, count);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private static final class Reply {

        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Reply(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        int status() {
            return status;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        static Reply json(int status, String json) {
            return new Reply(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
        }

        static Reply error(int status, String error, String message) {
            return json(
                    status, "{\"error\": \"" + error + "\", \"message\": \"" + message + "\", \"request_id\": \"r\"}");
        }

        static Reply empty(int status, Map<String, String> headers) {
            return new Reply(status, headers, new byte[0]);
        }
    }

    private static void error(HttpExchange exchange, int status, String error, String message) throws IOException {
        byte[] body = Reply.error(status, error, message).body();
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange, String method, String path, byte[] body) {
        Headers headers = exchange.getRequestHeaders();
        if (!("Bearer " + KEY).equals(headers.getFirst("Authorization"))) {
            return Reply.error(401, "Unauthorized", "Send an API key");
        }
        if (path.startsWith("/api/v1/tus")) {
            return tus(method, path, headers, body);
        }
        if (path.equals("/api/v1/s3/list")) {
            return list(exchange.getRequestURI());
        }
        if (path.startsWith("/api/v1/s3/download/")) {
            return download(key(path, "/api/v1/s3/download/"), headers);
        }
        if (path.startsWith("/api/v1/s3/metadata/")) {
            return metadata(key(path, "/api/v1/s3/metadata/"));
        }
        String key = key(path, "/api/v1/s3/");
        if (method.equals("DELETE")) {
            return files.remove(key) == null
                    ? Reply.error(404, "FileNotFound", "No file at " + key)
                    : Reply.empty(204, Map.of());
        }
        return method.equals("PUT") ? put(key, headers, body) : Reply.error(404, "NotFound", "Nothing here");
    }

    private static String key(String path, String before) {
        return URLDecoder.decode(path.substring(before.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Reply put(String key, Headers headers, byte[] body) {
        String digest = "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(body, 0, body.length)) + ":";
        if (!digest.equals(headers.getFirst("Content-Digest"))) {
            return Reply.error(400, "ChecksumMismatch", "Other bytes");
        }
        if ("*".equals(headers.getFirst("If-None-Match")) && files.containsKey(key)) {
            return Reply.error(412, "PreconditionFailed", "There is a file");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-meta-")) {
                metadata.put(name.substring(7).toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        String type = headers.getFirst("Content-Type");
        files.put(key, new StoredBytes(body, metadata, type == null ? "application/octet-stream" : type));
        return Reply.json(201, describe(key));
    }

    private String describe(String key) {
        StoredBytes file = file(key);
        String metadata = file.metadata().entrySet().stream()
                .map(pair -> "\"" + pair.getKey() + "\": \"" + pair.getValue() + "\"")
                .collect(Collectors.joining(", "));
        return "{\"key\": \"" + key + "\", \"size\": " + file.bytes().length + ", \"etag\": \"" + file.etag()
                + "\", \"last_modified\": \"2025-11-30T12:00:00Z\", \"content_type\": \"" + file.type()
                + "\", \"metadata\": {" + metadata + "}, \"a_later_field\": [1]}";
    }

    private Reply metadata(String key) {
        return files.containsKey(key)
                ? Reply.json(200, describe(key))
                : Reply.error(404, "FileNotFound", "No file at " + key);
    }

    private Reply list(URI request) {
        List<String> keys = new ArrayList<>(files.keySet());
        String query = request.getRawQuery();
        int token = query.indexOf("continuation_token=");
        int from = token < 0 ? 0 : Integer.parseInt(query.substring(token + "continuation_token=".length()));
        int to = Math.min(from + PAGE, keys.size());
        String page = keys.subList(from, to).stream().map(this::describe).collect(Collectors.joining(", "));
        String next = to < keys.size() ? "\"" + to + "\"" : "null";
        return Reply.json(
                200, "{\"files\": [" + page + "], \"common_prefixes\": [], \"next_continuation_token\": " + next + "}");
    }

    private Reply download(String key, Headers headers) {
        StoredBytes file = files.get(key);
        if (file == null) {
            return Reply.error(404, "FileNotFound", "No file at " + key);
        }
        String match = headers.getFirst("If-Match");
        if (match != null && !match.equals("\"" + file.etag() + "\"")) {
            return Reply.error(412, "PreconditionFailed", "Another version");
        }
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("ETag", "\"" + file.etag() + "\"");
        file.metadata().forEach((name, value) -> answer.put("X-Meta-" + name, value));
        String range = headers.getFirst("Range");
        if (range == null) {
            return new Reply(200, answer, file.bytes());
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? file.bytes().length : Integer.parseInt(ends[1]) + 1;
        return new Reply(206, answer, Arrays.copyOfRange(file.bytes(), from, Math.min(to, file.bytes().length)));
    }

    private Reply tus(String method, String path, Headers headers, byte[] body) {
        if (method.equals("POST")) {
            return create(headers);
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        TusState upload = uploads.get(id);
        if (upload == null) {
            return Reply.error(404, "UploadNotFound", "No upload");
        }
        if (method.equals("DELETE")) {
            uploads.remove(id);
            return Reply.empty(204, Map.of());
        }
        return method.equals("PATCH") ? append(upload, headers, body) : Reply.empty(200, offset(upload));
    }

    private Reply create(Headers headers) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String pair : headers.getFirst("Upload-Metadata").split(",", -1)) {
            String[] words = pair.split(" ", -1);
            metadata.put(words[0], new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8));
        }
        String length = headers.getFirst("Upload-Length");
        String id = "u" + uploads.size();
        uploads.put(
                id,
                new TusState(
                        Objects.requireNonNull(metadata.remove("key")),
                        metadata,
                        length == null ? -1 : Long.parseLong(length)));
        return Reply.empty(201, Map.of("Location", "/api/v1/tus/" + id));
    }

    private Reply append(TusState upload, Headers headers, byte[] body) {
        String digest = "sha256 " + Base64.getEncoder().encodeToString(Sha256.of(body, 0, body.length));
        if (!digest.equals(headers.getFirst("Upload-Checksum"))) {
            return Reply.error(460, "ChecksumMismatch", "Other bytes");
        }
        if (Long.parseLong(headers.getFirst("Upload-Offset")) != upload.bytes.length) {
            return Reply.error(409, "Conflict", "Another offset");
        }
        byte[] all = Arrays.copyOf(upload.bytes, upload.bytes.length + body.length);
        System.arraycopy(body, 0, all, upload.bytes.length, body.length);
        upload.bytes = all;
        String length = headers.getFirst("Upload-Length");
        upload.size = length == null ? upload.size : Long.parseLong(length);
        if (upload.size == all.length) {
            files.put(upload.key, new StoredBytes(all, upload.metadata, "application/octet-stream"));
        }
        return Reply.empty(204, offset(upload));
    }

    private static Map<String, String> offset(TusState upload) {
        return Map.of("Upload-Offset", Integer.toString(upload.bytes.length));
    }
}
