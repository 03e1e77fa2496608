package dev.stowage.bench.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Tus requests on a connection, which the caller closes. For one thread.
 *
 * @param uploads the path where uploads are created
 */
public record Tus(Http connection, Payload payload, String uploads) {

    static final String VERSION = "Tus-Resumable: 1.0.0\r\n";
    private static final String CONTENT = "Content-Type: application/offset+octet-stream\r\n";

    /** Requests to the service. */
    public Tus(Http connection, Payload payload) {
        this(connection, payload, "/api/v1/tus");
    }

    /** Creates an upload and sends all its bytes in one request. */
    public void put(String key, long size) throws IOException {
        String unused = connection.exchange("PATCH " + begin(key, size), bytesFrom(0), payload, size);
    }

    /** Creates an upload with all its bytes, by the extension <i>creation-with-upload</i>. */
    public void create(String key, long size) throws IOException {
        String unused = connection.exchange("POST " + uploads, creation(key, size) + CONTENT, payload, size);
    }

    /** Creates an upload; returns its path. */
    String begin(String key, long size) throws IOException {
        String answer = connection.exchange("POST " + uploads, creation(key, size), payload, 0);
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
        return VERSION + CONTENT + "Upload-Offset: " + offset + "\r\n";
    }

    private static String creation(String key, long size) {
        String name = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        return VERSION + "Upload-Length: " + size + "\r\nUpload-Metadata: key " + name + "\r\n";
    }
}
