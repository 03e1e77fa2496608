package dev.stowage.core.batch;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;

/**
 * A mapping of old keys to new ones that replaces one prefix with another, so that different files get different keys. A file whose new key
 * may be another file's old key is rejected, because the order in which files are processed is undefined.
 *
 * @param strip the prefix of the old keys
 * @param prefix the prefix of the new keys
 */
record KeyMapping(KeyPrefix strip, KeyPrefix prefix) {

    /** @throws InvalidInput when both are the same, so that every file would be copied to itself */
    KeyMapping {
        if (strip.equals(prefix)) {
            throw SpecRules.invalid("prefix", "The target is the same as the source; choose another target.prefix");
        }
    }

    /** @throws InvalidInput when the key can't be mapped; the message says why */
    ObjectKey map(ObjectKey key) {
        if (!strip.contains(key)) {
            throw refused(key, "does not begin with " + strip + ", which target.prefix replaces");
        }
        if (isUnderTarget(key)) {
            throw refused(key, "is already under the target");
        }
        ObjectKey target = new ObjectKey(
                prefix.value() + key.value().substring(strip.value().length()));
        if (!targetIsWithinSource() && strip.contains(target)) {
            throw refused(key, "maps to " + target + ", which is within the source");
        }
        return target;
    }

    /** Returns the prefix of the new keys for old keys under {@code old}, which begins with the prefix that is replaced. */
    KeyPrefix map(KeyPrefix old) {
        return new KeyPrefix(
                prefix.value() + old.value().substring(strip.value().length()));
    }

    /** Whether the key is in the target, and the target is within the source. */
    boolean isUnderTarget(ObjectKey key) {
        return targetIsWithinSource() && prefix.contains(key);
    }

    /** Whether this holds for all keys with this prefix. */
    boolean isUnderTarget(KeyPrefix source) {
        return targetIsWithinSource() && source.value().startsWith(prefix.value());
    }

    private boolean targetIsWithinSource() {
        return prefix.value().startsWith(strip.value());
    }

    private static InvalidInput refused(ObjectKey key, String why) {
        return new InvalidInput(ErrorCode.INVALID_KEY, "The key " + key + " " + why, Map.of("key", key.value()));
    }
}
