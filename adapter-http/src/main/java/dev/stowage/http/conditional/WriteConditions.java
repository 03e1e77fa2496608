package dev.stowage.http.conditional;

import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Parses the conditions of requests that change a file. */
public final class WriteConditions {

    /** The header field with the condition on the source of a copy; its value is that of {@code If-Match}. */
    public static final String IF_SOURCE_MATCH = "If-Source-Match";

    private WriteConditions() {}

    /**
     * Returns the conditions on the file that the request changes. An invalid date is ignored (RFC 9110, section 13.1.4), as is
     * {@code If-Unmodified-Since} beside {@code If-Match}.
     *
     * @param headers returns the values of a field, one for each field line, by its case-insensitive name
     * @throws dev.stowage.core.error.InvalidInput when a list of entity tags is malformed
     */
    public static Preconditions parse(Function<String, List<String>> headers) {
        ConditionHeaders conditions = ConditionHeaders.parse(headers);
        return new Preconditions(
                conditions.ifMatch(),
                conditions.ifNoneMatch(),
                conditions.ifMatch().isPresent() ? Optional.empty() : conditions.ifUnmodifiedSince());
    }

    /**
     * Returns the conditions on the source of a copy.
     *
     * @param headers as for {@link #parse}
     * @throws dev.stowage.core.error.InvalidInput when a list of entity tags is malformed
     */
    public static Preconditions ofSource(Function<String, List<String>> headers) {
        Optional<TagList> tags = ConditionHeaders.tags(headers, IF_SOURCE_MATCH);
        return new Preconditions(tags, Optional.empty(), Optional.empty());
    }
}
