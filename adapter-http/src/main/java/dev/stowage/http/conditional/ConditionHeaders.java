package dev.stowage.http.conditional;

import dev.stowage.core.object.TagList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The header fields of a request that make it conditional (RFC 9110, section 13.1), read; {@code If-Range} is with the ranges.
 *
 * @param ifModifiedSince empty also when it is no date, which is to be ignored
 * @param ifUnmodifiedSince likewise
 */
record ConditionHeaders(
        Optional<TagList> ifMatch,
        Optional<TagList> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {

    /**
     * @param headers the values of a field, one for each line of it, by its name in any case
     * @throws dev.stowage.core.error.InvalidInput when a list of tags is none
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
