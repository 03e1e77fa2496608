package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of a service. Thread-safe. */
public final class RemoteFiles {

    static final String DOWNLOAD = "/api/v1/s3/download/";

    private static final String FILES = "/api/v1/s3/";
    private static final String METADATA = FILES + "metadata/";

    private final ApiConnection connection;
    private final int chunkSize;

    RemoteFiles(ApiConnection connection, int chunkSize) {
        this.connection = connection;
        this.chunkSize = chunkSize;
    }

    /**
     * Uploads a file: in one request up to {@link StowageClient.Builder#chunkSize}, otherwise as a resumable upload. The service compares
     * the bytes with their digests, and the SHA-256 digest of the file becomes its metadata {@value UploadOptions#DIGEST}. A call with
     * {@link UploadOptions#store} continues with an unfinished upload of the same bytes under the same key.
     *
     * @throws IOException when the local file can't be read
     * @throws StowageException with {@link StowageException#FILE_CHANGED} when the local file changes meanwhile
     */
    public UploadedFile put(String key, Path file, UploadOptions options) throws IOException, InterruptedException {
        try (FileChunks chunks = new FileChunks(file, chunkSize)) {
            if (chunks.size() <= chunkSize) {
                ChunkSource.Chunk whole = chunks.read(0);
                return put(key, whole, options);
            }
            String sha256 = UrlText.hex(chunks.digest());
            new ChunkedUpload(connection, key, options, Optional.of(sha256), Optional.of(chunks.size())).send(chunks);
            return uploaded(key);
        }
    }

    /** Uploads bytes in one request. */
    public UploadedFile put(String key, byte[] bytes, UploadOptions options) throws InterruptedException {
        return put(key, new ChunkSource.Chunk(ByteBuffer.wrap(bytes), OptionalLong.of(bytes.length)), options);
    }

    /**
     * Uploads a stream of any length. Up to {@link StowageClient.Builder#chunkSize} it is sent in one request; beyond that as a
     * resumable upload, which only this call can resume, and without a digest of the whole.
     *
     * @param stream closed by the caller
     * @throws IOException when the stream can't be read
     */
    public UploadedFile put(String key, InputStream stream, UploadOptions options)
            throws IOException, InterruptedException {
        StreamChunks chunks = new StreamChunks(stream, chunkSize);
        ChunkSource.Chunk first = chunks.read(0);
        if (first.size().isPresent()) {
            return put(key, first, options);
        }
        new ChunkedUpload(connection, key, options, Optional.empty(), Optional.empty()).send(chunks);
        return uploaded(key);
    }

    private UploadedFile put(String key, ChunkSource.Chunk whole, UploadOptions options) throws InterruptedException {
        byte[] digest = whole.digest();
        int length = whole.bytes().remaining();
        String expiry = options.expiresIn()
                .map(time -> "?expires_in=" + time.toSeconds())
                .orElse("");
        ApiRequest request = ApiRequest.put(FILES + UrlText.path(key) + expiry, whole.body(), length)
                .with("Content-Digest", "sha-256=:" + UrlText.base64(digest) + ":")
                .repeatable(!options.ifAbsent());
        if (options.contentType().isPresent()) {
            request = request.with("Content-Type", options.contentType().get());
        }
        for (Map.Entry<String, String> pair :
                options.metadataWith(Optional.of(UrlText.hex(digest))).entrySet()) {
            request = request.with("X-Meta-" + pair.getKey(), UrlText.header(pair.getValue()));
        }
        if (options.ifAbsent()) {
            request = request.with("If-None-Match", "*");
        }
        options.listener().transferred(0, length);
        UploadedFile stored = UploadedFile.of(connection.call(request).json());
        options.listener().transferred(length, length);
        return stored;
    }

    private UploadedFile uploaded(String key) throws InterruptedException {
        FileDetails details = stat(key);
        return new UploadedFile(details.key(), details.size(), details.etag(), details.contentType());
    }

    /**
     * Downloads a file to {@code target}, in place of an earlier file. Until it is complete, its bytes are in a file beside the target
     * whose name begins with {@code .stowage-}. When the connection breaks, the rest is requested; a call with
     * {@link DownloadOptions#store} also continues with what an earlier one has received. The bytes are compared with the SHA-256 digest
     * that was recorded at the upload, where there is one.
     *
     * @throws IOException when the local file can't be written
     * @throws StowageException with {@link StowageException#CHECKSUM_MISMATCH} when the bytes do not match; the target is unchanged then
     */
    public DownloadedFile get(String key, Path target, DownloadOptions options)
            throws IOException, InterruptedException {
        String id = Sha256.id(List.of(
                "download",
                connection.address(),
                key,
                target.toAbsolutePath().normalize().toString()));
        try (PartialFile partial = new PartialFile(target, id, options.store())) {
            ResumedDownload download = new ResumedDownload(connection, key, options.listener(), partial);
            partial.resume(download);
            DownloadedFile done = download.run();
            partial.moveTo(target);
            return done;
        }
    }

    /**
     * Writes a file to a stream. When the connection breaks, the rest is requested.
     *
     * @param stream closed by the caller
     * @throws IOException when the stream fails
     * @throws StowageException also when the bytes do not match their digest, or the file is replaced after a part was written
     */
    public DownloadedFile copyTo(String key, OutputStream stream, TransferListener listener)
            throws IOException, InterruptedException {
        return new ResumedDownload(connection, key, listener, new StreamSink(stream)).run();
    }

    /** Opens a file, which the caller closes. Its bytes are not compared with a digest. */
    public InputStream open(String key) throws InterruptedException {
        return connection.open(ApiRequest.get(DOWNLOAD + UrlText.path(key))).body();
    }

    /**
     * Opens a range of a file, which the caller closes.
     *
     * @param from the position of the first byte, before the end of the file
     * @param length at least 1; the range ends with the file if that is shorter
     */
    public InputStream open(String key, long from, long length) throws InterruptedException {
        if (from < 0 || length < 1) {
            throw new IllegalArgumentException("No range: " + length + " bytes from " + from);
        }
        String range = "bytes=" + from + "-" + Math.addExact(from, length - 1);
        return connection
                .open(ApiRequest.get(DOWNLOAD + UrlText.path(key)).with("Range", range))
                .body();
    }

    /** Whether there is a file. */
    public boolean exists(String key) throws InterruptedException {
        try {
            connection.call(ApiRequest.head(FILES + "exists/" + UrlText.path(key)));
            return true;
        } catch (StowageException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Returns what is known about a file. @throws StowageException with {@code FileNotFound} when there is none */
    public FileDetails stat(String key) throws InterruptedException {
        return FileDetails.of(
                connection.call(ApiRequest.get(METADATA + UrlText.path(key))).json());
    }

    /**
     * Returns a page of files.
     *
     * @param prefix of their keys; empty for all
     * @param delimiter usually {@code /}, to list one folder; empty to list all files below the prefix
     * @param token {@link FileListing#next} of the previous page; empty for the first one
     */
    public FileListing list(String prefix, String delimiter, Optional<String> token) throws InterruptedException {
        String target = FILES + "list?prefix=" + UrlText.query(prefix) + "&delimiter=" + UrlText.query(delimiter)
                + token.map(text -> "&continuation_token=" + UrlText.query(text))
                        .orElse("");
        return FileListing.of(connection.call(ApiRequest.get(target)).json());
    }

    /** Deletes a file. Returns false when there was none. */
    public boolean delete(String key) throws InterruptedException {
        try {
            connection.call(ApiRequest.delete(FILES + UrlText.path(key)));
            return true;
        } catch (StowageException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes 1 to 1000 files and returns the result for each key. */
    public List<DeletedFile> delete(List<String> keys) throws InterruptedException {
        ObjectNode json = JsonFields.newObject();
        ArrayNode array = json.putArray("keys");
        keys.forEach(array::add);
        return connection
                .call(ApiRequest.post(FILES + "delete/batch", json).repeatable(true))
                .json()
                .list("results", DeletedFile::of);
    }

    /**
     * Copies a file within the store.
     *
     * @param overwrite whether a file under {@code target} is replaced; otherwise the call fails with {@code PreconditionFailed}
     */
    public UploadedFile copy(String source, String target, boolean overwrite) throws InterruptedException {
        ApiRequest request = ApiRequest.post(FILES + "copy", pair(source, target, overwrite));
        return UploadedFile.of(connection.call(request.repeatable(overwrite)).json());
    }

    /** Moves a file within the store; {@code overwrite} as in {@link #copy}. */
    public UploadedFile move(String source, String target, boolean overwrite) throws InterruptedException {
        return UploadedFile.of(connection
                .call(ApiRequest.post(FILES + "move", pair(source, target, overwrite)))
                .json());
    }

    private static ObjectNode pair(String source, String target, boolean overwrite) {
        return JsonFields.newObject()
                .put("source_key", source)
                .put("target_key", target)
                .put("overwrite", overwrite);
    }

    /**
     * Returns a URL with which anyone can download a file for a time. The file need not exist yet.
     *
     * @param validFor to the second, up to 24 hours
     */
    public SharedLink share(String key, Duration validFor) throws InterruptedException {
        ObjectNode json = JsonFields.newObject().put("key", key).put("expires_in", validFor.toSeconds());
        return SharedLink.of(connection
                .call(ApiRequest.post(FILES + "presigned-url/download", json).repeatable(true))
                .json());
    }
}
