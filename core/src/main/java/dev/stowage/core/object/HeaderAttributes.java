package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of an object that are sent as headers, each of them optional.
 *
 * @param values the present attributes, in the order of {@link HeaderAttribute}; unmodifiable
 */
public record HeaderAttributes(Map<HeaderAttribute, String> values) {

    /** No attributes. */
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

    /** Returns the valid attributes among {@code values}: for objects stored by other clients. */
    public static HeaderAttributes lenient(Map<HeaderAttribute, String> values) {
        Map<HeaderAttribute, String> valid = new EnumMap<>(HeaderAttribute.class);
        values.forEach((attribute, text) -> {
            try {
                valid.put(attribute, attribute.normalize(text));
            } catch (InvalidInput foreign) {
                // The store has the value, but it can't be sent.
            }
        });
        return new HeaderAttributes(valid);
    }

    /** Returns the value of an attribute, or empty when it is absent. */
    public Optional<String> get(HeaderAttribute attribute) {
        return Optional.ofNullable(values.get(attribute));
    }
}
