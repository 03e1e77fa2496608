package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=utf-8",
                "text/html;charset=\"utf-8\" ; x=y",
                "text/html;",
                "multipart/mixed; boundary=\"a b;c,d=e\"",
                "application/vnd.x+json"
            })
    void mediaType_isKept(String text) {
        assertThat(new ContentType(text)).hasToString(text);
        assertThat(ContentType.orDefault(text)).isEqualTo(new ContentType(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/plain",
                "text/plain/x",
                "text /plain",
                " text/plain",
                "text/plain\r\nX: y",
                "text/plain; charset",
                "text/plain; charset=",
                "text/plain; charset=\"utf",
                "text/plain; a=\"\\\"\"",
                "text/pl\u00E4in",
                "text/plain, text/html"
            })
    void invalidText_isRejected(String text) {
        assertThatThrownBy(() -> new ContentType(text)).isInstanceOf(InvalidInput.class);
        assertThat(ContentType.orDefault(text)).isEqualTo(ContentType.OCTET_STREAM);
    }

    @Test
    void length_isAtMost255() {
        assertThat(new ContentType("text/" + "x".repeat(250)).value()).hasSize(255);
        assertThatThrownBy(() -> new ContentType("text/" + "x".repeat(251))).isInstanceOf(InvalidInput.class);
    }
}
