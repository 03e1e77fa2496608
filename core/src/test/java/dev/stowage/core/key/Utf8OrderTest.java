package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8OrderTest {

    private static final List<String> ORDERED = List.of(
            "",
            "A",
            "a",
            "a b",
            "a-b",
            "a/b",
            "a0",
            "ab",
            "\u00E9",
            "\u07FF",
            "\u0800",
            "\uD7FF",
            "\uE000",
            "\uFF5E",
            "\uFFFF",
            "\uD800\uDC00",
            "\uD83C\uDF89",
            "\uD83C\uDF89a",
            "\uDBFF\uDFFF");

    @Test
    void sorting_ordersByCodePoint() {
        List<String> shuffled = new ArrayList<>(ORDERED);
        Collections.shuffle(shuffled, new Random(1));

        shuffled.sort(Utf8Order::compare);

        assertThat(shuffled).isEqualTo(ORDERED);
    }

    @Test
    void compare_ofEqualTexts_isZero() {
        ORDERED.forEach(text -> assertThat(Utf8Order.compare(text, text)).isZero());
    }
}
