package dev.stowage.core.port;

import dev.stowage.core.key.ObjectKey;

/** One of the copies of {@link ObjectStore#copyAll}. */
public record Copy(ObjectKey source, ObjectKey target, CopyOptions options) {

    /** @throws dev.stowage.core.error.InvalidInput as {@link CopyOptions#check} */
    public void check() {
        options.check(source, target);
    }
}
