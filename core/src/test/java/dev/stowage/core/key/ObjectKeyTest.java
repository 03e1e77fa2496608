package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeyTest {

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "a/./b, dot_segment",
        "., dot_segment",
        "a/.., dot_segment",
        "../a, dot_segment",
        "//../a, dot_segment",
        "a\u0000b, control_character",
        "a\u007Fb, control_character",
        "a\u0080b, control_character",
        "a\u0085b, control_character",
        "a\u009Fb, control_character"
    })
    void textThatCanNotBeNamedInARequest_isNoKey(String text, String reason) {
        assertRefused(text, reason);
    }

    @ParameterizedTest
    @MethodSource("dev.stowage.core.key.ForeignKeys#all")
    void foreignKey_isAccepted(String text, String reason) {
        assertThat(new ObjectKey(text).value()).isEqualTo(text);
        assertThat(new ObjectKey(text).segments()).isEqualTo(List.of(text.split("/", -1)));
        assertThat(KeyPrefix.ALL.contains(new ObjectKey(text))).isTrue();
        assertThat(new KeyPrefix(text).contains(new ObjectKey(text))).isTrue();
    }

    @Test
    void keys_areComparedByTheirText() {
        assertThat(new ObjectKey("cafe\u0301")).isNotEqualTo(new ObjectKey("caf\u00E9"));
        assertThat(new ObjectKey("a//b")).isNotEqualTo(new ObjectKey("a/b"));
        assertThat(new ObjectKey("a/")).isNotEqualTo(new ObjectKey("a"));
    }

    @Test
    void key_withUnpairedSurrogate_namesIt() {
        assertRefused("a\uD83C", "unpaired_surrogate");
        assertRefused("\uDF89\uD83C", "unpaired_surrogate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "...", "a/.../b", ".a", " ", "a b+%#?", "caf\u00E9", "\uD83C\uDF89/x", "\u200D", "\u202F"})
    void validKey_isAccepted(String text) {
        assertThat(new ObjectKey(text).value()).isEqualTo(text);
    }

    @Test
    void length_isCountedInBytesOfUtf8() {
        assertThat(new ObjectKey("k".repeat(1024)).value()).hasSize(1024);
        assertThat(new ObjectKey("\u00E9".repeat(512)).value()).hasSize(512);
        assertThat(new ObjectKey("\uD83C\uDF89".repeat(256)).value()).hasSize(512);
        assertRefused("k".repeat(1025), "too_long");
        assertRefused("\u00E9".repeat(512) + "k", "too_long");
        assertRefused("\uD83C\uDF89".repeat(256) + "k", "too_long");
    }

    @Test
    void segments_areSeparatedBySlashes() {
        ObjectKey key = new ObjectKey("raw/p1/a b.txt");

        assertThat(key.segments()).containsExactly("raw", "p1", "a b.txt");
        assertThat(key.filename()).isEqualTo("a b.txt");
        assertThat(new ObjectKey("alone").segments()).isEqualTo(List.of("alone"));
        assertThat(new ObjectKey("alone").filename()).isEqualTo("alone");
        assertThat(new ObjectKey("/a//b/").segments()).containsExactly("", "a", "", "b", "");
        assertThat(new ObjectKey("folder/").filename()).isEmpty();
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> new ObjectKey(text)).isInstanceOfSatisfying(InvalidInput.class, error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.INVALID_KEY);
            assertThat(error.detail()).containsEntry("reason", reason);
        });
    }
}
