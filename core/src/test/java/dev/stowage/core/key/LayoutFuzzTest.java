package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks properties of layouts with corpora of templates and keys and their mutations. */
final class LayoutFuzzTest {

    private final Corpus templates = new Corpus("layouts.txt");
    private final Corpus keys = new Corpus("keys.txt");

    @Test
    void anyTemplate_parsesOrReportsWhyNot() {
        templates.forAll(template -> parse(template).ifPresent(layout -> {
            assertThat(layout).hasToString(template);
            assertThat(parse(layout.toString())).isPresent();
        }));
    }

    @Test
    void match_agreesWithARegularExpression() {
        templates.forAll(template -> parse(template)
                .ifPresent(layout -> candidates(template)
                        .forEach(key ->
                                assertThat(layout.match(key)).as(key.value()).isEqualTo(reference(template, key)))));
    }

    @Test
    void check_agreesWithMatch() {
        templates.forAll(template -> parse(template)
                .ifPresent(layout -> candidates(template).forEach(key -> {
                    boolean passes = true;
                    try {
                        layout.check(key);
                    } catch (InvalidInput e) {
                        passes = false;
                        assertThat(e.detail()).containsEntry("reason", "layout").containsEntry("layout", template);
                    }
                    assertThat(passes).isEqualTo(layout.match(key).isPresent());
                })));
    }

    /** Returns arbitrary keys, and some that resemble the template with its variables filled in, so that some fit. */
    private Stream<ObjectKey> candidates(String template) {
        String filled = filled(template, "p-1");
        return Stream.of(
                        keys.any(),
                        filled,
                        filled + "/more",
                        filled + "0",
                        filled(template, "p".repeat(128)),
                        filled(template, "p".repeat(129)),
                        filled(template, "-p"))
                .flatMap(text -> {
                    try {
                        return Stream.of(new ObjectKey(text));
                    } catch (InvalidInput e) {
                        return Stream.empty();
                    }
                })
                .filter(key -> KeyRules.objection(key.value()).isEmpty());
    }

    private static String filled(String template, String value) {
        return template.replaceAll("\\{[a-z0-9_]+=([^|}]*)[^}]*}", "$1")
                .replaceAll("\\{[a-z0-9_]+\\*\\*}", "x/y z")
                .replaceAll("\\{[a-z0-9_]+}", value);
    }

    private static Optional<KeyLayout> parse(String template) {
        try {
            return Optional.of(KeyLayout.parse(template));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
            return Optional.empty();
        }
    }

    /** The specification of a layout as a regular expression with a group for each variable. */
    private static Optional<Map<String, String>> reference(String template, ObjectKey key) {
        if (template.equals("open")) {
            return Optional.of(Map.of());
        }
        List<String> names = new ArrayList<>();
        String regex = Stream.of(template.split("/", -1))
                .map(segment -> expression(segment, names))
                .collect(Collectors.joining("/"));
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(key.value());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            variables.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(variables);
    }

    private static String expression(String segment, List<String> names) {
        if (!segment.startsWith("{")) {
            return Pattern.quote(segment);
        }
        String inner = segment.substring(1, segment.length() - 1);
        names.add(inner.replaceAll("[=*].*", ""));
        if (inner.contains("=")) {
            String words = inner.substring(inner.indexOf('=') + 1);
            return Stream.of(words.split("\\|", -1)).map(Pattern::quote).collect(Collectors.joining("|", "(", ")"));
        }
        if (inner.endsWith("**")) {
            return "(.+)";
        }
        return inner.equals("project_id") ? "([A-Za-z0-9][A-Za-z0-9._-]{0,127})" : "([^/]+)";
    }
}
