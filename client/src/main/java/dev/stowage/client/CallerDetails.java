package dev.stowage.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who the caller is for the service, and what it may do: each of the actions on each of the files.
 *
 * @param id of the API key, or the subject of the token; empty for an anonymous caller
 * @param kind {@code key}, {@code token} or {@code anonymous}
 * @param prefixes of the files; the empty prefix stands for all
 * @param expiresAt of the credential; empty for never
 */
public record CallerDetails(
        Optional<String> id,
        String kind,
        String name,
        List<String> actions,
        List<String> projects,
        List<String> prefixes,
        Optional<Instant> expiresAt) {

    /** The lists are copied. */
    public CallerDetails {
        actions = List.copyOf(actions);
        projects = List.copyOf(projects);
        prefixes = List.copyOf(prefixes);
    }

    static CallerDetails of(JsonFields json) {
        return new CallerDetails(
                json.optionalText("id"),
                json.text("kind"),
                json.optionalText("name").orElse(""),
                json.texts("actions"),
                json.texts("projects"),
                json.texts("prefixes"),
                json.optionalTime("expires_at"));
    }
}
