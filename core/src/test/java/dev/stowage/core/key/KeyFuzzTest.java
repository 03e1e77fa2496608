package dev.stowage.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks properties of keys and prefixes with a corpus and its mutations. */
final class KeyFuzzTest {

    private final Corpus corpus = new Corpus("keys.txt");

    @Test
    void anyText_isAKeyIfAndOnlyIfTheRulesAllowIt() {
        corpus.forAll(text -> assertThat(parse(text).isPresent()).as("is a key").isEqualTo(isKey(text)));
    }

    @Test
    void openLayout_acceptsAKeyIfAndOnlyIfTheRulesDo() {
        KeyLayout open = KeyLayout.parse("open");
        corpus.forAll(text -> parse(text)
                .ifPresent(key -> assertThat(open.match(key).isPresent())
                        .as("may be written")
                        .isEqualTo(isWritable(text))));
    }

    @Test
    void key_roundTrips() {
        corpus.forAll(text -> parse(text).ifPresent(key -> {
            assertThat(key.value()).isEqualTo(text);
            assertThat(key).hasToString(text);
            assertThat(String.join("/", key.segments())).isEqualTo(text);
            assertThat(text).endsWith(key.filename());
            assertThat(key.filename()).doesNotContain("/");
        }));
    }

    @Test
    void everyBeginningOfAKey_isAPrefixOfIt() {
        corpus.forAll(text -> parse(text).ifPresent(key -> {
            for (int end = 0; end <= text.length(); end = text.offsetByCodePoints(end, 1)) {
                assertThat(new KeyPrefix(text.substring(0, end)).contains(key)).isTrue();
                if (end == text.length()) {
                    return;
                }
            }
        }));
    }

    @Test
    void everyPrefixBelowTheMaximumLength_beginsSomeKey() {
        corpus.forAll(text -> {
            try {
                KeyPrefix prefix = new KeyPrefix(text);
                if (text.getBytes(StandardCharsets.UTF_8).length < ObjectKey.MAX_BYTES) {
                    assertThat(prefix.contains(new ObjectKey(text + "x"))).isTrue();
                }
            } catch (InvalidInput e) {
                assertThat(isKey(text)).as("is a key").isFalse();
            }
        });
    }

    @Test
    void keys_sortByTheirUtf8Bytes() {
        corpus.forAll(text -> parse(text)
                .ifPresent(left -> parse(corpus.any()).ifPresent(right -> {
                    int bytes = Arrays.compareUnsigned(
                            left.value().getBytes(StandardCharsets.UTF_8),
                            right.value().getBytes(StandardCharsets.UTF_8));
                    assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Integer.signum(bytes));
                    assertThat(Integer.signum(right.compareTo(left))).isEqualTo(-Integer.signum(bytes));
                })));
    }

    private static Optional<ObjectKey> parse(String text) {
        try {
            return Optional.of(new ObjectKey(text));
        } catch (InvalidInput e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY);
            assertThat(e.detail()).containsKey("reason");
            return Optional.empty();
        }
    }

    /** The simplest implementation of the contract's rules for keys in requests. */
    private static boolean isKey(String text) {
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            return false;
        }
        boolean clean = text.codePoints().noneMatch(c -> c < 0x20 || (c >= 0x7F && c <= 0x9F));
        boolean segments =
                Arrays.stream(text.split("/", -1)).noneMatch(segment -> segment.equals(".") || segment.equals(".."));
        return bytes >= 1 && bytes <= 1024 && clean && segments;
    }

    /** The additional rules for keys that are written. */
    private static boolean isWritable(String key) {
        return key.codePoints()
                        .noneMatch(c -> c == 0x2028
                                || c == 0x2029
                                || c == 0xFEFF
                                || (c >= 0x202A && c <= 0x202E)
                                || (c >= 0x2066 && c <= 0x2069))
                && Arrays.stream(key.split("/", -1)).noneMatch(String::isEmpty)
                && Normalizer.normalize(key, Normalizer.Form.NFC).equals(key);
    }
}
