package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The document equals the checked-in one, except for order, so that every change is visible in a review. */
final class OpenApiSnapshotTest {

    private static final Path EXPECTED = Path.of("src/test/resources/dev/stowage/http/openapi.json");
    private static final Path ACTUAL = Path.of("target/openapi.json");

    /** The depth down to which members have their own lines; a response of an operation has one. */
    private static final int DEPTH = 5;

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void document_isTheOneThatIsCheckedIn() throws IOException {
        String actual;
        try (RunningService service = RunningService.over(new InMemoryStorage())) {
            actual = normalized(service.get("/openapi.json").body());
        }
        Files.createDirectories(ACTUAL.getParent());
        Files.writeString(ACTUAL, actual);
        String expected = Files.exists(EXPECTED) ? normalized(Files.readAllBytes(EXPECTED)) : "";
        assertThat(actual.equals(expected))
                .as(
                        "%s differs from %s: compare them, and copy it there if the change is meant; the first line that differs: %s",
                        ACTUAL, EXPECTED, firstDifference(expected, actual))
                .isTrue();
    }

    private static String firstDifference(String expected, String actual) {
        List<String> before = expected.lines().toList();
        List<String> after = actual.lines().toList();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return (i + 1) + ", " + before.get(i).strip() + " → "
                        + after.get(i).strip();
            }
        }
        return "the length";
    }

    private static String normalized(byte[] json) throws IOException {
        StringBuilder text = new StringBuilder();
        write(text, sorted(JSON.readValue(json, Object.class)), 0);
        return text.append('\n').toString();
    }

    private static void write(StringBuilder text, Object value, int depth) throws IOException {
        if (depth == DEPTH || !(value instanceof Map<?, ?> members) || members.isEmpty()) {
            text.append(JSON.writeValueAsString(value));
            return;
        }
        String separator = "{";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator).append('\n').append(" ".repeat(depth + 1));
            text.append(JSON.writeValueAsString(member.getKey())).append(": ");
            write(text, member.getValue(), depth + 1);
            separator = ",";
        }
        text.append('\n').append(" ".repeat(depth)).append('}');
    }

    /** Sorts members by name and elements by content. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new TreeMap<>();
            map.forEach((name, member) -> members.put(name.toString(), sorted(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(OpenApiSnapshotTest::sorted)
                    .sorted(Comparator.comparing(Object::toString))
                    .toList();
        }
        return value;
    }
}
