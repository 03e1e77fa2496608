package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.key.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EscapedNamesTest {

    private static final String LETTERS = " !/.-09:@AZ[\\]^_`az{|}~\u00E9\u65E5\uE000\uFF5E\uD83C\uDF89";

    @Test
    void encode_ofAcceptedCharacters_changesNothing() {
        assertThat(new EscapedNames("\\").encode("raw/demo/a b+c.txt")).isEqualTo("raw/demo/a b+c.txt");
    }

    @Test
    void encode_ofOtherCharacters_writesBytes() {
        EscapedNames names = new EscapedNames("\\");

        assertThat(names.encode("[\\]")).isEqualTo("[5b[5c]");
        assertThat(names.encode("~\u00E9")).isEqualTo("~7e~c3~a9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", ".", " ", " !", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "~", "}~", ":*?\"<>|\\ ."})
    void names_haveTheOrderOfKeys_andTheirPrefixes(String refused) {
        EscapedNames names = new EscapedNames(refused);
        List<String> texts = texts();

        for (String one : texts) {
            String name = names.encode(one);
            assertThat(name).matches("[ -~]*");
            assertThat(name.chars()).noneMatch(c -> refused.indexOf(c) >= 0);
            assertThat(names.decode(name)).contains(one);
            for (String other : texts) {
                assertThat(Integer.signum(name.compareTo(names.encode(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(Utf8Order.compare(one, other)));
                assertThat(name.startsWith(names.encode(other))).isEqualTo(one.startsWith(other));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[5", "[5x", "[5B", "[41", "\\", "\u00E9", "~c3", "~41", "a\u0001"})
    void decode_ofOtherNames_isEmpty(String name) {
        assertThat(new EscapedNames("\\").decode(name)).isEmpty();
    }

    @Test
    void names_withoutDigits_areNotPossible() {
        assertThatThrownBy(() -> new EscapedNames("\\0")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> texts() {
        Random random = new Random(1);
        int[] letters = LETTERS.codePoints().toArray();
        List<String> texts = new ArrayList<>(List.of("", "a"));
        for (int i = 0; i < 150; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                text.appendCodePoint(letters[random.nextInt(letters.length)]);
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
