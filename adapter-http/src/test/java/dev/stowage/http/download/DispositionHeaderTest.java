package dev.stowage.http.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment",
                "inline",
                "attachment; filename=\"a b.txt\"",
                "attachment;filename=a.txt",
                "attachment ; filename = a.txt",
                "attachment; filename=\"a\\\"b;c.txt\"",
                "attachment; filename=\"caf\u00e9.txt\"",
                "inline; filename=\"a.txt\"; filename*=UTF-8''%e2%82%ac%20rates.txt",
                "attachment; filename*=utf-8'en'a.txt",
                "inline; foo=bar"
            })
    void parse_ofTheGrammar_keepsTheText(String text) {
        assertThat(DispositionHeader.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "attachment=1",
                "attachment x",
                "attachment,inline",
                "attachment inline",
                "attachmentx",
                "\"attachment\"",
                "inline;;",
                "inline;",
                "attachment;",
                "attachment; filename",
                "attachment; filename=",
                "attachment; filename=a b.txt",
                "attachment; filename=\"a.txt",
                "attachment; filename=\"a\\\"",
                "attachment; filename=\"a\" b",
                "attachment; filename=a; filename=b",
                "attachment; filename=a; FILENAME=b",
                "attachment; filename*=a.txt",
                "attachment; filename*=UTF-8''a b",
                "attachment; filename*=\"UTF-8''a\"",
                "attachment; filename=\"a\r\nSet-Cookie: x\"",
                "attachment\r\nX: y",
                "attachment; filename=\"a\u0000\"",
                "attachment; filename=\"\u20ac.txt\"",
                "filename=a.txt",
                "form-data; name=a",
                "application/pdf"
            })
    void parse_ofAnythingElse_isRejected(String text) {
        assertThatThrownBy(() -> DispositionHeader.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void parse_ofALongValue_isRejected() {
        String name = "x".repeat(DispositionHeader.MAX_LENGTH);
        assertThatThrownBy(() -> DispositionHeader.parse("attachment; filename=" + name))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void parse_ofAnotherCase_isTheSameType() {
        assertThat(DispositionHeader.parse("ATTACHMENT; filename=A.txt").text())
                .isEqualTo("attachment; filename=A.txt");
        assertThat(DispositionHeader.parse("Inline").type()).isEqualTo("inline");
    }

    @Test
    void withType_keepsTheFileName() {
        assertThat(DispositionHeader.parse("attachment; filename=a.txt")
                        .withType("inline")
                        .text())
                .isEqualTo("inline; filename=a.txt");
    }
}
