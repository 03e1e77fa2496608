package dev.stowage.s3api.operation;

import java.io.IOException;

/** An operation of S3. */
@FunctionalInterface
interface Operation {

    /**
     * Performs the operation and writes the whole response.
     *
     * @throws dev.stowage.s3api.error.S3ErrorException for the error of S3 that the client gets
     * @throws dev.stowage.core.error.StorageException likewise, once it is mapped
     * @throws IOException when the client has disconnected
     */
    void perform(S3Call call) throws IOException;
}
