package dev.stowage.core.key;

/**
 * The order of texts by their UTF-8 bytes, without encoding them.
 *
 * <p>It equals the order of code points, which differs from {@link String#compareTo} between surrogates and characters from U+E000.
 */
public final class Utf8Order {

    private Utf8Order() {}

    /**
     * Returns a negative number, zero or a positive number, like {@link java.util.Comparator}. Both texts must be free of unpaired
     * surrogates.
     */
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

    /** Moves surrogates after the rest of the basic plane, where the characters that they encode belong. */
    private static int weight(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
