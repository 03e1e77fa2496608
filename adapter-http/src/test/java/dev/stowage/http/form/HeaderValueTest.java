package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // browsers, RFC 2045, curl before 7.81
                "form-data; name=\"file\"; filename=\"say %22hi%22.txt\" | say %22hi%22.txt",
                "form-data; name=\"file\"; filename=\"say \\\"hi\\\".txt\" | say \"hi\".txt",
                "form-data; name=\"file\"; filename=\"C:\\temp\\a.txt\"   | C:\\temp\\a.txt",
                "form-data; name=\"file\"; filename=\"ends with\\\"       | ends with\\",
                "form-data; name=\"file\"; filename=\"a;b=c.txt\"         | a;b=c.txt",
                "form-data; name=\"file\"; filename=\"a\\\\\"             | a\\",
                "Form-Data;NAME=file;filename=plain name.txt              | plain name.txt",
                "form-data ; x ; name = \"file\" ; filename = \"\"        | ''",
            })
    void parse_readsWhatClientsSend(String text, String filename) {
        HeaderValue value = HeaderValue.parse(text);
        assertThat(value.value()).isEqualTo("form-data");
        assertThat(value.parameter("name")).contains("file");
        assertThat(value.parameter("filename")).contains(filename.equals("''") ? "" : filename);
    }

    @Test
    void parse_withoutParameters() {
        assertThat(HeaderValue.parse(" Text/Plain ")).isEqualTo(new HeaderValue("text/plain", Map.of()));
        assertThat(HeaderValue.parse("a;;;")).isEqualTo(new HeaderValue("a", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; b=\"", "a; b=\"c", "a; b=c; b=d", "a; b=c; B=d"})
    void parse_refusesWhatIsAmbiguous(String text) {
        assertThatThrownBy(() -> HeaderValue.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void boundary_isReadFromTheContentType() {
        assertThat(Boundary.of("multipart/form-data; boundary=abc")).contains(new Boundary("abc"));
        assertThat(Boundary.of("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b:c\""))
                .contains(new Boundary("a b:c"));
        assertThat(Boundary.of("application/json")).isEqualTo(Optional.empty());
        assertThat(Boundary.of("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "; boundary=",
                "; boundary=\"\"",
                "; boundary=\"a \"",
                "; boundary=ä",
                "; boundary=\"a\tb\"",
                "; boundary=12345678901234567890123456789012345678901234567890123456789012345678901"
            })
    void boundary_missingOrInvalid_isRefused(String parameters) {
        assertThatThrownBy(() -> Boundary.of("multipart/form-data" + parameters))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("boundary");
    }
}
