package dev.stowage.it.service;

import java.net.URI;

/** A service that is ready. */
public interface RunningService extends AutoCloseable {

    /** The URL of the service, without a trailing slash. */
    URI address();

    /** The URL of the S3 API, without a trailing slash; the settings must enable it. */
    URI s3Address();

    /** Ends the service in order, and waits for that. */
    @Override
    void close();
}
