package dev.stowage.core.key;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Keys that other clients may write, and why this service does not. */
final class ForeignKeys {

    private ForeignKeys() {}

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of("/", "trailing_slash"),
                Arguments.of("//", "trailing_slash"),
                Arguments.of("/raw/p1/a", "leading_slash"),
                Arguments.of("raw/p1/", "trailing_slash"),
                Arguments.of("raw/p1/sub/", "trailing_slash"),
                Arguments.of("raw/p1/a//b", "empty_segment"),
                Arguments.of("raw/p1//b", "empty_segment"),
                Arguments.of("raw//p1/b", "empty_segment"),
                Arguments.of("raw/p1/cafe\u0301", "not_nfc"),
                Arguments.of("raw/p1/\u212B", "not_nfc"),
                Arguments.of("raw/p1/\u1100\u1161", "not_nfc"),
                Arguments.of("raw/p1/a\u2028b", "line_separator"),
                Arguments.of("raw/p1/a\u2029b", "line_separator"),
                Arguments.of("raw/p1/a\uFEFFb", "byte_order_mark"),
                Arguments.of("raw/p1/a\u202Eb", "bidirectional_control"),
                Arguments.of("raw/p1/a\u2066b", "bidirectional_control"));
    }
}
