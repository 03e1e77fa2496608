package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @Test
    void encode_keepsOnlyUnreservedCharacters() {
        assertThat(PercentEncoding.encode("aZ09-._~ +*/%ä€😀"))
                .isEqualTo("aZ09-._~%20%2B%2A%2F%25%C3%A4%E2%82%AC%F0%9F%98%80");
    }

    @Test
    void encodePath_keepsSlashes() {
        assertThat(PercentEncoding.encodePath("raw/a b/~")).isEqualTo("raw/a%20b/~");
        assertThat(new ObjectKey("raw/a b/ä").encoded()).isEqualTo("raw/a%20b/%C3%A4");
    }

    @Test
    void decode_keepsPlusSigns_thatAreSpacesInQueries() {
        assertThat(PercentEncoding.decode("a+b%2b%C3%A4ö")).isEqualTo("a+b+äö");
        assertThat(PercentEncoding.decodeQuery("a+b%2b")).isEqualTo("a b+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%C3", "%FF%FE", "%C0%80", "%ED%A0%80"})
    void decode_ofMalformedText_isRefused(String text) {
        assertThatThrownBy(() -> PercentEncoding.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
