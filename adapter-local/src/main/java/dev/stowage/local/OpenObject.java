package dev.stowage.local;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import java.io.InputStream;

/**
 * An object that is being read.
 *
 * @param end closes the body and releases the lock on its bytes
 */
record OpenObject(ObjectInfo info, ByteSpan span, InputStream body, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
        end.run();
    }
}
