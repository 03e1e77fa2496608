package dev.stowage.core.batch;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Computes the target keys of a job's files, for copies and moves. */
final class KeyMappings {

    private KeyMappings() {}

    /**
     * Completes the target: without {@code strip_prefix} it is the source's prefix, or the common folder of all keys. For a manifest it is
     * known only after the enumeration.
     */
    static JobSpec check(JobSpec spec, KeyLayout layout) {
        SpecRules.refuse(spec.operation(), spec.target(), "key");
        SpecRules.refuseAttributes(spec.operation(), spec.target());
        layout.check(SpecRules.require(spec.operation(), "prefix", spec.target().prefix()), "target.prefix");
        Optional<KeyPrefix> strip = spec.target().stripPrefix();
        if (spec.source() instanceof JobSource.Prefix source) {
            return checked(spec, strip.orElse(source.prefix()), source.prefix());
        }
        if (spec.source() instanceof JobSource.Keys source) {
            JobSpec complete = completed(spec, strip.orElseGet(() -> commonFolder(source)));
            checkAny(source, key -> target(layout, complete, key));
            return complete;
        }
        return strip.isPresent() ? checked(spec, strip.get(), strip.get()) : spec;
    }

    private static JobSpec checked(JobSpec spec, KeyPrefix strip, KeyPrefix sources) {
        if (!sources.value().startsWith(strip.value())) {
            throw SpecRules.invalid("strip_prefix", "Not all keys of the source begin with target.strip_prefix");
        }
        return completed(spec, strip);
    }

    private static JobSpec completed(JobSpec spec, KeyPrefix strip) {
        JobSpec complete = spec.withTarget(spec.target().stripping(strip));
        // Rejects a mapping of each key to itself.
        KeyMapping mapping = mapping(complete);
        if (spec.source() instanceof JobSource.Prefix source && mapping.isUnderTarget(source.prefix())) {
            throw SpecRules.invalid(
                    "prefix", "All files of the source are already under target.prefix; choose another");
        }
        return complete;
    }

    /** @throws InvalidInput when {@code targets} finds no valid target for any key, so that every item would fail */
    static void checkAny(JobSource.Keys source, UnaryOperator<ObjectKey> targets) {
        Optional<InvalidInput> first = Optional.empty();
        for (ObjectKey key : source.keys()) {
            try {
                ObjectKey unused = targets.apply(key);
                return;
            } catch (InvalidInput e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    /** Returns the mapping of a job with a complete target. */
    static KeyMapping mapping(JobSpec spec) {
        return new KeyMapping(
                spec.target().stripPrefix().orElse(KeyPrefix.ALL),
                spec.target().prefix().orElse(KeyPrefix.ALL));
    }

    /** Returns the target key of a file, or of a folder marker. @throws InvalidInput when that key is not valid */
    static ObjectKey target(KeyLayout layout, JobSpec spec, ObjectKey key) {
        ObjectKey target = mapping(spec).map(key);
        checkTarget(layout, key, target);
        return target;
    }

    /** @throws InvalidInput when {@code target} is not valid for what is under {@code key}, a file or a folder marker */
    static void checkTarget(KeyLayout layout, ObjectKey key, ObjectKey target) {
        if (key.isFolder()) {
            layout.checkFolder(target);
        } else {
            layout.check(target);
        }
    }

    /** Whether a file under a job's prefix is excluded from the job because it is in the job's target. */
    static boolean leavesOut(JobSpec spec, ObjectKey key) {
        return spec.target().prefix().isPresent() && mapping(spec).isUnderTarget(key);
    }

    /** Returns the folder that all keys share. */
    static KeyPrefix commonFolder(JobSource.Keys source) {
        return source.keys().stream()
                .map(ObjectKey::value)
                .reduce(KeyPrefix::common)
                .map(KeyMappings::folder)
                .orElse(KeyPrefix.ALL);
    }

    /** Returns the folder of keys with this common prefix. */
    static KeyPrefix folder(String common) {
        return new KeyPrefix(common.substring(0, common.lastIndexOf('/') + 1));
    }
}
