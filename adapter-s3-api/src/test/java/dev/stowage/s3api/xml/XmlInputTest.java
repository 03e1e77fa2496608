package dev.stowage.s3api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.s3api.error.S3ErrorException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlInputTest {

    @Test
    void elements_areReadInOrder_andUnknownOnesAreSkipped() {
        assertThat(
                        keys(
                                "<?xml version=\"1.0\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"> <Other><Key>x"
                                        + "</Key></Other><Key>a&amp;&#228;</Key>\n<!-- c --><Key><![CDATA[<b>]]></Key></Delete>\n"))
                .containsExactly("a&ä", "<b>");
    }

    @Test
    void byteOrderMark_isSkipped() {
        assertThat(keys("\uFEFF<?xml version=\"1.0\"?><Delete><Key>a</Key></Delete>"))
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<Delete>",
                "<Delete></Delete><more/>",
                "<Other></Other>",
                "<Delete><Key><b/></Key></Delete>",
                "<!DOCTYPE Delete [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Delete><Key>&e;</Key></Delete>",
                "<!DOCTYPE Delete [<!ENTITY e \"aaaa\">]><Delete><Key>&e;</Key></Delete>",
                "<Delete><Key>&unknown;</Key></Delete>"
            })
    void documentsThatAreNotAsExpected_areRefused(String text) {
        assertThatThrownBy(() -> keys(text)).isInstanceOf(S3ErrorException.class);
    }

    @Test
    void documents_areBounded() {
        String text = "<Delete>" + "<Key>a</Key>".repeat(1000) + "</Delete>";

        assertThatThrownBy(() -> keys(text)).isInstanceOf(S3ErrorException.class);
    }

    @Test
    void depth_isBounded() {
        String text = "<Delete>" + "<a>".repeat(100_000);

        assertThatThrownBy(() -> read(text, 1 << 20)).isInstanceOf(S3ErrorException.class);
    }

    @Test
    void texts_areBounded() {
        String text = "<Delete><Key>" + "a".repeat(9000) + "</Key></Delete>";

        assertThatThrownBy(() -> read(text, 1 << 20)).isInstanceOf(S3ErrorException.class);
    }

    private static List<String> keys(String text) {
        return read(text, 1000);
    }

    private static List<String> read(String text, long maxBytes) {
        List<String> keys = new ArrayList<>();
        XmlInput.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                maxBytes,
                "Delete",
                "…",
                input -> input.children(name -> {
                    if (name.equals("Key")) {
                        keys.add(input.text());
                    }
                }));
        return keys;
    }
}
