package dev.stowage.bench.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tus requests on a connection, which the caller closes. For one thread. */
public record Tus(Http connection, Payload payload) {

    static final String VERSION = "Tus-Resumable: 1.0.0\r\n";
    private static final String UPLOADS = "/api/v1/tus";

    /** Creates an upload and sends all its bytes in one request. */
    public void put(String key, long size) throws IOException {
        String unused = connection.exchange("PATCH " + begin(key, size), bytesFrom(0), payload, size);
    }

    /** Creates an upload; returns its path. */
    String begin(String key, long size) throws IOException {
        String name = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        String fields = VERSION + "Upload-Length: " + size + "\r\nUpload-Metadata: key " + name + "\r\n";
        String answer = connection.exchange("POST " + UPLOADS, fields, payload, 0);
        return Http.field(answer, "Location").orElseThrow(() -> new IOException("no Location: " + answer));
    }

    /** The offset of an upload. */
    long offset(String upload) throws IOException {
        String answer = connection.exchange("HEAD " + upload, VERSION, payload, 0);
        return Http.field(answer, "Upload-Offset")
                .map(Long::parseLong)
                .orElseThrow(() -> new IOException("no Upload-Offset: " + answer));
    }

    /** Terminates an upload. */
    void terminate(String upload) throws IOException {
        String unused = connection.exchange("DELETE " + upload, VERSION, payload, 0);
    }

    /** The header fields of a request that sends bytes. */
    static String bytesFrom(long offset) {
        return VERSION + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + offset + "\r\n";
    }
}
