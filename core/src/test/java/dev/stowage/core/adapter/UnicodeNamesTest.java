package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnicodeNamesTest {

    private static final int MAX_LENGTH = 1024;

    private static final List<String> TEXTS = List.of(
            "a",
            "Z",
            " ",
            "[",
            "\\",
            "]",
            "/",
            "~",
            "[0",
            "\\1",
            "\u00E9",
            "\u65E5",
            "\uD7FD",
            "\uD7FE",
            "\uD7FF",
            "\uE000",
            "\uFFFF",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    private final UnicodeNames names = new UnicodeNames('\\', MAX_LENGTH);

    @Test
    void names_areOrderedLikeKeys_inUtf16AndUtf8_andDecodedAgain() {
        List<ObjectKey> keys = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder("k");
            for (int length = random.nextInt(4); length > 0; length--) {
                text.append(TEXTS.get(random.nextInt(TEXTS.size())));
            }
            keys.add(new ObjectKey(text.toString()));
        }
        Collections.sort(keys);

        List<String> encoded = keys.stream().map(names::of).toList();

        assertThat(encoded).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(encoded).isSortedAccordingTo(Utf8Order::compare);
        assertThat(encoded.stream().map(name -> names.decode(name).orElseThrow()))
                .containsExactlyElementsOf(keys.stream().map(ObjectKey::value).toList());
        assertThat(encoded).noneMatch(name -> name.contains("\\") || name.indexOf(UnicodeNames.UNUSED) >= 0);
    }

    @Test
    void commonKey_isItsOwnName() {
        assertThat(names.of(new ObjectKey("raw/p/caf\u00E9 \u65E5 (1).txt")))
                .isEqualTo("raw/p/caf\u00E9 \u65E5 (1).txt");
    }

    @Test
    void longestKeys_fit_exceptForEscapedCharacters() {
        for (String c : List.of("a", "\u00E9", "\uFFFF", "\uDBFF\uDFFF")) {
            int bytes = c.getBytes(StandardCharsets.UTF_8).length;
            assertThat(names.of(new ObjectKey(c.repeat(MAX_LENGTH / bytes)))).hasSizeLessThanOrEqualTo(MAX_LENGTH);
        }
        assertThatThrownBy(() -> names.of(new ObjectKey("[".repeat(600))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The key is too long for the store, in which [ and \\ count twice");
    }

    @Test
    void foreignName_isNotDecoded() {
        for (String name : List.of("a[b", "[", "a\\b", "\uE000", "\uD7FE", "\uD7FE\uAC00", "\uD7FEzz", "\uD7FF")) {
            assertThat(names.decode(name)).as(name).isEmpty();
        }
    }
}
