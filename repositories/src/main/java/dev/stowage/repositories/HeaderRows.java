package dev.stowage.repositories;

import dev.stowage.core.object.HeaderAttribute;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encodes header-like attributes in a column: a line for each, in the format of metadata. */
final class HeaderRows {

    private HeaderRows() {}

    static String text(Map<HeaderAttribute, String> values) {
        Map<String, String> entries = new LinkedHashMap<>();
        values.forEach((attribute, value) -> entries.put(attribute.field(), value));
        return SessionRows.text(entries);
    }

    static Map<HeaderAttribute, String> values(String text) {
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        SessionRows.entries(text)
                .forEach((field, value) ->
                        HeaderAttribute.ofField(field).ifPresent(attribute -> values.put(attribute, value)));
        return values;
    }
}
