package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: {@code *}, or tags separated by commas. Tags without quotes are accepted, as in
 * S3. Any other text is rejected, since ignoring a condition can lose an update.
 *
 * @param any whether it is {@code *}
 * @param tags the tags, unless it is {@code *}; unmodifiable
 */
public record TagList(boolean any, List<EntityTag> tags) {

    /** {@code *}: any existing object. */
    public static final TagList ANY = new TagList(true, List.of());

    public TagList {
        tags = List.copyOf(tags);
    }

    /**
     * @param header the name of the header, for the error
     * @throws InvalidInput when the text is not such a list
     */
    public static TagList parse(String header, String text) {
        if (text.strip().equals("*")) {
            return ANY;
        }
        List<EntityTag> tags = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ',' || c == ' ' || c == '\t') {
                position++;
                continue;
            }
            boolean weak = text.startsWith("W/", position);
            int start = weak ? position + 2 : position;
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? text.indexOf('"', start + 1) : endOfToken(text, start);
            String value = end < 0 ? "*" : text.substring(quoted ? start + 1 : start, end);
            if (end < 0 || (!quoted && value.equals("*"))) {
                // A * among tags would change the meaning of the list.
                throw invalid(header);
            }
            tags.add(new EntityTag(value, weak));
            position = quoted ? end + 1 : end;
            if (position < text.length() && ", \t".indexOf(text.charAt(position)) < 0) {
                throw invalid(header);
            }
        }
        if (tags.isEmpty()) {
            throw invalid(header);
        }
        return new TagList(false, tags);
    }

    /** Whether one of the tags equals {@code etag} by strong comparison; {@code *} matches any. */
    public boolean matchesStrongly(Etag etag) {
        return any || tags.stream().anyMatch(tag -> tag.matchesStrongly(etag));
    }

    /** Whether one of the tags equals {@code etag} by weak comparison; {@code *} matches any. */
    public boolean matchesWeakly(Etag etag) {
        return any || tags.stream().anyMatch(tag -> tag.matchesWeakly(etag));
    }

    /** Returns the list as in a header field. */
    @Override
    public String toString() {
        return any ? "*" : tags.stream().map(EntityTag::toString).collect(Collectors.joining(", "));
    }

    private static int endOfToken(String text, int start) {
        int end = start;
        while (end < text.length() && ", \t\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static InvalidInput invalid(String header) {
        return InvalidInput.ofField(
                header, header + " must be * or a list of entity tags in quotes, separated by commas");
    }

    /**
     * An entity tag as a client sends it (RFC 9110, section 8.8.3).
     *
     * @param value the text between the quotes; may be empty, which matches no object
     * @param weak whether it was preceded by {@code W/}
     */
    public record EntityTag(String value, boolean weak) {

        /** Compares strongly (section 8.8.3.2): a weak tag never matches. */
        public boolean matchesStrongly(Etag etag) {
            return !weak && value.equals(etag.value());
        }

        /** Compares weakly. */
        public boolean matchesWeakly(Etag etag) {
            return value.equals(etag.value());
        }

        /** Returns the tag as in a header field. */
        @Override
        public String toString() {
            return (weak ? "W/\"" : "\"") + value + '"';
        }
    }
}
