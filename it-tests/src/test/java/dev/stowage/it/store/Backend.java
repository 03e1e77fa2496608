package dev.stowage.it.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store to run the service on. */
interface Backend extends AutoCloseable {

    /** The service's name for its bucket. */
    String bucket();

    /** The settings of the service for this store. */
    Map<String, String> settings();

    /**
     * The URL of the database of the services in a folder: a new one for each folder. Empty where they have a file there.
     */
    default Optional<String> database(Path folder) {
        return Optional.empty();
    }

    /** A client of the store itself, where it can be accessed. The caller closes it. */
    Optional<OutsideClient> outside();

    /** The possible statuses of an unconditional {@code PUT} of a new file: an S3 store does not say that it is new. */
    default Set<Integer> newFileStatuses() {
        return Set.of(200);
    }

    /** Whether the ETag of a file that was stored by one request is its MD5. */
    default boolean tagsAreDigests() {
        return true;
    }

    /** Whether the bytes and the ETag of a download are of one version, even when the file is overwritten at the same time. */
    default boolean readsOneVersion() {
        return true;
    }

    @Override
    void close();

    /** The embedded store, in the service's working directory. */
    record Embedded() implements Backend {
        @Override
        public String bucket() {
            return "local";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public Optional<OutsideClient> outside() {
            return Optional.empty();
        }

        @Override
        public Set<Integer> newFileStatuses() {
            return Set.of(201);
        }

        @Override
        public void close() {
            // It ends with the service.
        }
    }
}
