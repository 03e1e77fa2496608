package dev.stowage.core.port;

import java.util.Optional;

/** An open store with the ports that it implements. */
public interface Storage extends AutoCloseable {

    /** Returns the port for objects. */
    ObjectStore objects();

    /** Returns the port for multipart uploads. */
    MultipartStore uploads();

    /** Returns the bucket's name as clients see it. */
    String bucket();

    /** Returns a short text for the start-up log, such as {@code s3 bucket files at http://localhost:4566}; it contains no secret. */
    String description();

    /** Returns the signer of URLs, if the store has one. */
    Optional<UrlSigner> signer();

    /** Returns the verifier of signed URLs, if these lead to this service. */
    Optional<UrlVerifier> verifier();

    /** Returns the store's maintenance, if it needs any. */
    Optional<Maintenance> maintenance();

    /** Returns the journal of changes, if the store records them by itself; otherwise the service records an intent before each change. */
    Optional<ChangeJournal> journal();

    /**
     * Checks within 5 seconds whether the store responds.
     *
     * @throws dev.stowage.core.error.StorageException when it does not respond, or denies access
     */
    void check();

    /**
     * Stops running work and releases all resources within 10 seconds. Calls that are made afterwards fail with
     * {@link dev.stowage.core.error.StorageUnavailable}. Idempotent.
     */
    @Override
    void close();
}
