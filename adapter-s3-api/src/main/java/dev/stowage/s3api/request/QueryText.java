package dev.stowage.s3api.request;

import dev.stowage.core.key.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a request's query, decoded, in the order in which they were sent.
 *
 * @param parameters unmodifiable
 */
public record QueryText(List<Parameter> parameters) {

    /**
     * A parameter.
     *
     * @param value empty also for a parameter without {@code =}
     */
    public record Parameter(String name, String value) {}

    public QueryText {
        parameters = List.copyOf(parameters);
    }

    /**
     * Parses a query, where {@code +} is a space.
     *
     * @throws IllegalArgumentException when it can't be decoded
     */
    public static QueryText parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(PercentEncoding.decodeQuery(name), PercentEncoding.decodeQuery(value)));
            }
        }
        return new QueryText(parameters);
    }

    /** Whether there is a parameter of that name, with or without a value. */
    public boolean has(String name) {
        return get(name).isPresent();
    }

    /** Returns the first value of a parameter. */
    public Optional<String> get(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** Returns the first value of a parameter, unless it is empty. */
    public Optional<String> text(String name) {
        return get(name).filter(value -> !value.isEmpty());
    }
}
