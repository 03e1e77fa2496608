package dev.stowage.it.service;

import dev.stowage.it.service.Api.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A client's view of one tus upload: its bytes, and how many of them were acknowledged. For one thread at a time. */
public final class TusUpload {

    private static final String BASE = "/api/v1/tus";
    private static final String VERSION = "Tus-Resumable";

    private final String key;
    private final byte[] bytes;
    private final String url;
    private long acknowledged;

    private TusUpload(String key, byte[] bytes, String url) {
        this.key = key;
        this.bytes = bytes;
        this.url = url;
    }

    /** Creates an upload. */
    public static TusUpload create(Api api, String key, byte[] bytes) {
        String metadata = "key " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        Reply created = api.send(
                "POST",
                BASE,
                BodyPublishers.noBody(),
                VERSION,
                "1.0.0",
                "Upload-Length",
                Integer.toString(bytes.length),
                "Upload-Metadata",
                metadata);
        return new TusUpload(key, bytes, created.expect(201).header("Location"));
    }

    /** An existing upload; {@link #fetchOffset} fetches its offset. */
    public static TusUpload at(String url, String key, byte[] bytes) {
        return new TusUpload(key, bytes, url);
    }

    public String key() {
        return key;
    }

    /** The path of the upload. */
    public String url() {
        return url;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The bytes that the service has acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    public boolean isComplete() {
        return acknowledged == bytes.length;
    }

    /** Sends the next bytes: {@code count}, or the rest. */
    public void send(Api api, int count) {
        int end = (int) Math.min(acknowledged + count, bytes.length);
        byte[] body = Arrays.copyOfRange(bytes, (int) acknowledged, end);
        Reply sent = api.send(
                "PATCH",
                url,
                BodyPublishers.ofByteArray(body),
                VERSION,
                "1.0.0",
                "Upload-Offset",
                Long.toString(acknowledged),
                "Content-Type",
                "application/offset+octet-stream");
        acknowledged = Long.parseLong(sent.expect(204).header("Upload-Offset"));
    }

    /** Fetches the offset, and continues from there. @return the offset */
    public long fetchOffset(Api api) {
        acknowledged =
                Long.parseLong(api.head(url, VERSION, "1.0.0").expect(200).header("Upload-Offset"));
        return acknowledged;
    }
}
