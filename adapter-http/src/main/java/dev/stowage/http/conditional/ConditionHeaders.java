package dev.stowage.http.conditional;

import dev.stowage.core.object.TagList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parsed header fields that make a request conditional (RFC 9110, section 13.1), except {@code If-Range}, which {@link RangeRequest}
 * has.
 *
 * @param ifModifiedSince empty also when it is not a valid date, which must be ignored
 * @param ifUnmodifiedSince likewise
 */
record ConditionHeaders(
        Optional<TagList> ifMatch,
        Optional<TagList> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {

    /**
     * @param headers returns the values of a field, one for each field line, by its case-insensitive name
     * @throws dev.stowage.core.error.InvalidInput when a list of entity tags is malformed
     */
    static ConditionHeaders parse(Function<String, List<String>> headers) {
        return new ConditionHeaders(
                tags(headers, "If-Match"),
                tags(headers, "If-None-Match"),
                date(headers, "If-Modified-Since"),
                date(headers, "If-Unmodified-Since"));
    }

    boolean isEmpty() {
        return ifMatch.isEmpty() && ifNoneMatch.isEmpty() && ifModifiedSince.isEmpty() && ifUnmodifiedSince.isEmpty();
    }

    static Optional<TagList> tags(Function<String, List<String>> headers, String name) {
        List<String> lines = headers.apply(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(TagList.parse(name, String.join(",", lines)));
    }

    private static Optional<Instant> date(Function<String, List<String>> headers, String name) {
        List<String> lines = headers.apply(name);
        return lines.size() == 1 ? HttpDate.parse(lines.get(0)) : Optional.empty();
    }
}
