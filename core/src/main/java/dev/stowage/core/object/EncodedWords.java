package dev.stowage.core.object;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodes any text in the ASCII of a header field, as encoded words (RFC 2047). */
public final class EncodedWords {

    /** The charset may be followed by a language (RFC 2231, section 5). */
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]++)(?:\\*[^?\\s]*+)?\\?([BbQq])\\?([^?\\s]*+)\\?=");

    private static final String START = "=?UTF-8?B?";
    private static final String END = "?=";

    /** The number of bytes that become 60 characters; an encoded word has at most 75 (RFC 2047, section 2). */
    private static final int WORD_BYTES = 45;

    private EncodedWords() {}

    /** Returns the text unchanged if a header field can contain it as it is; otherwise as encoded words in UTF-8. */
    public static String encode(String text) {
        return isPlain(text) ? text : words(text);
    }

    /**
     * Decodes the encoded words in a text, in any charset that the JDK supports. Adjacent words of the same charset are decoded together,
     * since many encoders split characters. Words that can't be decoded are kept.
     */
    public static String decode(String text) {
        StringBuilder decoded = new StringBuilder();
        Matcher word = WORD.matcher(text);
        int end = 0;
        boolean afterWord = false;
        for (boolean found = word.find(); found; found = word.find(end)) {
            String between = text.substring(end, word.start());
            Run run = Run.at(text, word);
            // White space between two encoded words only separates them (RFC 2047, section 6.2).
            decoded.append(afterWord && run.decoded() && between.isBlank() ? "" : between)
                    .append(run.text());
            end = run.end();
            afterWord = run.decoded();
        }
        return decoded.append(text, end, text.length()).toString();
    }

    /**
     * Returns the text of a header field whose chars are its bytes: as UTF-8, which many clients send, or else as ISO 8859-1, the
     * historical charset of HTTP. Encoded words in it are not decoded.
     */
    public static String text(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    /** Spaces at the ends would be lost in a header, and text that looks like an encoded word would be decoded. */
    private static boolean isPlain(String text) {
        return text.equals(text.strip()) && !text.contains("=?") && text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }

    private static String words(String text) {
        StringBuilder words = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(WORD_BYTES);
        text.codePoints().forEach(c -> {
            byte[] encoded = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            if (bytes.size() + encoded.length > WORD_BYTES) {
                append(words, bytes);
            }
            bytes.writeBytes(encoded);
        });
        append(words, bytes);
        return words.toString();
    }

    private static void append(StringBuilder words, ByteArrayOutputStream bytes) {
        words.append(words.isEmpty() ? "" : " ")
                .append(START)
                .append(Base64.getEncoder().encodeToString(bytes.toByteArray()))
                .append(END);
        bytes.reset();
    }

    /** Adjacent encoded words of one charset, decoded or, if that is not possible, unchanged. */
    private record Run(String text, int end, boolean decoded) {

        static Run at(String source, Matcher word) {
            int start = word.start();
            String charset = word.group(1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] decoded = bytes(word);
            if (decoded == null) {
                return new Run(word.group(), word.end(), false);
            }
            int end = start;
            while (decoded != null) {
                bytes.writeBytes(decoded);
                end = word.end();
                boolean follows = word.find()
                        && source.substring(end, word.start()).isBlank()
                        && word.group(1).equalsIgnoreCase(charset);
                decoded = follows ? bytes(word) : null;
            }
            String text = text(bytes.toByteArray(), charset);
            return text == null ? new Run(source.substring(start, end), end, false) : new Run(text, end, true);
        }

        private static @Nullable String text(byte[] bytes, String charset) {
            try {
                return Charset.forName(charset)
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException | IllegalArgumentException e) {
                return null;
            }
        }

        private static byte @Nullable [] bytes(Matcher word) {
            try {
                return word.group(2).equalsIgnoreCase("B")
                        ? Base64.getDecoder().decode(word.group(3))
                        : quoted(word.group(3));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static byte[] quoted(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '=' && i + 2 < text.length()) {
                    bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                    i += 2;
                } else if (c == '=' || c > 0x7F) {
                    throw new IllegalArgumentException("not quoted-printable text");
                } else {
                    bytes.write(c == '_' ? ' ' : c);
                }
            }
            return bytes.toByteArray();
        }
    }
}
