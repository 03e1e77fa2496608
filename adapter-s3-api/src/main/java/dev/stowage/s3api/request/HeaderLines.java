package dev.stowage.s3api.request;

import dev.stowage.core.object.EncodedWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The header fields of a request. Names are case-insensitive. Each char of a value is a byte, as it was received and signed. */
public final class HeaderLines {

    private final Map<String, List<String>> values = new TreeMap<>();

    /** Adds a field line. */
    public HeaderLines add(String name, String value) {
        values.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>(1))
                .add(value);
        return this;
    }

    /** Returns the names in lower case, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Returns the values of all lines of a field; empty when there is none. */
    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /** Returns the value of the first line of a field. */
    public Optional<String> get(String name) {
        List<String> lines = values.get(name.toLowerCase(Locale.ROOT));
        return lines == null ? Optional.empty() : Optional.of(lines.get(0));
    }

    /** Returns the values of a field, joined by commas and decoded as UTF-8, or else as ISO 8859-1. */
    public Optional<String> text(String name) {
        List<String> lines = all(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(EncodedWords.text(String.join(", ", lines)));
    }
}
