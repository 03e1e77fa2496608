package dev.stowage.local.index;

import java.util.Optional;

/** The end of the range of texts with a prefix, in the order of their UTF-8 bytes, which is that of code points. */
final class Utf8Successor {

    private Utf8Successor() {}

    /** The smallest text after all that begin with {@code prefix}; empty when there is none. */
    static Optional<String> of(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                return Optional.of(prefix.substring(0, end) + Character.toString(next(last)));
            }
        }
        return Optional.empty();
    }

    /** The next code point; surrogates are skipped, because they have no UTF-8. */
    private static int next(int codePoint) {
        return codePoint + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : codePoint + 1;
    }
}
