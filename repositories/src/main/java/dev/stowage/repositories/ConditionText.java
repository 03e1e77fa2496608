package dev.stowage.repositories;

import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Encodes conditions in a column: a line for each, as name and value. */
final class ConditionText {

    private static final String MATCH = "match";
    private static final String NONE_MATCH = "none_match";
    private static final String UNMODIFIED_SINCE = "unmodified_since";

    private ConditionText() {}

    static String of(Preconditions conditions) {
        Map<String, String> lines = new LinkedHashMap<>();
        conditions.ifMatch().ifPresent(tags -> lines.put(MATCH, tags.toString()));
        conditions.ifNoneMatch().ifPresent(tags -> lines.put(NONE_MATCH, tags.toString()));
        conditions.ifUnmodifiedSince().ifPresent(time -> lines.put(UNMODIFIED_SINCE, time.toString()));
        return SessionRows.text(lines);
    }

    static Preconditions parse(String text) {
        Map<String, String> lines = SessionRows.entries(text);
        return new Preconditions(
                tags(lines, MATCH),
                tags(lines, NONE_MATCH),
                Optional.ofNullable(lines.get(UNMODIFIED_SINCE)).map(Instant::parse));
    }

    private static Optional<TagList> tags(Map<String, String> lines, String name) {
        return Optional.ofNullable(lines.get(name)).map(text -> TagList.parse(name, text));
    }
}
