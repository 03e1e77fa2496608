package dev.stowage.local;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.local.blob.BlobStream;

/**
 * An object that is being read.
 *
 * @param end gives up the claim on its bytes
 */
record OpenObject(ObjectInfo info, ByteSpan span, BlobStream body, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
        body.close();
        end.run();
    }
}
