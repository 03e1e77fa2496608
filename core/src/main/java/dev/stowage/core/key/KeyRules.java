package dev.stowage.core.key;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.text.Normalizer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that hold for every key, whatever the layout. */
final class KeyRules {

    static final int MAX_BYTES = 1024;

    private KeyRules() {}

    /** Refuses characters that no key may contain, and text that is too long or not in NFC. */
    static void checkCharacters(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x1F && c < 0x7F) {
                bytes++;
                continue;
            }
            String reason = refusal(c);
            if (reason != null) {
                throw invalid(reason, "contains U+%04X, which is not allowed".formatted((int) c));
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                bytes += 4;
            } else if (Character.isSurrogate(c)) {
                throw invalid("unpaired_surrogate", "contains an unpaired surrogate");
            } else {
                bytes += c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > MAX_BYTES) {
            throw invalid("too_long", "has " + bytes + " bytes of UTF-8, over the limit of " + MAX_BYTES);
        }
        if (bytes > text.length() && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw invalid("not_nfc", "is not in Unicode normalization form C");
        }
    }

    /** Refuses segments that file systems and URLs would resolve or fold. */
    static void checkSegment(String segment) {
        if (segment.isEmpty()) {
            throw invalid("empty_segment", "contains an empty segment (//)");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw invalid("dot_segment", "contains the segment " + segment);
        }
    }

    static InvalidInput invalid(String reason, String what) {
        return new InvalidInput(ErrorCode.INVALID_KEY, "The key " + what, Map.of("reason", reason));
    }

    private static @Nullable String refusal(char c) {
        if (c <= 0x1F || (c >= 0x7F && c <= 0x9F)) {
            return "control_character";
        }
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
