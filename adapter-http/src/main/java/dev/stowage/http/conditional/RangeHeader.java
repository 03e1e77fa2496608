package dev.stowage.http.conditional;

import dev.stowage.core.object.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code Range} (RFC 9110, section 14.2). */
final class RangeHeader {

    /** A header with more ranges than any player or downloader sends is ignored (sections 14.2, 17.15). */
    static final int MAX_RANGES = 32;

    private static final Pattern UNIT = Pattern.compile("bytes=(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    private RangeHeader() {}

    /** Returns the ranges, at least one; empty when the header has another unit or is malformed, and must be ignored. */
    static Optional<List<ByteRange>> parse(String header) {
        Matcher unit = UNIT.matcher(header.strip());
        if (!unit.matches()) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String text : unit.group(1).split(",", -1)) {
            String range = text.strip();
            if (range.isEmpty()) {
                // A recipient must accept empty list elements (section 5.6.1.2).
                continue;
            }
            Optional<ByteRange> parsed = parseOne(range);
            if (parsed.isEmpty() || ranges.size() == MAX_RANGES) {
                return Optional.empty();
            }
            ranges.add(parsed.get());
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(ranges));
    }

    private static Optional<ByteRange> parseOne(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(new ByteRange.Suffix(number(last)));
        }
        if (last.isEmpty()) {
            return Optional.of(new ByteRange.From(number(first)));
        }
        return number(first) <= number(last)
                ? Optional.of(new ByteRange.Slice(number(first), number(last)))
                : Optional.empty();
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
