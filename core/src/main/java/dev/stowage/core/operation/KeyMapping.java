package dev.stowage.core.operation;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;

/**
 * From old keys to new ones: one prefix in place of another, so that no two files get the same key. A file whose new key might be another
 * file's old one is refused, as the order in which files are worked on is not defined.
 *
 * @param strip what the old keys begin with
 * @param prefix what the new keys begin with
 */
record KeyMapping(KeyPrefix strip, KeyPrefix prefix) {

    /** @throws InvalidInput when both are the same, so that every file would be put onto itself */
    KeyMapping {
        if (strip.equals(prefix)) {
            throw SpecRules.invalid("prefix", "The target is the same as the source; choose another target.prefix");
        }
    }

    /** @throws InvalidInput when the key is not one that can be mapped; the message says why */
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

    /** What the new keys begin with of those whose old ones begin with {@code prefix}, which begins with what is replaced. */
    KeyPrefix map(KeyPrefix old) {
        return new KeyPrefix(
                prefix.value() + old.value().substring(strip.value().length()));
    }

    /** Whether the key lies where the new keys are, within where the old ones are. */
    boolean isUnderTarget(ObjectKey key) {
        return targetIsWithinSource() && prefix.contains(key);
    }

    /** Whether all keys that begin with this do. */
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
