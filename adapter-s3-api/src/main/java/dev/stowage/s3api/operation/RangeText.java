package dev.stowage.s3api.operation;

import dev.stowage.core.object.ByteRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code Range}. As with S3, several ranges and malformed ones are ignored, which RFC 9110, section 14.2, permits. */
final class RangeText {

    private static final Pattern RANGE =
            Pattern.compile("bytes=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*", Pattern.CASE_INSENSITIVE);

    private RangeText() {}

    static Optional<ByteRange> parse(String header) {
        Matcher range = RANGE.matcher(header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            return Optional.of(new ByteRange.Suffix(number(range.group(2))));
        }
        long first = number(range.group(1));
        if (range.group(2).isEmpty()) {
            return Optional.of(new ByteRange.From(first));
        }
        long last = number(range.group(2));
        return first <= last ? Optional.of(new ByteRange.Slice(first, last)) : Optional.empty();
    }

    /** A position beyond the range of a long is beyond the end of every object, so its exact value does not matter. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException beyond) {
            return Long.MAX_VALUE;
        }
    }
}
