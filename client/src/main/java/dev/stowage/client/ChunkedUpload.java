package dev.stowage.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An upload by tus 1.0.0, in chunks that the service compares with their digests. After a failure it continues where the service says that
 * it is.
 */
final class ChunkedUpload {

    private static final String TARGET = "/api/v1/tus";

    /** Statuses after which the same chunk may succeed: another offset, a digest that does not match, failures of the service. */
    private static final Set<Integer> TEMPORARY = Set.of(0, 409, 460, 429, 500, 502, 503, 504);

    private static final Set<Integer> GONE = Set.of(404, 410);

    private final ApiConnection connection;
    private final String key;
    private final UploadOptions options;
    private final Optional<String> sha256;
    private final Optional<Long> size;

    /**
     * @param sha256 of the whole file
     * @param size of the file
     */
    ChunkedUpload(
            ApiConnection connection, String key, UploadOptions options, Optional<String> sha256, Optional<Long> size) {
        this.connection = connection;
        this.key = key;
        this.options = options;
        this.sha256 = sha256;
        this.size = size;
    }

    /** Uploads the file, or the rest of it when an earlier upload of the same bytes is found. */
    void send(ChunkSource source) throws IOException, InterruptedException {
        Optional<String> earlier =
                sha256.isEmpty() ? Optional.empty() : options.store().find(id());
        if (earlier.isPresent()) {
            try {
                send(source, earlier.get(), offset(earlier.get()));
                return;
            } catch (StowageException e) {
                if (!GONE.contains(e.status())) {
                    throw e;
                }
                options.store().remove(id());
            }
        }
        String url = create();
        if (sha256.isPresent()) {
            options.store().save(id(), url);
        }
        send(source, url, 0);
    }

    private void send(ChunkSource source, String url, long begin) throws IOException, InterruptedException {
        RetryPolicy.Attempts attempts = connection.retries().begin();
        long offset = begin;
        report(offset);
        while (size.isEmpty() || offset < size.get()) {
            ChunkSource.Chunk chunk = chunk(source, url, offset);
            try {
                offset = append(url, offset, chunk);
                attempts.progress();
                if (chunk.size().isPresent() && offset == chunk.size().getAsLong()) {
                    break;
                }
            } catch (StowageException e) {
                if (e.status() == 412) {
                    abandon(url);
                }
                if (!TEMPORARY.contains(e.status()) || !attempts.pause(Duration.ZERO)) {
                    throw e;
                }
                offset = offset(url);
                if (chunk.size().isPresent() && offset == chunk.size().getAsLong()) {
                    break;
                }
            }
            report(offset);
        }
        report(offset);
        options.store().remove(id());
    }

    private ChunkSource.Chunk chunk(ChunkSource source, String url, long offset)
            throws IOException, InterruptedException {
        try {
            return source.read(offset);
        } catch (StowageException changed) {
            abandon(url);
            throw changed;
        }
    }

    private void report(long offset) {
        options.listener().transferred(offset, size.orElse(-1L));
    }

    /** Creates the upload and returns its URL. */
    private String create() throws InterruptedException {
        ApiRequest request = tus(new ApiRequest("POST", URI.create(TARGET), Map.of(), BodyPublishers.noBody(), 0, true))
                .with("Upload-Metadata", metadata());
        request = size.isPresent()
                ? request.with("Upload-Length", Long.toString(size.get()))
                : request.with("Upload-Defer-Length", "1");
        if (options.ifAbsent()) {
            request = request.with("If-None-Match", "*");
        }
        String location = connection
                .call(request)
                .header("Location")
                .orElseThrow(() -> StowageException.unexpected("The response has no Location"));
        return URI.create(connection.address() + "/").resolve(location).toString();
    }

    private String metadata() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("key", key);
        options.contentType().ifPresent(type -> all.put("filetype", type));
        all.putAll(options.metadataWith(sha256));
        options.expiresIn().ifPresent(time -> all.put("expires_in", Long.toString(time.toSeconds())));
        return all.entrySet().stream()
                .map(pair -> pair.getKey() + " " + UrlText.base64(UrlText.utf8(pair.getValue())))
                .collect(Collectors.joining(","));
    }

    /** Appends a chunk and returns the new offset. */
    private long append(String url, long offset, ChunkSource.Chunk chunk) throws InterruptedException {
        ApiRequest request = tus(new ApiRequest(
                        "PATCH",
                        URI.create(url),
                        Map.of("Content-Type", "application/offset+octet-stream"),
                        chunk.body(),
                        chunk.bytes().remaining(),
                        false))
                .with("Upload-Offset", Long.toString(offset))
                .with("Upload-Checksum", "sha256 " + UrlText.base64(chunk.digest()));
        if (size.isEmpty() && chunk.size().isPresent()) {
            request = request.with("Upload-Length", Long.toString(chunk.size().getAsLong()));
        }
        return offset(connection.call(request));
    }

    private long offset(String url) throws InterruptedException {
        return offset(connection.call(tus(ApiRequest.head(url))));
    }

    private static long offset(ApiResponse response) {
        try {
            return Long.parseLong(response.header("Upload-Offset").orElse(""));
        } catch (NumberFormatException e) {
            throw StowageException.unexpected("The response has no valid Upload-Offset");
        }
    }

    /** Terminates the upload, so that the service can free its bytes. What fails here expires by itself. */
    private void abandon(String url) throws IOException, InterruptedException {
        options.store().remove(id());
        try {
            connection.call(tus(ApiRequest.delete(url)));
        } catch (StowageException expires) {
            // The upload expires at the service.
        }
    }

    private static ApiRequest tus(ApiRequest request) {
        return request.with("Tus-Resumable", "1.0.0");
    }

    /** The same for the same bytes under the same key with the same attributes. */
    private String id() {
        return Sha256.id(List.of(
                "upload",
                connection.address(),
                key,
                size.map(String::valueOf).orElse(""),
                sha256.orElse(""),
                options.contentType().orElse(""),
                options.expiresIn().map(Duration::toString).orElse(""),
                new TreeMap<>(options.metadata()).toString(),
                String.valueOf(options.ifAbsent())));
    }
}
