package dev.stowage.s3api.bucket;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Scope;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;

/**
 * A bucket: the keys with a prefix. An object's name in the bucket is its key without the prefix.
 *
 * @param prefix empty, or with a slash at its end
 */
public record Bucket(String name, KeyPrefix prefix) {

    /**
     * Returns the key of an object.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is not valid
     */
    public ObjectKey key(String objectName) {
        return new ObjectKey(prefix.value() + objectName);
    }

    /**
     * Returns the prefix of the keys of objects whose names have a prefix.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is not valid
     */
    public KeyPrefix under(String namePrefix) {
        return new KeyPrefix(prefix.value() + namePrefix);
    }

    /** Returns the name, or beginning of a name, of an object in this bucket. */
    public String nameOf(String key) {
        return key.substring(prefix.value().length());
    }

    /** Whether a principal has any right to any object that the bucket may have. */
    public boolean isVisibleTo(Principal principal, KeyLayout layout) {
        return principal.rights().scopes().stream().anyMatch(scope -> overlaps(scope, layout));
    }

    private boolean overlaps(Scope scope, KeyLayout layout) {
        if (scope instanceof Scope.Under under) {
            return under.prefix().value().startsWith(prefix.value())
                    || prefix.value().startsWith(under.prefix().value());
        }
        if (scope instanceof Scope.Only only) {
            return prefix.contains(only.key());
        }
        return scope.containsAll(prefix, layout) || layout.project(prefix).isEmpty();
    }
}
