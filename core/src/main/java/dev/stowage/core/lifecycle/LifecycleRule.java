package dev.stowage.core.lifecycle;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule by which files expire.
 *
 * @param id names the rule among those of its prefix: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}
 * @param prefix of the keys of the files
 * @param filter conditions on the files, but not on their age; empty for all files
 * @param expireAfter how long after its last modification a file expires: 1 second to 100 years, in seconds
 * @param writer who wrote the rule; empty where no authentication is required
 */
public record LifecycleRule(
        String id, KeyPrefix prefix, Optional<SourceFilter> filter, Duration expireAfter, Optional<String> writer) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** @throws InvalidInput when a value is out of bounds */
    public LifecycleRule {
        if (!ID.matcher(id).matches()) {
            throw InvalidInput.ofField("id", "The id of a rule has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        if (filter.filter(conditions -> conditions.olderThan().isPresent()
                        || conditions.newerThan().isPresent())
                .isPresent()) {
            throw InvalidInput.ofField(
                    "filter",
                    "The filter of a rule can't contain older_than and newer_than; expire_after sets the age");
        }
        if (expireAfter.compareTo(SHORTEST) < 0 || expireAfter.compareTo(LONGEST) > 0) {
            throw InvalidInput.ofField("expire_after", "expire_after must be 1s to " + LONGEST.toDays() + "d");
        }
        expireAfter = Duration.ofSeconds(expireAfter.toSeconds());
    }

    /** Returns the same rule with another writer. */
    public LifecycleRule by(Optional<String> other) {
        return new LifecycleRule(id, prefix, filter, expireAfter, other);
    }

    /** Whether the file of a key may expire by this rule. Internal files never do. */
    boolean concerns(ObjectKey key) {
        return prefix.contains(key) && !HiddenKeys.contains(key.value());
    }

    /** Returns when a listed file expires at the earliest; empty for never. What a listing does not say is not compared. */
    public Optional<Instant> earliest(ObjectSummary file) {
        return concerns(file.key())
                        && filter.map(conditions -> conditions.matches(file, Instant.EPOCH))
                                .orElse(true)
                ? Optional.of(file.lastModified().plus(expireAfter))
                : Optional.empty();
    }

    /** Returns when a file expires by this rule; empty for never. */
    public Optional<Instant> dueAt(ObjectInfo file) {
        return concerns(file.key())
                        && filter.map(conditions -> conditions.matches(file, Instant.EPOCH))
                                .orElse(true)
                ? Optional.of(file.lastModified().plus(expireAfter))
                : Optional.empty();
    }

    /** Whether more than a listing is needed to decide which files it takes. */
    public boolean needsAttributes() {
        return filter.map(SourceFilter::needsAttributes).orElse(false);
    }
}
