package dev.stowage.http.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "Jäger",
                "日本語のとても長いメタデータの値がここにありますので幾つかに分かれます",
                "a =?b",
                " spaced ",
                "🎉",
                "",
                "=?UTF-8?B?w6Q=?="
            })
    void values_roundTripThroughAsciiHeaders(String value) {
        Map<String, String> headers = new LinkedHashMap<>();
        MetadataHeaders.write(new Metadata(Map.of("note", value)), headers::put);

        String header = headers.getOrDefault("X-Meta-note", "missing");
        assertThat(header).matches("[\\x20-\\x7e]*").isEqualTo(header.strip());
        assertThat(parse("X-Meta-note", header).values()).containsEntry("note", value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            =?UTF-8?Q?J=C3=A4ger_und?=             | Jäger und
            =?iso-8859-1?q?J=E4ger?=               | Jäger
            =?UTF-8?B?w6Q=?= =?UTF-8?B?w7Y=?=      | äö
            a =?UTF-8?B?w6Q=?= b                   | a ä b
            =?UTF-8*de?B?w6Q=?=                    | ä
            =?UTF-8?Q?J=C3?= =?UTF-8?Q?=A4ger?=   | Jäger
            =?windows-1252?Q?5_=80?=               | 5 €
            =?nonsense?B?w6Q=?=                    | =?nonsense?B?w6Q=?=
            =?UTF-8?B?*?=                          | =?UTF-8?B?*?=
            """)
    void encodedWords_areDecoded_andWhatIsNoneStays(String header, String value) {
        assertThat(parse("X-Meta-A", header).values()).containsEntry("a", value);
    }

    @Test
    void plainUtf8_isUnderstood_andSoIsLatin1() {
        String utf8AsBytes = new String("Jäger".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(parse("X-Meta-A", utf8AsBytes).values()).containsEntry("a", "Jäger");
        assertThat(parse("X-Meta-A", "J\u00e4ger").values()).containsEntry("a", "Jäger");
    }

    @Test
    void otherHeaders_areNoMetadata() {
        assertThat(parse("X-Request-Id", "a")).isEqualTo(Metadata.NONE);
    }

    private static Metadata parse(String name, String value) {
        return MetadataHeaders.parse(List.of(name), asked -> List.of(value));
    }
}
