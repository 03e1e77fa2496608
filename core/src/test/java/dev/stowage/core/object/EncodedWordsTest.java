package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two  spaces", "a=b?c", "\"q\" \\ 100%"})
    void encode_ofAscii_changesNothing(String text) {
        assertThat(EncodedWords.encode(text)).isEqualTo(text);
        assertThat(EncodedWords.decode(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " padded ",
                "caf\u00E9",
                "\uD83C\uDF89 and \u65E5\u672C\u8A9E",
                "=?UTF-8?Q?literally?=",
                "\uFFFD",
                "a =? b",
                "\u00E9 \u00E9  \u00E9"
            })
    void encode_ofOtherText_isUndone(String text) {
        String encoded = EncodedWords.encode(text);

        assertThat(encoded).matches("[\\x21-\\x7E ]+").isEqualTo(encoded.strip());
        assertThat(EncodedWords.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00E9", "\u65E5", "\uD83C\uDF89", "x\uD83C\uDF89"})
    void encode_ofLongText_makesSelfContainedWordsOf75Characters(String piece) {
        String text = piece.repeat(100);

        String[] words = EncodedWords.encode(text).split(" ");

        StringBuilder decoded = new StringBuilder();
        for (String word : words) {
            assertThat(word.length()).isLessThanOrEqualTo(75);
            decoded.append(EncodedWords.decode(word));
        }
        assertThat(decoded.toString()).isEqualTo(text);
        assertThat(EncodedWords.decode(String.join(" ", words))).isEqualTo(text);
    }

    /** Examples of RFC 2047, section 8, and texts that other clients and stores send. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "=?ISO-8859-1?Q?a?= b|a b",
                "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=|ab",
                "=?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=|ab",
                "=?ISO-8859-1?Q?a_b?=|a b",
                "=?iso-8859-1?q?caf=E9?=|caf\u00E9",
                "=?UTF-8?Q?caf=C3=A9?=|caf\u00E9",
                "=?utf-8?b?Y2Fmw6k=?=|caf\u00E9",
                "=?UTF-8?Q?caf=C3?= =?UTF-8?Q?=A9?=|caf\u00E9",
                "before =?UTF-8?Q?in?= after|before in after",
                "=?UTF-8?Q??=|~~",
                "=?UTF-8?B?4oI=?= =?utf-8*de?Q?=AC?=|\u20AC",
                "=?UTF-8*de?B?w6Q=?=|\u00E4",
                "=?windows-1252?Q?=80?=|\u20AC",
                "=?windows-1252?Q?=80?= =?UTF-8?B?w6Q=?=|\u20AC\u00E4",
                "=?klingon?Q?a?= =?UTF-8?B?w6Q=?=|=?klingon?Q?a?= \u00E4",
                "=?UTF-8?B?w6Q=?= =?UTF-8?B?*?= =?UTF-8?B?w7Y=?=|\u00E4 =?UTF-8?B?*?= \u00F6",
            })
    void decode_ofWordsOfOtherEncoders_returnsTheirText(String encoded, String text) {
        assertThat(EncodedWords.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?UTF-8?B?!!!?=",
                "=?UTF-8?B?w6k?= =?UTF-8?B?/w==?=",
                "=?UTF-8?Q?=ZZ?=",
                "=?UTF-8?Q?=+A?=",
                "=?UTF-8?Q?=C3?=",
                "=?klingon?Q?a?=",
                "=?UTF-8?X?a?=",
                "=?UTF-8?Q?open",
                "=??Q?a?="
            })
    void decode_ofMalformedWord_keepsIt(String text) {
        assertThat(EncodedWords.decode(text)).isEqualTo(text);
    }
}
