package dev.stowage.http.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of any characters in the ASCII of a header field, as encoded words (RFC 2047). */
final class EncodedWords {

    /** What fits into an encoded word of 75 characters, beside its frame. */
    private static final int MAX_BYTES = 45;

    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]++)\\?([BbQq])\\?([^?\\s]*+)\\?=");

    private static final Map<String, Charset> CHARSETS = Map.of(
            "utf-8", StandardCharsets.UTF_8,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "us-ascii", StandardCharsets.US_ASCII);

    private EncodedWords() {}

    /** The text as it is when a header field carries it unchanged, encoded words otherwise. */
    static String encode(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                && !text.contains("=?")
                && text.strip().equals(text);
        if (plain) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int length = new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > MAX_BYTES) {
                append(words, text.substring(start, i));
                start = i;
                bytes = 0;
            }
            bytes += length;
            i += Character.charCount(codePoint);
        }
        append(words, text.substring(start));
        return words.toString();
    }

    /** The text that encoded words stand for; what is none, or can't be decoded, stays as it is. */
    static String decode(String text) {
        Matcher word = WORD.matcher(text);
        StringBuilder decoded = new StringBuilder();
        int end = 0;
        boolean afterWord = false;
        while (word.find()) {
            String between = text.substring(end, word.start());
            String meaning = meaning(word);
            if (meaning == null) {
                decoded.append(between).append(word.group());
                afterWord = false;
            } else {
                // Space between two encoded words is only there to part them (section 6.2).
                decoded.append(afterWord && between.isBlank() ? "" : between).append(meaning);
                afterWord = true;
            }
            end = word.end();
        }
        return decoded.append(text.substring(end)).toString();
    }

    /**
     * The text of a header field whose chars are its bytes: UTF-8, which many clients send, and otherwise ISO 8859-1, which HTTP once meant
     * them to be; encoded words in it are decoded.
     */
    static String ofField(String bytes) {
        return decode(utf8(bytes));
    }

    private static String utf8(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static void append(StringBuilder words, String text) {
        words.append(words.isEmpty() ? "" : " ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .append("?=");
    }

    private static @Nullable String meaning(Matcher word) {
        try {
            boolean base64 = word.group(2).toUpperCase(Locale.ROOT).equals("B");
            byte[] bytes = base64 ? Base64.getDecoder().decode(word.group(3)) : quoted(word.group(3));
            // A language may follow the charset (RFC 2231, section 5).
            Charset charset = CHARSETS.get(word.group(1).split("\\*", 2)[0].toLowerCase(Locale.ROOT));
            return charset == null
                    ? null
                    : charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    private static byte[] quoted(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                if (i + 3 > text.length()) {
                    throw new IllegalArgumentException("= without two hexadecimal digits");
                }
                bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.put((byte) (c == '_' ? ' ' : c));
            }
        }
        byte[] result = new byte[bytes.position()];
        bytes.flip().get(result);
        return result;
    }
}
