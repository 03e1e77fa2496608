package dev.stowage.client;

import java.util.List;
import java.util.Optional;

/**
 * Which events of those that the caller may see.
 *
 * @param types such as {@code file.created}; empty for all
 * @param prefix only events of files whose keys begin with it; empty for all
 */
public record EventSelection(List<String> types, Optional<String> prefix) {

    /** All events. */
    public static final EventSelection ALL = new EventSelection(List.of(), Optional.empty());

    /** The list is copied. */
    public EventSelection {
        types = List.copyOf(types);
    }

    /** Returns the filter for these types only. */
    public EventSelection ofTypes(List<String> some) {
        return new EventSelection(some, prefix);
    }

    /** Returns the filter for files below a prefix only. */
    public EventSelection below(String keys) {
        return new EventSelection(types, Optional.of(keys));
    }

    /** Returns the parameters, each with an ampersand before it. */
    String query() {
        return (types.isEmpty() ? "" : "&types=" + UrlText.query(String.join(",", types)))
                + prefix.map(keys -> "&prefix=" + UrlText.query(keys)).orElse("");
    }
}
