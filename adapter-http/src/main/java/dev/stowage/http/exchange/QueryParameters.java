package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.PercentEncoding;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query, percent-decoded as UTF-8 for every type of body. Of repeated parameters the first counts; unknown
 * ones are ignored.
 */
public final class QueryParameters {

    private final Map<String, String> values;
    private final boolean repeated;

    private QueryParameters(Map<String, String> values, boolean repeated) {
        this.values = values;
        this.repeated = repeated;
    }

    /** @throws InvalidInput when the query can't be decoded */
    public static QueryParameters of(Context ctx) {
        return parse(ctx.queryString());
    }

    static QueryParameters parse(@Nullable String query) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean repeated = false;
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            repeated |= values.putIfAbsent(name, value) != null;
        }
        return new QueryParameters(Collections.unmodifiableMap(values), repeated);
    }

    /** Whether a name appears more than once. */
    public boolean hasRepeated() {
        return repeated;
    }

    /** All parameters by name. */
    public Map<String, String> asMap() {
        return values;
    }

    /** Returns the value; empty when it is missing or empty. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws InvalidInput when it is missing or empty */
    public String required(String name) {
        return text(name).orElseThrow(() -> InvalidInput.ofField(name, "The query parameter " + name + " is missing"));
    }

    /** @throws InvalidInput when it is present and not an integer */
    public Optional<Integer> number(String name) {
        return text(name).map(value -> {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                throw InvalidInput.ofField(name, "The query parameter " + name + " must be an integer");
            }
        });
    }

    /** @throws InvalidInput when it is present and neither {@code true} nor {@code false} */
    public Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidInput.ofField(name, "The query parameter " + name + " must be true or false");
        });
    }

    private static String decode(String text) {
        try {
            return PercentEncoding.decodeQuery(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "The query is not percent-encoded UTF-8: " + e.getMessage());
        }
    }
}
