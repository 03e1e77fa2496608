package dev.stowage.core.key;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules for keys in any layout. There are two sets: for keys that can be named in a request, and additional rules for keys that are
 * written.
 */
final class KeyRules {

    static final int MAX_BYTES = 1024;

    private KeyRules() {}

    /** Why a key can't be written, although it can be named. */
    record Objection(String reason, String what) {

        InvalidInput toError() {
            return invalid("key", reason, what);
        }
    }

    /**
     * Rejects text that can't be named in a request: control characters, unpaired surrogates, and text that is too long.
     *
     * @param name what the text is, for the message: a key or a prefix
     */
    static void checkCharacters(String name, String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x1F && c < 0x7F) {
                bytes++;
            } else if (c <= 0x9F && (c <= 0x1F || c >= 0x7F)) {
                throw invalid(name, "control_character", notAllowed(c));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                bytes += 4;
            } else if (Character.isSurrogate(c)) {
                throw invalid(name, "unpaired_surrogate", "contains an unpaired surrogate");
            } else {
                bytes += c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > MAX_BYTES) {
            throw invalid(name, "too_long", "has " + bytes + " bytes of UTF-8, over the limit of " + MAX_BYTES);
        }
    }

    /**
     * Rejects segments that URLs and file systems resolve.
     *
     * @param name what the segment is part of, for the message: a key or a prefix
     */
    static void checkSegment(String name, String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            throw invalid(name, "dot_segment", "contains the segment " + segment);
        }
    }

    /** Returns why {@code key} can't be written, although it can be named; empty if it can. */
    static Optional<Objection> objection(String key) {
        return key.endsWith("/")
                ? Optional.of(new Objection("trailing_slash", "ends with a slash"))
                : violationOfPrefix(key);
    }

    /** Returns why keys with this prefix can't be written, although they can be named; empty if they can. */
    static Optional<Objection> violationOfPrefix(String text) {
        if (text.startsWith("/")) {
            return Optional.of(new Objection("leading_slash", "begins with a slash"));
        }
        if (text.contains("//")) {
            return Optional.of(new Objection("empty_segment", "contains an empty segment (//)"));
        }
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii &= c < 0x80;
            String reason = refusal(c);
            if (reason != null) {
                return Optional.of(new Objection(reason, notAllowed(c)));
            }
        }
        return ascii || Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? Optional.empty()
                : Optional.of(new Objection("not_nfc", "is not in Unicode normalization form C"));
    }

    static InvalidInput invalid(String name, String reason, String what) {
        return new InvalidInput(ErrorCode.INVALID_KEY, "The " + name + " " + what, Map.of("reason", reason));
    }

    private static String notAllowed(char c) {
        return "contains U+%04X, which is not allowed".formatted((int) c);
    }

    private static @Nullable String refusal(char c) {
        if (c == 0x2028 || c == 0x2029) {
            return "line_separator";
        }
        if (c == 0xFEFF) {
            return "byte_order_mark";
        }
        if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
            return "bidirectional_control";
        }
        return null;
    }
}
