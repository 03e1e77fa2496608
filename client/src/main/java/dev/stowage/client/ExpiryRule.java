package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule by which the service deletes files.
 *
 * @param id names the rule among those of its prefix: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}
 * @param prefix the files whose keys begin with it; empty for all files
 * @param filter only some of these files; without ages
 * @param expireAfter how long after its last modification a file is deleted, to the second
 */
public record ExpiryRule(String id, String prefix, Optional<FileFilter> filter, Duration expireAfter) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    /** Returns a rule for all files whose keys begin with a prefix. */
    public static ExpiryRule of(String id, String prefix, Duration expireAfter) {
        return new ExpiryRule(id, prefix, Optional.empty(), expireAfter);
    }

    /** Returns the same rule for only those of its files that the filter selects. A filter without conditions changes nothing. */
    public ExpiryRule withFilter(FileFilter files) {
        return files.isEmpty() ? this : new ExpiryRule(id, prefix, Optional.of(files), expireAfter);
    }

    static ExpiryRule of(JsonFields json) {
        return new ExpiryRule(
                json.text("id"),
                json.text("prefix"),
                json.optionalObject("filter").map(FileFilter::of),
                duration(json.text("expire_after")));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw StowageException.unexpected("The field expire_after of the response is not a duration");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject().put("id", id).put("prefix", prefix);
        filter.ifPresent(files -> JsonFields.put(json.putObject("filter"), files.values()));
        return json.put("expire_after", expireAfter.toSeconds() + "s");
    }
}
