package dev.stowage.core.object;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When a single object expires by itself, apart from rules. It belongs to one version of an object, with which the store keeps it: a new
 * version has none, unless it is given one.
 */
public sealed interface OwnExpiry {

    /** The name of the metadata entry in which stores keep it; clients neither see nor set that entry. */
    String NAME = "stowage-expires";

    /** The shortest time after which an object can expire. */
    Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest time after which an object can expire: 100 years. */
    Duration LONGEST = Duration.ofDays(36_525);

    /** A time span after the object was stored: its last modification, to the precision of the store. */
    record After(Duration span) implements OwnExpiry {

        @Override
        public Instant timeFor(Instant lastModified) {
            return lastModified.plus(span);
        }

        @Override
        public String text() {
            return "+" + span.toSeconds();
        }
    }

    /** A point in time, to the millisecond: what a span becomes when the object is moved, or its attributes are changed. */
    record At(Instant time) implements OwnExpiry {

        public At {
            time = Instant.ofEpochMilli(time.toEpochMilli());
        }

        @Override
        public Instant timeFor(Instant lastModified) {
            return time;
        }

        @Override
        public String text() {
            return Long.toString(time.toEpochMilli());
        }
    }

    /** Returns when an object expires that was last modified at the given time. */
    Instant timeFor(Instant lastModified);

    /** Returns the value of the metadata entry; {@link #parse} reads it. */
    String text();

    /**
     * Returns the expiry of an object that is uploaded with {@code expires_in}.
     *
     * @throws InvalidInput when the number is not between {@link #SHORTEST} and {@link #LONGEST}
     */
    static OwnExpiry inSeconds(long seconds) {
        if (seconds < SHORTEST.toSeconds() || seconds > LONGEST.toSeconds()) {
            throw invalid();
        }
        return new After(Duration.ofSeconds(seconds));
    }

    /**
     * Like {@link #inSeconds(long)}, from text.
     *
     * @throws InvalidInput also when the text is not a number in decimal digits
     */
    static OwnExpiry inSeconds(String text) {
        if (!isNumber(text)) {
            throw invalid();
        }
        return inSeconds(Long.parseLong(text));
    }

    /** Returns what {@link #text} has written; empty for any other text. */
    static Optional<OwnExpiry> parse(String text) {
        boolean span = text.startsWith("+");
        String number = span ? text.substring(1) : text;
        if (!isNumber(number)) {
            return Optional.empty();
        }
        long value = Long.parseLong(number);
        if (!span) {
            return Optional.of(new At(Instant.ofEpochMilli(value)));
        }
        return value > LONGEST.toSeconds() ? Optional.empty() : Optional.of(new After(Duration.ofSeconds(value)));
    }

    private static InvalidInput invalid() {
        return new InvalidInput(
                ErrorCode.INVALID_EXPIRY,
                "expires_in must be a whole number of seconds, from " + SHORTEST.toSeconds() + " to "
                        + LONGEST.toSeconds(),
                Map.of("field", "expires_in"));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
