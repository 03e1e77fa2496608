package dev.stowage.http.conditional;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Header fields from lines of text. */
final class Fields {

    private Fields() {}

    /** @param lines such as {@code If-Match: "a"} */
    static Function<String, List<String>> of(String... lines) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            if (!line.isEmpty()) {
                int colon = line.indexOf(':');
                fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return name -> fields.getOrDefault(name, List.of());
    }
}
