package dev.stowage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text in headers that ASCII can't carry, as encoded words of RFC 2047: how S3 itself shows such metadata. */
final class EncodedWords {

    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]+)\\?([BbQq])\\?([^?\\s]*)\\?=");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final String START = "=?UTF-8?B?";
    private static final String END = "?=";
    /** An encoded word has at most 75 characters (RFC 2047, section 2): so many bytes make 60 of them. */
    private static final int WORD_BYTES = 45;

    private EncodedWords() {}

    /** The text as it is, where a header carries it unchanged; otherwise as encoded words. */
    static String encode(String text) {
        return isPlain(text) ? text : words(text);
    }

    /** Undoes {@link #encode}, for the words of others too. What is malformed stays as it is. */
    static String decode(String text) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = WORD.matcher(text);
        int position = 0;
        while (matcher.find(position)) {
            String between = text.substring(position, matcher.start());
            boolean betweenWords = position > 0 && BLANK.matcher(between).matches();
            Run run = Run.read(text, matcher);
            if (run == null) {
                return text;
            }
            result.append(betweenWords ? "" : between).append(run.text());
            position = run.end();
        }
        return result.append(text, position, text.length()).toString();
    }

    /** Spaces at the ends are lost in a header, and what looks like an encoded word would be decoded. */
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

    /**
     * Encoded words of one charset that follow each other. Their bytes are joined before they are decoded, since many encoders
     * cut within a character.
     */
    private record Run(String text, int end) {

        static @Nullable Run read(String source, Matcher first) {
            Optional<Charset> charset = charset(first.group(1));
            if (charset.isEmpty()) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int end = first.end();
            Matcher word = first;
            do {
                byte[] decoded = bytes(word);
                if (decoded == null) {
                    return null;
                }
                bytes.writeBytes(decoded);
                end = word.end();
                word = WORD.matcher(source);
            } while (word.find(end)
                    && BLANK.matcher(source.substring(end, word.start())).matches()
                    && word.group(1).equalsIgnoreCase(first.group(1)));
            return decoded(bytes.toByteArray(), charset.get(), end);
        }

        private static @Nullable Run decoded(byte[] bytes, Charset charset, int end) {
            try {
                return new Run(
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)
                                .decode(ByteBuffer.wrap(bytes))
                                .toString(),
                        end);
            } catch (CharacterCodingException e) {
                return null;
            }
        }

        private static Optional<Charset> charset(String name) {
            try {
                return Optional.of(Charset.forName(name));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return Optional.empty();
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
                    throw new IllegalArgumentException("no quoted-printable text");
                } else {
                    bytes.write(c == '_' ? ' ' : c);
                }
            }
            return bytes.toByteArray();
        }
    }
}
