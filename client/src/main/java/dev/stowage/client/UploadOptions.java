package dev.stowage.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a file is uploaded.
 *
 * @param contentType the media type; empty for the one that the service finds by the key's extension
 * @param metadata by lower-case name; without {@code sha256}, which the client sets
 * @param expiresIn how long after it was stored the service deletes the file, in whole seconds up to 100 years; empty for a file that
 *     stays
 * @param ifAbsent fail with {@code PreconditionFailed} when there is a file under the key
 * @param listener is told about the progress
 * @param store remembers unfinished uploads of large files
 */
public record UploadOptions(
        Optional<String> contentType,
        Map<String, String> metadata,
        Optional<Duration> expiresIn,
        boolean ifAbsent,
        TransferListener listener,
        TransferStore store) {

    /** The name of the metadata in which the client records the SHA-256 digest of a file, in hexadecimal digits. */
    public static final String DIGEST = "sha256";

    /** Replaces a file under the same key; without metadata, and not resumable by another call. */
    public static final UploadOptions DEFAULT = new UploadOptions(
            Optional.empty(), Map.of(), Optional.empty(), false, TransferListener.NONE, TransferStore.NONE);

    /** @throws IllegalArgumentException when {@code metadata} has the name {@value #DIGEST}, or {@code expiresIn} is less than a second */
    public UploadOptions {
        metadata = Map.copyOf(metadata);
        if (metadata.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(DIGEST))) {
            throw new IllegalArgumentException("The metadata " + DIGEST + " is set by the client");
        }
        if (expiresIn.isPresent() && expiresIn.get().toSeconds() < 1) {
            throw new IllegalArgumentException("A file can't expire in less than a second: " + expiresIn.get());
        }
    }

    /** Returns the options with a media type. */
    public UploadOptions withContentType(String type) {
        return new UploadOptions(Optional.of(type), metadata, expiresIn, ifAbsent, listener, store);
    }

    /** Returns the options with metadata in place of the current. */
    public UploadOptions withMetadata(Map<String, String> values) {
        return new UploadOptions(contentType, values, expiresIn, ifAbsent, listener, store);
    }

    /**
     * Returns the options for a file that the service deletes some time after it was stored.
     *
     * @param time at least a second; the service refuses more than 100 years with {@code InvalidExpiry}
     */
    public UploadOptions expiringAfter(Duration time) {
        return new UploadOptions(contentType, metadata, Optional.of(time), ifAbsent, listener, store);
    }

    /** Returns the options for a file that must not exist yet. */
    public UploadOptions onlyIfAbsent() {
        return new UploadOptions(contentType, metadata, expiresIn, true, listener, store);
    }

    /** Returns the options with a listener. */
    public UploadOptions withListener(TransferListener other) {
        return new UploadOptions(contentType, metadata, expiresIn, ifAbsent, other, store);
    }

    /** Returns the options with a memory of unfinished uploads. */
    public UploadOptions resumedBy(TransferStore other) {
        return new UploadOptions(contentType, metadata, expiresIn, ifAbsent, listener, other);
    }

    /** Returns the metadata and the digest, where it is known. */
    Map<String, String> metadataWith(Optional<String> sha256) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        sha256.ifPresent(digest -> all.put(DIGEST, digest));
        return all;
    }
}
