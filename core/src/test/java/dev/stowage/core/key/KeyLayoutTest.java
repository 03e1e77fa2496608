package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyLayoutTest {

    private final KeyLayout standard = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);

    @Test
    void match_returnsVariablesInTemplateOrder() {
        Map<String, String> variables =
                standard.match(new ObjectKey("raw/p-1/2025/a.txt")).orElseThrow();

        assertThat(variables)
                .containsExactly(entry("stage", "raw"), entry("project_id", "p-1"), entry("filename", "2025/a.txt"));
        assertThatThrownBy(() -> variables.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw",
                "raw/p1",
                "Raw/p1/a",
                "other/p1/a",
                "rawx/p1/a",
                "raw/-p1/a",
                "raw/p 1/a",
                "raw/p\u00E9/a",
                "x/raw/p1/a"
            })
    void match_ofKeyOfAnotherShape_isEmpty(String key) {
        assertThat(standard.match(new ObjectKey(key))).isEmpty();
    }

    @Test
    void projectId_has1To128Characters() {
        assertThat(standard.match(new ObjectKey("raw/" + "p".repeat(128) + "/a")))
                .isPresent();
        assertThat(standard.match(new ObjectKey("raw/" + "p".repeat(129) + "/a")))
                .isEmpty();
        assertThat(standard.match(new ObjectKey("raw/0._-Z/a"))).isPresent();
    }

    @Test
    void openLayout_acceptsEveryKey() {
        KeyLayout open = KeyLayout.parse("open");

        assertThat(open.match(new ObjectKey("anything/at/all"))).contains(Map.of());
        assertThat(open).hasToString("open");
    }

    @Test
    void plainSegments_matchThemselves() {
        KeyLayout layout = KeyLayout.parse("users/{user_id}/inbox");

        assertThat(layout.match(new ObjectKey("users/ada/inbox"))).contains(Map.of("user_id", "ada"));
        assertThat(layout.match(new ObjectKey("users/ada/outbox"))).isEmpty();
        assertThat(layout.match(new ObjectKey("users/ada/inbox/x"))).isEmpty();
        assertThat(layout.match(new ObjectKey("users/ada"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.stowage.core.key.ForeignKeys#all")
    void check_ofForeignKey_reportsWhy(String text, String reason) {
        ObjectKey key = new ObjectKey(text);

        for (KeyLayout layout : List.of(standard, KeyLayout.parse("open"))) {
            assertRefused(() -> layout.check(key), reason);
            assertThat(layout.match(key)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/raw, leading_slash",
        "raw//, empty_segment",
        "raw/p1/e\u0301, not_nfc",
        "raw/p1/\u202E, bidirectional_control"
    })
    void check_ofPrefixOfNoWritableKey_reportsWhy(String text, String reason) {
        assertRefused(() -> KeyLayout.parse("open").check(new KeyPrefix(text), "field"), reason);
        assertRefused(() -> standard.check(new KeyPrefix(text), "field"), reason);
    }

    @Test
    void check_ofPrefix_checksItsCompleteSegments() {
        for (String text : List.of("", "r", "raw/", "raw/p", "raw/p1/", "raw/p1/a/b")) {
            standard.check(new KeyPrefix(text), "field");
        }

        assertRefused(() -> standard.check(new KeyPrefix("other/"), "field"), "layout");
        assertRefused(() -> standard.check(new KeyPrefix("raw/-/"), "field"), "layout");
    }

    @ParameterizedTest
    @CsvSource({
        "raw/p1/, p1",
        "raw/p1//x, p1",
        "raw/p1/e\u0301, p1",
        "raw//p2/x, ",
        "/raw/p1/x, ",
        "//raw/p1/x, ",
        "RAW/p1/x, ",
        "raw/p1\u0301/x, ",
        "raw/P1/x, P1",
        "raw/, ",
        "raw, "
    })
    void project_isThatOfTheLiteralFolder(String key, String project) {
        assertThat(standard.project(new ObjectKey(key))).isEqualTo(Optional.ofNullable(project));
    }

    @Test
    void check_ofReservedKey_isRejected_andOfSimilarKeysIsNot() {
        KeyLayout layout = KeyLayout.parse("open").reserving(Set.of("upload", "delete/batch", "download/"));

        for (String key : List.of("upload", "delete/batch", "download/a", "download/a/b")) {
            assertRefused(() -> layout.check(new ObjectKey(key)), "reserved");
        }
        for (String key :
                List.of("upload/a", "uploads", "Upload", "delete", "delete/batch/a", "download", "x/upload")) {
            layout.check(new ObjectKey(key));
        }
    }

    @Test
    void check_ofPrefixOfReservedKeysOnly_isRejected() {
        KeyLayout layout = KeyLayout.parse("open").reserving(Set.of("upload", "delete/batch", "download/"));

        assertRefused(() -> layout.check(new KeyPrefix("download/"), "field"), "reserved");
        assertRefused(() -> layout.check(new KeyPrefix("download/a"), "field"), "reserved");
        for (String text : List.of("", "download", "downloads/", "upload", "upload/", "delete/batch", "x/download/")) {
            layout.check(new KeyPrefix(text), "field");
        }
    }

    @Test
    void reserving_allKeysOfTheLayout_isRejected() {
        Set<String> names = Set.of("upload", "download/");

        for (String template : List.of("upload", "download/{filename**}")) {
            assertThatThrownBy(() -> KeyLayout.parse(template).reserving(names))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reserved");
        }
        assertThat(KeyLayout.parse("upload/{filename**}").reserving(names)).hasToString("upload/{filename**}");
    }

    @Test
    void check_ofKeyThatDoesNotFit_showsTheLayout() {
        standard.check(new ObjectKey("raw/p1/a"));

        assertThatThrownBy(() -> standard.check(new ObjectKey("a")))
                .isInstanceOfSatisfying(InvalidInput.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_KEY);
                    assertThat(error).hasMessageContaining(KeyLayout.DEFAULT_TEMPLATE);
                    assertThat(error.detail())
                            .containsEntry("reason", "layout")
                            .containsEntry("layout", KeyLayout.DEFAULT_TEMPLATE)
                            .containsEntry("key", "a");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty segment",
        "/a, empty segment",
        "a/, empty segment",
        "a//b, empty segment",
        "'{a**}/b', last segment",
        "'{a}/{a}', twice",
        "'{A}', neither plain text nor a variable",
        "'{a', neither plain text nor a variable",
        "'x{a}', neither plain text nor a variable",
        "'{a=}', neither plain text nor a variable",
        "'{a=b|}', can't be part of a key",
        "'{a=..}', can't be part of a key",
        "'./a', can't be part of a key",
        "cafe\u0301/a, can't be part of a key"
    })
    void parse_ofBadTemplate_reportsTheProblem(String template, String message) {
        assertThatThrownBy(() -> KeyLayout.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void assertRefused(ThrowingCallable check, String reason) {
        assertThatThrownBy(check).isInstanceOfSatisfying(InvalidInput.class, error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.INVALID_KEY);
            assertThat(error.detail()).containsEntry("reason", reason);
        });
    }
}
