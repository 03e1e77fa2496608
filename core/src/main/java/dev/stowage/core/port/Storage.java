package dev.stowage.core.port;

import java.util.Optional;

/** A store, opened: the ports that it implements, and its end. */
public interface Storage extends AutoCloseable {

    /** Objects by key. */
    ObjectStore objects();

    /** Objects in parts. */
    MultipartStore uploads();

    /** The bucket's name, as clients see it. */
    String bucket();

    /** A few words for the start-up line and for operators, such as {@code s3 bucket files at http://localhost:4566}; no secret. */
    String description();

    /** Signed URLs, where the store has them. */
    Optional<UrlSigner> signer();

    /** The check of signed URLs, where these lead to this service itself. */
    Optional<UrlVerifier> verifier();

    /** The store's housekeeping, where it needs any. */
    Optional<Maintenance> maintenance();

    /**
     * Asks the store whether it answers, within 5 seconds.
     *
     * @throws dev.stowage.core.error.StorageException when it does not, or refuses us
     */
    void check();

    /** Ends what is under way, gives everything back, and returns within 10 seconds. Again: does nothing. */
    @Override
    void close();
}
