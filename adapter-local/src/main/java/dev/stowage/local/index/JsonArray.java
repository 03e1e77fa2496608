package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;

/** Many values as one parameter of a statement, which takes them apart by {@code json_each}: so its text is always the same. */
final class JsonArray {

    private JsonArray() {}

    static String of(List<Long> numbers) {
        return numbers.toString();
    }

    /** Keys have no control characters, so quotes and backslashes are all that JSON wants escaped (RFC 8259, section 7). */
    static String ofKeys(List<ObjectKey> keys) {
        return keys.stream()
                .map(key -> '"' + key.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
