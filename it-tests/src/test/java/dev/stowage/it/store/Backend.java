package dev.stowage.it.store;

import java.util.Map;
import java.util.Optional;

/** A store to run the service on. */
interface Backend extends AutoCloseable {

    /** What the service calls its bucket. */
    String bucket();

    /** The settings that lead the service to it. */
    Map<String, String> settings();

    /** A client of the store's own door, where it has one. The caller closes it. */
    Optional<OutsideClient> outside();

    @Override
    void close();

    /** The embedded store, in the service's working folder. */
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
        public void close() {
            // It ends with the service.
        }
    }
}
