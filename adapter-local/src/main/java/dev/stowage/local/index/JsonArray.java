package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;

/** Passes many values as one parameter of a statement, which uses {@code json_each}, so that the statement's text is constant. */
final class JsonArray {

    private JsonArray() {}

    static String of(List<Long> numbers) {
        return numbers.toString();
    }

    /** Keys have no control characters, so only quotes and backslashes need escapes (RFC 8259, section 7). */
    static String ofKeys(List<ObjectKey> keys) {
        return keys.stream()
                .map(key -> '"' + key.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
