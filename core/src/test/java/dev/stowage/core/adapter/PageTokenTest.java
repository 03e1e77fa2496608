package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTokenTest {

    private final PageToken tokens = new PageToken("objects", "raw/", "/");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "raw/\u00E4/\uD83C\uDF89", "key\0marker"})
    void decode_returnsThePosition(String position) {
        String token = tokens.encode(position);

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(new PageToken("objects", "raw/", "/").decode(token)).isEqualTo(position);
    }

    @Test
    void decode_ofATokenOfAnotherQuery_isRejected() {
        String token = tokens.encode("a");

        assertRefused(new PageToken("objects", "raw", "//"), token);
        assertRefused(new PageToken("objects", "raw/"), token);
        assertRefused(new PageToken("uploads", "raw/", "/"), token);
    }

    @Test
    void decode_ofAForgedToken_isRejected() {
        assertRefused(tokens, "");
        assertRefused(tokens, "a");
        assertRefused(tokens, "not base64!");
        assertRefused(tokens, "AAAA");
        assertRefused(tokens, Base64.getUrlEncoder().encodeToString(new byte[30]));
        assertRefused(tokens, tokens.encode("a") + "=");
        assertRefused(tokens, tokens.encode("a") + "AAAA");
    }

    private static void assertRefused(PageToken tokens, String token) {
        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("continuation_token");
    }
}
