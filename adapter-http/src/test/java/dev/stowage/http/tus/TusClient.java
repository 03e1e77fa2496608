package dev.stowage.http.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Sends tus requests with explicit header fields, so that each can be invalid. */
final class TusClient {

    static final String BASE = "/api/v1/tus";
    static final String KEY = "raw/p/a.txt";

    private final RunningService service;

    TusClient(RunningService service) {
        this.service = service;
    }

    /** @param fields alternating names and values; an empty value removes a default field */
    HttpResponse<byte[]> send(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = service.request(path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.setHeader("Tus-Resumable", "1.0.0");
        for (int i = 0; i < fields.length; i += 2) {
            request.setHeader(fields[i], fields[i + 1]);
        }
        return service.send(request);
    }

    HttpResponse<byte[]> create(String... fields) {
        return send("POST", BASE, "", with(fields, "Upload-Metadata", metadata("key", KEY)));
    }

    /** Creates an upload, and returns its URL. */
    String begin(long size) {
        HttpResponse<byte[]> created = create("Upload-Length", Long.toString(size));
        assertThat(created.statusCode()).isEqualTo(201);
        return header(created, "Location");
    }

    HttpResponse<byte[]> patch(String url, long offset, String body, String... fields) {
        return send(
                "PATCH",
                url,
                body,
                with(
                        fields,
                        "Upload-Offset",
                        Long.toString(offset),
                        "Content-Type",
                        "application/offset+octet-stream"));
    }

    HttpResponse<byte[]> head(String url) {
        return send("HEAD", url, "");
    }

    /** Creates a partial upload with all its bytes, and returns its URL. */
    String partial(String body) {
        HttpResponse<byte[]> created =
                send("POST", BASE, "", "Upload-Concat", "partial", "Upload-Length", Integer.toString(body.length()));
        String url = header(created, "Location");
        assertThat(patch(url, 0, body).statusCode()).isEqualTo(204);
        return url;
    }

    String download(String key) {
        HttpResponse<byte[]> file = service.get("/api/v1/s3/download/" + key);
        assertThat(file.statusCode()).isEqualTo(200);
        return RunningService.text(file);
    }

    boolean exists(String key) {
        return service.send("HEAD", "/api/v1/s3/exists/" + key).statusCode() == 200;
    }

    /** @param pairs alternating names and values */
    static String metadata(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append(' ')
                    .append(base64(pairs[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return text.toString();
    }

    static String checksum(String name, String algorithm, String body) {
        try {
            return name + " "
                    + base64(MessageDigest.getInstance(algorithm).digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The fields of a test come last and take precedence. */
    private static String[] with(String[] fields, String... usual) {
        String[] all = new String[usual.length + fields.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(fields, 0, all, usual.length, fields.length);
        return all;
    }
}
