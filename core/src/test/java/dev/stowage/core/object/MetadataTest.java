package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataTest {

    @Test
    void names_areLoweredAndSorted() {
        Metadata metadata = new Metadata(Map.of("B", "2", "a.b_c-0", "1"));

        assertThat(metadata.values().keySet()).containsExactly("a.b_c-0", "b");
        assertThat(metadata).isEqualTo(new Metadata(Map.of("b", "2", "a.b_c-0", "1")));
    }

    @Test
    void values_areNotChangedByOthers() {
        Map<String, String> source = new HashMap<>(Map.of("a", "1"));
        Metadata metadata = new Metadata(source);
        source.put("b", "2");

        assertThat(metadata.values()).containsOnlyKeys("a");
        assertThatThrownBy(() -> metadata.values().put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "\u00E9", "a\nb", "a=b"})
    void name_withInvalidCharacters_isRejected(String name) {
        assertRefused(Map.of(name, "x"));
    }

    @Test
    void duplicateNameInAnotherCase_isRejected() {
        assertRefused(Map.of("A", "1", "a", "2"));
    }

    @Test
    void value_withControlCharacterOrUnpairedSurrogate_isRejected() {
        for (String value : new String[] {"a\nb", "\r", "\u0000", "\u007F", "\u0085", "\uD83C", "\uDF89x"}) {
            assertRefused(Map.of("a", value));
        }
    }

    @Test
    void value_ofAnyOtherText_isAccepted() {
        for (String value : new String[] {"", " ", "caf\u00E9", "e\u0301", "\uD83C\uDF89", "\u2028"}) {
            assertThat(new Metadata(Map.of("a", value)).values()).containsEntry("a", value);
        }
    }

    @Test
    void size_countsNamesAndValuesInUtf8() {
        assertThat(new Metadata(Map.of("ab", "v".repeat(2046))).values()).hasSize(1);
        assertRefused(Map.of("ab", "v".repeat(2047)));
        assertRefused(Map.of("ab", "\u00E9".repeat(1023) + "v"));
        assertRefused(Map.of("a", "v".repeat(1023), "b", "v".repeat(1024)));
    }

    @Test
    void lenient_keepsWhatIsValid_andFits() {
        Map<String, String> foreign = new HashMap<>();
        foreign.put("Author", "Ada");
        foreign.put("no space", "x");
        foreign.put("control", "a\u0000b");
        foreign.put("large", "x".repeat(Metadata.MAX_BYTES));
        foreign.put("size", "1");

        assertThat(Metadata.lenient(foreign).values())
                .containsExactly(Map.entry("author", "Ada"), Map.entry("size", "1"));
    }

    @Test
    void lenient_namesThatDifferInCase_keepsOne() {
        assertThat(Metadata.lenient(Map.of("NAME", "1", "name", "2")).values()).containsOnlyKeys("name");
    }

    private static void assertRefused(Map<String, String> values) {
        assertThatThrownBy(() -> new Metadata(values)).isInstanceOfSatisfying(InvalidInput.class, error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(error.detail()).containsEntry("field", "metadata");
        });
    }
}
