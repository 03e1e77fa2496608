package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EtagTest {

    @Test
    void quoted_addsQuotes() {
        assertThat(new Etag("abc-2").quoted()).isEqualTo("\"abc-2\"");
    }

    @Test
    void ofMaybeQuoted_readsBothForms() {
        assertThat(Etag.ofMaybeQuoted("\"abc\"")).isEqualTo(new Etag("abc"));
        assertThat(Etag.ofMaybeQuoted("abc")).isEqualTo(new Etag("abc"));
        assertThat(Etag.ofMaybeQuoted("W/\"abc\"")).isEqualTo(new Etag("abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"", "\"\"", "W/\"\"", "W/\"a", " \"a\"", "a b", "\"a\"b\"", "a\nb", "\u0100", "\u007F"})
    void ofMaybeQuoted_ofInvalidTag_isRejected(String text) {
        assertThatThrownBy(() -> Etag.ofMaybeQuoted(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void length_isAtMost1024() {
        assertThat(new Etag("x".repeat(1024)).value()).hasSize(1024);
        assertThatThrownBy(() -> new Etag("x".repeat(1025))).isInstanceOf(InvalidInput.class);
    }
}
