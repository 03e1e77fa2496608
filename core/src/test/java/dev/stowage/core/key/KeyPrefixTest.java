package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyPrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/",
                "a/b",
                "..",
                "a/.",
                "a/..",
                "caf\u00E9/",
                "/",
                "/a",
                "a//",
                "a//b",
                "cafe\u0301",
                "a\u2028"
            })
    void prefixOfSomeKey_isAccepted(String text) {
        assertThat(new KeyPrefix(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./", "../a", "a/../", "a/./b", "a//../", "a\u0000", "\u0085", "\uD83C"})
    void prefixOfNoKey_isRejected(String text) {
        assertThatThrownBy(() -> new KeyPrefix(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("The prefix ");
    }

    @Test
    void contains_comparesText() {
        KeyPrefix prefix = new KeyPrefix("a/b");

        assertThat(prefix.contains(new ObjectKey("a/b"))).isTrue();
        assertThat(prefix.contains(new ObjectKey("a/bc/d"))).isTrue();
        assertThat(prefix.contains(new ObjectKey("a/c"))).isFalse();
        assertThat(prefix.contains(new ObjectKey("a"))).isFalse();
        assertThat(KeyPrefix.ALL.contains(new ObjectKey("a"))).isTrue();
    }
}
