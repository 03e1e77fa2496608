package dev.stowage.it.service;

import dev.stowage.it.service.Api.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A client's view of one upload by tus: what it has, and how much of it was acknowledged. For one thread at a time. */
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

    /** Begins an upload. */
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
        return new TusUpload(key, bytes, expect(201, created).header("Location"));
    }

    /** An upload that was begun before; {@link #ask} finds out how far it is. */
    public static TusUpload at(String url, String key, byte[] bytes) {
        return new TusUpload(key, bytes, url);
    }

    public String key() {
        return key;
    }

    /** Its path. */
    public String url() {
        return url;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes the service has acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    public boolean isComplete() {
        return acknowledged == bytes.length;
    }

    /** Sends the next bytes, as many as there are or {@code count}. */
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
        acknowledged = Long.parseLong(expect(204, sent).header("Upload-Offset"));
    }

    /** Asks where to go on, and goes on from there. @return the offset */
    public long ask(Api api) {
        acknowledged =
                Long.parseLong(expect(200, api.head(url, VERSION, "1.0.0")).header("Upload-Offset"));
        return acknowledged;
    }

    private static Reply expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError("expected " + status + ", got " + reply.status() + ": " + reply.text());
        }
        return reply;
    }
}
