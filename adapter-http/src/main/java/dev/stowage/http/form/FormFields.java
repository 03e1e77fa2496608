package dev.stowage.http.form;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The texts of a form: each field at most once, none that the route does not know. For one thread. */
final class FormFields {

    private final Map<String, Integer> limits;
    private final Map<String, String> values = new HashMap<>();

    /** @param limits the fields that are known, with the most bytes each may have */
    FormFields(Map<String, Integer> limits) {
        this.limits = limits;
    }

    /** @throws dev.stowage.core.error.InvalidInput when the field is unknown, too long, not UTF-8, or was there before */
    void read(FormPart part) throws IOException {
        Integer limit = limits.get(part.name());
        if (limit == null) {
            Set<String> known = new TreeSet<>(limits.keySet());
            throw FormProblem.field(
                    part.name(),
                    "Unknown form field " + FormProblem.shown(part.name()) + "; known besides the file are "
                            + String.join(", ", known));
        }
        if (values.put(part.name(), part.text(limit)) != null) {
            throw FormProblem.field(part.name(), "The form field " + part.name() + " is there more than once");
        }
    }

    /** Whether all of {@code names} were read. */
    boolean have(Set<String> names) {
        return values.keySet().containsAll(names);
    }

    /** The field's text; a field that a browser sends empty was left out by its user. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws dev.stowage.core.error.InvalidInput when the field is missing or empty */
    String required(String name) {
        return text(name).orElseThrow(() -> FormProblem.field(name, "The form field " + name + " is missing or empty"));
    }
}
