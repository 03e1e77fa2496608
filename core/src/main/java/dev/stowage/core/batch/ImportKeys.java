package dev.stowage.core.batch;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Map;
import java.util.Optional;

/**
 * Computes the target keys of an import. As the files are in another store, a target key may be equal to a source key, and all keys stay as
 * they are if the target has no prefix.
 */
final class ImportKeys {

    private ImportKeys() {}

    /**
     * Completes the target: without {@code strip_prefix}, its prefix replaces that of the source, or the common folder of all keys. For a
     * manifest that is known only after the enumeration.
     *
     * @throws InvalidInput when no file can have a valid target key
     */
    static JobSpec check(JobSpec spec, KeyLayout layout) {
        Optional<KeyPrefix> strip = spec.target().stripPrefix();
        if (spec.target().prefix().isEmpty() && strip.isPresent()) {
            throw SpecRules.invalid("strip_prefix", "target.prefix is missing, which replaces target.strip_prefix");
        }
        if (spec.source() instanceof JobSource.Prefix source) {
            JobSpec complete = stripping(spec, strip.orElse(source.prefix()));
            layout.check(
                    map(complete.target(), source.prefix()),
                    spec.target().prefix().isPresent() ? "target.prefix" : "source.prefix");
            return complete;
        }
        spec.target().prefix().ifPresent(prefix -> layout.check(prefix, "target.prefix"));
        if (spec.source() instanceof JobSource.Keys source) {
            JobSpec complete = stripping(spec, strip.orElseGet(() -> KeyMappings.commonFolder(source)));
            KeyMappings.checkAny(source, key -> target(layout, complete, key));
            return complete;
        }
        return spec;
    }

    private static JobSpec stripping(JobSpec spec, KeyPrefix strip) {
        return spec.target().prefix().isEmpty()
                ? spec
                : spec.withTarget(spec.target().stripping(strip));
    }

    /** Returns the target key of a file, or of a folder marker. @throws InvalidInput when that key is not valid */
    static ObjectKey target(KeyLayout layout, JobSpec spec, ObjectKey key) {
        String strip = strip(spec.target());
        if (!key.value().startsWith(strip)) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key " + key + " does not begin with " + strip + ", which target.prefix replaces",
                    Map.of("key", key.value()));
        }
        ObjectKey target = new ObjectKey(prefix(spec.target()) + key.value().substring(strip.length()));
        KeyMappings.checkTarget(layout, key, target);
        return target;
    }

    /** Returns the prefix of the target keys. @throws InvalidInput when it does not begin with the prefix that is replaced */
    static KeyPrefix map(JobTarget target, KeyPrefix source) {
        String strip = strip(target);
        if (!source.value().startsWith(strip)) {
            throw SpecRules.invalid("strip_prefix", "Not all keys of the source begin with target.strip_prefix");
        }
        return new KeyPrefix(prefix(target) + source.value().substring(strip.length()));
    }

    private static String prefix(JobTarget target) {
        return target.prefix().map(KeyPrefix::value).orElse("");
    }

    private static String strip(JobTarget target) {
        return target.stripPrefix().map(KeyPrefix::value).orElse("");
    }
}
