package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that file systems, URLs, headers and XML documents tend to change. */
interface KeyContract extends StoreFixture {

    @ParameterizedTest
    @MethodSource("oddKeys")
    default void everyMethod_onUnusualKey_addressesThatKey(String name) throws IOException {
        ObjectKey key = key(name);
        ObjectKey copy = key("copies/" + name);

        assertThat(put(key, name).key()).isEqualTo(key);
        assertThat(text(key)).isEqualTo(name);
        assertThat(store().stat(key).orElseThrow().key()).isEqualTo(key);
        assertThat(listed(key.value())).contains(key);
        assertThat(store().copy(key, copy, CopyOptions.DEFAULT).key()).isEqualTo(copy);
        assertThat(store().delete(List.of(key))).containsExactly(new DeleteResult.Deleted(key));
        assertThat(store().stat(key)).isEmpty();
        assertThat(text(copy)).isEqualTo(name);
    }

    /** Returns names that only other clients write, each with a similar name of another object. */
    default Stream<String> foreignKeys() {
        return Stream.of(
                "a//b",
                "//",
                "/leading",
                "folder/",
                "folder//",
                "cafe\u0301.txt",
                "\u212B",
                "\u1100\u1161",
                "line\u2028separator",
                "paragraph\u2029separator",
                "\uFEFFmark",
                "over\u202Eride",
                "iso\u2066late");
    }

    /** A store accepts every key. The layout decides which keys clients of this service may write. */
    @ParameterizedTest
    @MethodSource("foreignKeys")
    default void everyMethod_onForeignKey_addressesThatKey(String name) throws IOException {
        everyMethod_onUnusualKey_addressesThatKey(name);
    }

    @Test
    default void keysThatDifferOnlyInSlashesOrNormalization_areDifferentObjects() throws IOException {
        List<String> names = List.of(
                "a",
                "a/",
                "a//",
                "/a",
                "//a",
                "a/b",
                "a//b",
                "a///b",
                "a/b/",
                "caf\u00E9",
                "cafe\u0301",
                "\u00C5",
                "\u212B");
        for (String name : names) {
            put(key(name), name);
        }

        for (String name : names) {
            assertThat(text(key(name))).isEqualTo(name);
        }
        assertThat(listed(testPrefix()))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(this::key).toList());
        assertThat(listed(testPrefix() + "a//")).containsExactly(key("a//"), key("a///b"), key("a//b"));
        assertThat(listed(testPrefix() + "cafe")).containsExactly(key("cafe\u0301"));
        assertThat(store().delete(List.of(key("a/"), key("caf\u00E9"))))
                .containsExactly(new DeleteResult.Deleted(key("a/")), new DeleteResult.Deleted(key("caf\u00E9")));
        assertThat(text(key("a"))).isEqualTo("a");
        assertThat(text(key("cafe\u0301"))).isEqualTo("cafe\u0301");
    }

    /** Returns names that must be preserved exactly. */
    default Stream<String> oddKeys() {
        return Stream.of(
                "with space",
                " leading space",
                "trailing space ",
                "two  spaces",
                "plus+plus",
                "100%",
                "%41",
                "%2F",
                "a%2Fb",
                "hash#tag",
                "question?x=1&y=2",
                "semi;colon,comma",
                "quote'\"",
                "back\\slash",
                "<tag>&amp;</tag>",
                "]]>",
                "colon:pipe|star*",
                "^`{}[]~!@$()=-_",
                "dot.",
                ".hidden",
                "...",
                "a/.../b",
                "~",
                "-",
                "nul.txt",
                "COM1",
                "\u00FCml\u00E4ut/\u00C5ngstr\u00F6m",
                "\u65E5\u672C\u8A9E/\u30D5\u30A1\u30A4\u30EB",
                "\u05E2\u05D1\u05E8\u05D9\u05EA",
                "emoji-\uD83C\uDF89/\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "private-\uE000-\uF8FF",
                "last-\uDBFF\uDFFD",
                "no\u00A0break\u3000space",
                "\uFB01-is-no-fi");
    }

    @Test
    default void put_underLongestKeys_stores() throws IOException {
        int room = ObjectKey.MAX_BYTES - testPrefix().getBytes(StandardCharsets.UTF_8).length;
        for (String name : List.of(
                "k".repeat(room),
                "\u65E5".repeat(room / 3) + "k".repeat(room % 3),
                "d/".repeat(room / 2 - 1) + "k".repeat(2 + room % 2))) {
            put(key(name), "text");
            assertThat(text(key(name))).isEqualTo("text");
            assertThat(listed(key(name).value())).containsExactly(key(name));
        }
    }

    @Test
    default void keysThatFileSystemsConfuse_areDifferentObjects() throws IOException {
        List<String> names = List.of(
                "a", "a/b", "a/b/c", "A", "A/b", "a ", "a.", "a%2Fb", "a\\b", "\u00E4", "\u00C4", "fi", "\uFB01");
        for (String name : names) {
            put(key(name), name);
        }

        for (String name : names) {
            assertThat(text(key(name))).isEqualTo(name);
        }
        assertThat(listed(testPrefix())).hasSize(names.size());
    }

    private List<ObjectKey> listed(String prefix) {
        return store().list(ListQuery.of(new KeyPrefix(prefix))).objects().stream()
                .map(ObjectSummary::key)
                .toList();
    }
}
