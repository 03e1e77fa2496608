package dev.stowage.core.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;

/** How the files of a job get new keys: for copies and moves. */
public final class KeyMappings {

    private KeyMappings() {}

    /**
     * Completes the target: without {@code strip_prefix} that is the source's prefix, or the folder that all keys have in common. Of a
     * manifest it is known only when it was read.
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
            KeyPrefix common = source.keys().stream()
                    .map(ObjectKey::value)
                    .reduce(KeyMappings::common)
                    .map(KeyMappings::folder)
                    .orElse(KeyPrefix.ALL);
            JobSpec complete = completed(spec, strip.orElse(common));
            checkAny(layout, complete, source);
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
        // Refuses a mapping of each key onto itself.
        KeyMapping mapping = mapping(complete);
        if (spec.source() instanceof JobSource.Prefix source && mapping.isUnderTarget(source.prefix())) {
            throw SpecRules.invalid(
                    "prefix", "All files of the source are already under target.prefix; choose another");
        }
        return complete;
    }

    /** @throws InvalidInput when no key can have a target, and so every item would fail */
    private static void checkAny(KeyLayout layout, JobSpec spec, JobSource.Keys source) {
        Optional<InvalidInput> first = Optional.empty();
        for (ObjectKey key : source.keys()) {
            try {
                ObjectKey unused = target(layout, spec, key);
                return;
            } catch (InvalidInput e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    /** The mapping of a job whose target is complete. */
    static KeyMapping mapping(JobSpec spec) {
        return new KeyMapping(
                spec.target().stripPrefix().orElse(KeyPrefix.ALL),
                spec.target().prefix().orElse(KeyPrefix.ALL));
    }

    /** The key that a file gets. @throws InvalidInput when it must not have it */
    static ObjectKey target(KeyLayout layout, JobSpec spec, ObjectKey key) {
        ObjectKey target = mapping(spec).map(key);
        layout.check(target);
        return target;
    }

    /** Whether a file under a job's prefix is none of the job's, as it lies where the job puts its files. */
    public static boolean leavesOut(JobSpec spec, ObjectKey key) {
        return spec.target().prefix().isPresent() && mapping(spec).isUnderTarget(key);
    }

    /** What two texts begin with. */
    public static String common(String one, String other) {
        int end = 0;
        while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }

    /** The folder in which keys lie that have this beginning in common. */
    public static KeyPrefix folder(String common) {
        return new KeyPrefix(common.substring(0, common.lastIndexOf('/') + 1));
    }
}
