package dev.stowage.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.Utf8Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a range of keys. */
final class Utf8SuccessorTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/", "dir/\u007F", "\u00FF", "\uD7FF", "\uFFFF", "\uD83C\uDF89", "a\uDBFF\uDFFF"})
    void of_isAfterAllWithThePrefix_andBeforeTheNext(String prefix) {
        String successor = Utf8Successor.of(prefix).orElseThrow();

        assertThat(Utf8Order.compare(prefix + "\uDBFF\uDFFF\uDBFF\uDFFF", successor))
                .isNegative();
        assertThat(successor).doesNotStartWith(prefix);
        assertThat(successor.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .isTrue();
    }

    @Test
    void of_theNextCharacter_isExact() {
        assertThat(Utf8Successor.of("a/")).contains("a0");
        assertThat(Utf8Successor.of("\uD7FF")).contains("\uE000");
        assertThat(Utf8Successor.of("a\uDBFF\uDFFF")).contains("b");
    }

    @Test
    void of_theLastText_isNone() {
        assertThat(Utf8Successor.of("\uDBFF\uDFFF")).isEmpty();
    }
}
