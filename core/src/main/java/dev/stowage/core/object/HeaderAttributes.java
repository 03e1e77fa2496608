package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object's attributes that are sent as headers, each of them optional.
 *
 * @param values those that are present, in the order of {@link HeaderAttribute}; unmodifiable
 */
public record HeaderAttributes(Map<HeaderAttribute, String> values) {

    /** All absent. */
    public static final HeaderAttributes NONE = new HeaderAttributes(Map.of());

    /** Normalizes the values; an empty one is absent. @throws InvalidInput when one breaks the rules of {@link HeaderAttribute#normalize} */
    public HeaderAttributes {
        Map<HeaderAttribute, String> present = new EnumMap<>(HeaderAttribute.class);
        values.forEach((attribute, text) -> {
            String value = attribute.normalize(text);
            if (!value.isEmpty()) {
                present.put(attribute, value);
            }
        });
        values = Collections.unmodifiableMap(present);
    }

    /** Those of {@code values} that keep the rules: for what others have stored. */
    public static HeaderAttributes lenient(Map<HeaderAttribute, String> values) {
        Map<HeaderAttribute, String> valid = new EnumMap<>(HeaderAttribute.class);
        values.forEach((attribute, text) -> {
            try {
                valid.put(attribute, attribute.normalize(text));
            } catch (InvalidInput foreign) {
                // The store keeps it, but it can't be shown.
            }
        });
        return new HeaderAttributes(valid);
    }

    /** The value of an attribute; empty when it is absent. */
    public Optional<String> get(HeaderAttribute attribute) {
        return Optional.ofNullable(values.get(attribute));
    }
}
