package dev.stowage.http.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.txt         | attachment; filename="a.txt"
            a b.txt       | attachment; filename="a b.txt"
            a"b\\c.txt    | attachment; filename="a_b_c.txt"; filename*=UTF-8''a%22b%5Cc.txt
            50%.txt       | attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt
            Jäger.txt     | attachment; filename="J_ger.txt"; filename*=UTF-8''J%C3%A4ger.txt
            日本.txt        | attachment; filename="__.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt
            🎉            | attachment; filename="_"; filename*=UTF-8''%F0%9F%8E%89
            it's(1);x=y   | attachment; filename="it's(1);x=y"
            """)
    void names_surviveWhateverTheyHave(String name, String header) {
        assertThat("attachment" + ContentDisposition.parameters(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({"'a\r\nSet-Cookie: x'", "'a\u0000b'"})
    void lineBreaks_cantBeginAnotherHeader(String name) {
        assertThat("inline" + ContentDisposition.parameters(name))
                .matches("[\\x20-\\x7e]+")
                .startsWith("inline; ");
    }
}
