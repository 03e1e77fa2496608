package dev.stowage.core.key;

/**
 * The order of the UTF-8 bytes of two texts, without encoding them.
 *
 * <p>It is the order of code points, which differs from {@link String#compareTo} where a surrogate meets a character from
 * U+E000 up.
 */
public final class Utf8Order {

    private Utf8Order() {}

    /** Negative, zero or positive, as {@link java.util.Comparator} has it. Both texts are free of unpaired surrogates. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(weight(a), weight(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Lifts surrogates above the rest of the basic plane, where the characters they stand for belong. */
    private static int weight(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
