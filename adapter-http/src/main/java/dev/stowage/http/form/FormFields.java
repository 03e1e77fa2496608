package dev.stowage.http.form;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The text fields of a form: each at most once, and only those that the route knows. For one thread. */
final class FormFields {

    private final Map<String, Integer> limits;
    private final Map<String, String> values = new HashMap<>();

    /** @param limits the known fields, with the maximum size of each in bytes */
    FormFields(Map<String, Integer> limits) {
        this.limits = limits;
    }

    /** @throws dev.stowage.core.error.InvalidInput when the field is unknown, too long, not UTF-8, or a duplicate */
    void read(FormPart part) throws IOException {
        add(part.name(), part.text(limit(part.name())));
    }

    /** @throws dev.stowage.core.error.InvalidInput when the field is unknown, too long, or a duplicate */
    void add(String name, String value) {
        int limit = limit(name);
        if (value.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw FormProblem.field(name, "The form field " + name + " has more than " + limit + " bytes");
        }
        if (values.put(name, value) != null) {
            throw FormProblem.field(name, "The form field " + name + " appears more than once");
        }
    }

    private int limit(String name) {
        Integer limit = limits.get(name);
        if (limit == null) {
            String known = String.join(", ", new TreeSet<>(limits.keySet()));
            throw FormProblem.field(
                    name,
                    "Unknown form field " + FormProblem.shown(name) + "; the fields, besides a file, are " + known);
        }
        return limit;
    }

    /** Whether all of {@code names} have been read. */
    boolean have(Set<String> names) {
        return values.keySet().containsAll(names);
    }

    /** Returns the field's text; empty when the field is missing or empty, since browsers send fields without input as empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws dev.stowage.core.error.InvalidInput when the field is missing or empty */
    String required(String name) {
        return text(name).orElseThrow(() -> FormProblem.field(name, "The form field " + name + " is missing or empty"));
    }
}
