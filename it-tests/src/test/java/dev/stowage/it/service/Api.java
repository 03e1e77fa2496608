package dev.stowage.it.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An HTTP client of the service as users would write one: JSON trees, and no class of the service. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;
    private final String[] credential;
    private final Duration timeout;

    /** @param base the URL of the service, without a trailing slash */
    public Api(URI base) {
        this(base, TIMEOUT);
    }

    /** @param timeout of each request, until the response begins */
    public Api(URI base, Duration timeout) {
        this(base, new String[0], timeout);
    }

    private Api(URI base, String[] credential, Duration timeout) {
        this.base = base;
        this.credential = credential;
        this.timeout = timeout;
    }

    /** The same client with an API key or a token. */
    public Api as(String token) {
        return new Api(base, new String[] {"Authorization", "Bearer " + token}, timeout);
    }

    /** The URL of {@code path}, which is already encoded. */
    public URI uri(String path) {
        return URI.create(base + path);
    }

    /** Sends a request; header names and values alternate. */
    public Reply send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).timeout(timeout).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (credential.length > 0) {
            request.headers(credential);
        }
        return send(request.build());
    }

    /** Sends a request to any URL. */
    public Reply send(HttpRequest request) {
        try {
            return new Reply(client.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Reply head(String path, String... headers) {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Reply put(String path, byte[] body, String... headers) {
        return send("PUT", path, BodyPublishers.ofByteArray(body), headers);
    }

    /** Posts JSON text. */
    public Reply post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    /** Posts an object as JSON. */
    public Reply post(String path, Map<String, ?> json, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send("POST", path, BodyPublishers.ofString(json(json)), all);
    }

    /** Stores a file, and checks that it succeeds. */
    public Reply store(String key, byte[] body, String... headers) {
        return put(Paths.OBJECT + encode(key), body, headers).expect(200, 201);
    }

    /** Percent-encodes a key for a path; slashes stay. */
    public static String encode(String key) {
        return query(key).replace("%2F", "/");
    }

    /** Percent-encodes a value for a query. */
    public static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The API paths of the contract. */
    public static final class Paths {
        public static final String OBJECT = "/api/v1/s3/";
        public static final String DOWNLOAD = OBJECT + "download/";
        public static final String EXISTS = OBJECT + "exists/";
        public static final String METADATA = OBJECT + "metadata/";
        public static final String LIST = OBJECT + "list";
        public static final String MULTIPART = OBJECT + "multipart/";
        public static final String JOBS = "/api/v1/jobs";
        public static final String PRESIGNED = OBJECT + "presigned-url/";

        private Paths() {}
    }

    /** A response with its body. */
    public record Reply(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public byte[] body() {
            return response.body();
        }

        public String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        /** The header, or an empty text. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + text(), e);
            }
        }

        /**
         * Checks the status.
         *
         * @throws UnexpectedReply when it is another one
         */
        public Reply expect(Integer... statuses) {
            if (!List.of(statuses).contains(status())) {
                throw new UnexpectedReply(List.of(statuses), this);
            }
            return this;
        }

        /** The error code. */
        public String error() {
            return json().path("error").asText();
        }
    }
}
