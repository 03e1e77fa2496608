package dev.stowage.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Receives a file. When the connection breaks, it asks for the rest of the same version; when that no longer exists, it starts over. In
 * the end, the bytes are compared with the digest that was recorded at the upload.
 */
final class ResumedDownload {

    private static final int MOST_RESTARTS = 5;
    private static final int BUFFER = 128 << 10;
    private static final int PARTIAL = 206;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** The digest that the upload recorded, from the service and from an S3 store that a redirect leads to. */
    private static final List<String> METADATA =
            List.of("X-Meta-" + UploadOptions.DIGEST, "x-amz-meta-" + UploadOptions.DIGEST);

    /** 412: another version; 416: the version has no such byte. */
    private static final Set<Integer> OTHER_VERSION = Set.of(412, 416);

    private final ApiConnection connection;
    private final String key;
    private final TransferListener listener;
    private final ByteSink sink;

    private final MessageDigest received = Sha256.begin();
    private final RetryPolicy.Attempts attempts;
    private long position;
    private Optional<String> etag = Optional.empty();
    private int restarts;

    ResumedDownload(ApiConnection connection, String key, TransferListener listener, ByteSink sink) {
        this.connection = connection;
        this.key = key;
        this.listener = listener;
        this.sink = sink;
        this.attempts = connection.retries().begin();
    }

    /** Counts bytes of an earlier attempt that the sink already has. */
    void resume(byte[] bytes, int length, String version) {
        received.update(bytes, 0, length);
        position += length;
        etag = Optional.of(version);
    }

    /** @throws IOException when the sink fails */
    DownloadedFile run() throws IOException, InterruptedException {
        while (true) {
            try {
                HttpResponse<ResponseStream> response = connection.open(request());
                try (ResponseStream body = response.body()) {
                    begin(response);
                    long total = position + length(response);
                    if (receive(body, total)) {
                        return finished(response);
                    }
                }
            } catch (StowageException e) {
                if (position == 0 || !OTHER_VERSION.contains(e.status())) {
                    throw e;
                }
                restart();
            }
        }
    }

    private ApiRequest request() {
        ApiRequest request = ApiRequest.get(RemoteFiles.DOWNLOAD + UrlText.path(key));
        return position == 0
                ? request
                : request.with("Range", "bytes=" + position + "-").with("If-Match", "\"" + etag.orElseThrow() + "\"");
    }

    private void begin(HttpResponse<ResponseStream> response) throws IOException {
        if (position > 0 && response.statusCode() != PARTIAL) {
            restart();
        }
        String version = response.headers()
                .firstValue("ETag")
                .orElseThrow(() -> StowageException.unexpected("The response has no ETag"))
                .replaceFirst("^W/", "")
                .replace("\"", "");
        if (position == 0) {
            etag = Optional.of(version);
            sink.begin(version);
        }
    }

    /** Returns whether the file is complete; otherwise the rest of it can be requested. */
    private boolean receive(ResponseStream body, long total) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        listener.transferred(position, total);
        while (true) {
            int count;
            try {
                count = body.read(buffer, 0, buffer.length);
            } catch (InterruptedIOException e) {
                throw ApiConnection.interrupted(e);
            } catch (IOException e) {
                if (!attempts.pause(Duration.ZERO)) {
                    throw StowageException.unreachable(URI.create(connection.address()), e);
                }
                return false;
            }
            if (count < 0) {
                return position == total;
            }
            sink.write(buffer, count);
            received.update(buffer, 0, count);
            position += count;
            attempts.progress();
            listener.transferred(position, total);
        }
    }

    private DownloadedFile finished(HttpResponse<ResponseStream> response) throws IOException {
        Optional<String> digest = METADATA.stream()
                .flatMap(name -> response.headers().firstValue(name).stream())
                .filter(value -> DIGEST.matcher(value).matches())
                .findFirst();
        String own = UrlText.hex(received.digest());
        if (digest.isPresent() && !digest.get().equals(own)) {
            sink.restart();
            throw StowageException.local(
                    StowageException.CHECKSUM_MISMATCH,
                    "The bytes of " + key + " have the SHA-256 digest " + own + ", but " + digest.get()
                            + " was recorded when it was uploaded");
        }
        return new DownloadedFile(key, position, etag.orElseThrow(), digest.isPresent());
    }

    private void restart() throws IOException {
        if (++restarts > MOST_RESTARTS) {
            throw StowageException.local(
                    StowageException.FILE_CHANGED, key + " changed again and again while it was downloaded");
        }
        sink.restart();
        received.reset();
        position = 0;
        etag = Optional.empty();
    }

    private static long length(HttpResponse<ResponseStream> response) {
        return response.headers()
                .firstValueAsLong("Content-Length")
                .orElseThrow(() -> StowageException.unexpected("The response has no Content-Length"));
    }
}
