package dev.stowage.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveEntryNamesTest {

    /** Fragments of hostile keys, and halves of encodings that could combine. */
    private static final List<String> PIECES = List.of(
            "/",
            "/",
            "//",
            ".",
            "..",
            "\\",
            ":",
            "C:",
            "c",
            "C",
            "%",
            "%2",
            "%25",
            "%2F",
            "%2E",
            "%5C",
            "%3A",
            "%2f",
            "2",
            "F",
            "5",
            "E",
            "25",
            "e\u0301",
            "\u00e9",
            "\u2028",
            "\u202E",
            "%E2",
            "%80",
            "%A8",
            "\uFEFF",
            "%EF%BB%BF",
            "%C2%80",
            "%0A",
            "\u20AC",
            "\uD83D\uDE00");

    private static final List<KeyPrefix> PREFIXES = Stream.of("", "C", "C/", "c.", "/", "%", "%2", "//")
            .map(KeyPrefix::new)
            .toList();

    private static final Pattern CODES =
            Pattern.compile("%(?:25|2E|2F|3A|5C|[01][0-9A-F]|7F|C2%[89][0-9A-F]|E2%80%A[89A-E]|E2%81%A[6-9]|EF%BB%BF)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw/p1/a.txt",
                "100% sure",
                "a%20b",
                "a%2fb",
                "...",
                ".hidden/..a/a..",
                "12:30",
                "abc:d",
                "e\u0301",
                "\u00e9",
                "A",
                "\uD83D\uDE00",
                " a "
            })
    void harmlessKeys_areNamesUnchanged(String key) {
        assertThat(name("", key, 1)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "a//b, a/%2Fb",
        "a///b, a/%2F%2Fb",
        "/a, %2Fa",
        "/, %2F",
        "//, %2F%2F",
        "a/, a%2F",
        "a//, a/%2F",
        "..\\a, ..%5Ca",
        "C:, C%3A",
        "c:/a, c%3A/a",
        "a/C:\\b, a/C%3A%5Cb",
        "a%2Fb, a%252Fb",
        "%252F, %25252F",
        "a\u202Eb, a%E2%80%AEb"
    })
    void unsafeCharacters_arePercentEncoded(String key, String name) {
        assertThat(name("", key, 1)).isEqualTo(name);
    }

    @Test
    void trailingSlash_ofAnEmptyObjectOnly_makesAFolder() {
        assertThat(name("", "photos/", 0)).isEqualTo("photos/");
        assertThat(name("", "photos/", 1)).isEqualTo("photos%2F");
        assertThat(name("", "photos//", 0)).isEqualTo("photos/%2F");
        assertThat(name("", "/", 0)).isEqualTo("%2F");
    }

    @Test
    void strippingAPrefix_leavesNoUnsafePath() {
        assertThat(name("raw/p/", "raw/p/a", 1)).isEqualTo("a");
        assertThat(name("raw/p", "raw/p/a", 1)).isEqualTo("%2Fa");
        assertThat(name("raw/p", "raw/p../a", 1)).isEqualTo("%2E%2E/a");
        assertThat(name("raw/p", "raw/p./", 0)).isEqualTo("%2E/");
        assertThat(name("raw/p", "raw/pC:", 1)).isEqualTo("C%3A");
    }

    @Test
    void keysOutsideThePrefix_keepTheirTextInASeparateFolder() {
        assertThat(name("raw/p/", "raw/q/a", 1)).isEqualTo("%2F/raw/q/a");
        assertThat(name("raw/p/", "a", 1)).isEqualTo("%2F/a").isNotEqualTo(name("raw/p/", "raw/p/a", 1));
        assertThat(name("raw/p/", "raw/p/", 0)).isEqualTo("%2F/raw/p/");
    }

    @Test
    void theLongestKey_isEncodedWithinAZipsLimit() {
        assertThat(name("", "\\".repeat(ObjectKey.MAX_BYTES), 1)).hasSize(3 * ObjectKey.MAX_BYTES);
    }

    /** Names that can be decoded are unambiguous, so each key is restored from its name. */
    @Test
    void hostileKeys_haveSafeDistinctNames() {
        for (KeyPrefix strip : PREFIXES) {
            Map<String, String> keys = new HashMap<>();
            for (ObjectKey key : hostileKeys(strip)) {
                String name = name(strip.value(), key.value(), 1);
                assertSafe(name);
                assertThat(keys.put(name, key.value())).as(name).isNull();
                assertThat(decoded(strip, name)).isEqualTo(key.value());

                String ofEmpty = name(strip.value(), key.value(), 0);
                assertSafe(ofEmpty.endsWith("/") ? ofEmpty.substring(0, ofEmpty.length() - 1) : ofEmpty);
                assertThat(decoded(strip, ofEmpty)).isEqualTo(key.value());
            }
        }
    }

    /** Names built by other encoders are valid keys as well, so an encoded name could equal one. */
    private static Set<ObjectKey> hostileKeys(KeyPrefix strip) {
        Random random = new Random(7);
        Set<ObjectKey> keys = new TreeSet<>();
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? strip.value() : "");
            for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            key(text.toString()).ifPresent(key -> {
                keys.add(key);
                String name = name(strip.value(), key.value(), random.nextInt(2));
                key(name).ifPresent(keys::add);
                key(strip.value() + name).ifPresent(keys::add);
            });
        }
        return keys;
    }

    private static Optional<ObjectKey> key(String text) {
        try {
            return Optional.of(new ObjectKey(text));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static void assertSafe(String name) {
        assertThat(name).doesNotContainPattern("[\\\\\\p{Cc}\\u2028-\\u202E\\u2066-\\u2069\\uFEFF]");
        assertThat(name.split("/", -1)).doesNotContain("", ".", "..");
        assertThat(name).doesNotContainPattern("(^|/)[A-Za-z]:");
    }

    private static String decoded(KeyPrefix strip, String name) {
        return name.startsWith("%2F/") ? decoded(name.substring(4)) : strip.value() + decoded(name);
    }

    private static String decoded(String name) {
        return CODES.matcher(name)
                .replaceAll(code ->
                        URLDecoder.decode(code.group(), StandardCharsets.UTF_8).replace("\\", "\\\\"));
    }

    private static String name(String strip, String key, long size) {
        return new ArchiveEntryNames(new KeyPrefix(strip)).of(new ObjectKey(key), size);
    }
}
