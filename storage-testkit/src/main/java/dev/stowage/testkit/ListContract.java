package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing keys: order, grouping, and pages. */
interface ListContract extends StoreFixture {

    /** Names that sort next to the delimiters, and where UTF-8 and UTF-16 order differ. */
    List<String> NAMES = List.of(
            "dir",
            "dir-1",
            "dir.txt",
            "dir/a",
            "dir/b/c",
            "dir/b/d",
            "dir0",
            "e/f/g/h",
            "f/",
            "f/a//b",
            "f//",
            "//f",
            "g\u0301/x",
            "A",
            "a",
            "a b",
            "a+b",
            "\u00E9/x",
            "z",
            "\uE000",
            "\uFF5E",
            "\uD800\uDC00",
            "\uD83C\uDF89/x",
            "\uD83C\uDF89/y");

    @Test
    default void list_ofKeysNotRepresentableInXml_returnsThem() throws IOException {
        for (String name : List.of("rare/a b", "rare/\u00E9", "rare/\uFFFF")) {
            put(key(name), "text");
        }

        // The last key is in no token: s3proxy copies keys into tokens unencoded.
        ListQuery onePerPage = new ListQuery(prefix("rare/"), Optional.empty(), 1, Optional.empty());
        assertThat(ListWalk.walk(store(), onePerPage))
                .containsExactly(
                        key("rare/a b").value(),
                        key("rare/\u00E9").value(),
                        key("rare/\uFFFF").value());
    }

    @Test
    default void list_ofNothing_isOneEmptyPage() {
        ObjectPage page = store().list(ListQuery.of(prefix("")));

        assertThat(page.objects()).isEmpty();
        assertThat(page.commonPrefixes()).isEmpty();
        assertThat(page.nextToken()).isEmpty();
    }

    @Test
    default void list_agreesWithStat() {
        put(key("one"), "1");
        ObjectInfo info = store().stat(key("one")).orElseThrow();

        ObjectPage page = store().list(ListQuery.of(prefix("")));

        assertThat(page.objects()).hasSize(1);
        ObjectSummary listed = page.objects().get(0);
        assertThat(listed.key()).isEqualTo(info.key());
        assertThat(listed.size()).isEqualTo(info.size());
        assertThat(listed.etag()).isEqualTo(info.etag());
        assertThat(listed.lastModified().truncatedTo(ChronoUnit.SECONDS))
                .isEqualTo(info.lastModified().truncatedTo(ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("listings")
    default void list_startAfterAnEntry_omitsNoneOfThoseAfterIt(String begin, Optional<String> delimiter) {
        KeyPrefix prefix = prefix(begin);
        List<String> all = ListWalk.expected(putAll(), prefix, delimiter);

        for (String after : all) {
            ListQuery query = new ListQuery(prefix, delimiter, 3, Optional.empty(), Optional.of(after));
            assertThat(ListWalk.walk(store(), query))
                    .as("after %s", after)
                    .filteredOn(entry -> Utf8Order.compare(entry, after) > 0)
                    .isEqualTo(all.subList(all.indexOf(after) + 1, all.size()));
        }
    }

    @ParameterizedTest
    @MethodSource("listings")
    default void list_overAllPages_returnsEachEntryOnceInOrder(String begin, Optional<String> delimiter) {
        List<ObjectKey> keys = putAll();
        KeyPrefix prefix = prefix(begin);
        List<String> expected = ListWalk.expected(keys, prefix, delimiter);

        for (int maxKeys = 1; maxKeys <= expected.size() + 1; maxKeys++) {
            ListQuery query = new ListQuery(prefix, delimiter, maxKeys, Optional.empty());
            assertThat(ListWalk.walk(store(), query)).as("pages of %s", maxKeys).isEqualTo(expected);
        }
        ListQuery largest = new ListQuery(prefix, delimiter, ListQuery.MAX_KEYS, Optional.empty());
        assertThat(ListWalk.walk(store(), largest)).isEqualTo(expected);
    }

    /** Returns prefixes and delimiters. */
    default Stream<Arguments> listings() {
        Optional<String> slash = Optional.of("/");
        return Stream.of(
                Arguments.of("", Optional.empty()),
                Arguments.of("", slash),
                Arguments.of("dir", Optional.empty()),
                Arguments.of("dir", slash),
                Arguments.of("dir/", Optional.empty()),
                Arguments.of("dir/", slash),
                Arguments.of("dir/b/", slash),
                Arguments.of("dir/b/c", slash),
                Arguments.of("di", slash),
                Arguments.of("e", slash),
                Arguments.of("f", slash),
                Arguments.of("f/", slash),
                Arguments.of("f//", slash),
                Arguments.of("/", slash),
                Arguments.of("//", slash),
                Arguments.of("", Optional.of("//")),
                Arguments.of("g\u0301/", slash),
                Arguments.of("\uD83C\uDF89", slash),
                Arguments.of("none/", slash),
                Arguments.of("", Optional.of("-")),
                Arguments.of("", Optional.of("r")),
                Arguments.of("", Optional.of("/b/")),
                Arguments.of("", Optional.of("\u00E9")),
                Arguments.of("", Optional.of(" ")));
    }

    /** A page reports the number of unaddressable objects, and lists all others. */
    @Test
    default void list_withUnaddressableObjects_countsThem() {
        List<String> names = List.of("a/../b", "a/./c", "con\u0001trol", "x/../../y");
        List<String> planted =
                names.stream().filter(name -> plant(testPrefix() + name)).toList();
        assumeFalse(planted.isEmpty(), "the store holds no object that can't be named");
        put(key("a/b"), "text");

        for (int maxKeys : List.of(1, 2, 1000)) {
            ListQuery query = new ListQuery(prefix(""), Optional.empty(), maxKeys, Optional.empty());
            assertThat(ListWalk.walk(store(), query)).containsExactly(key("a/b").value());
            assertThat(ListWalk.unaddressable(store(), query)).isEqualTo(planted.size());
        }
        ListQuery grouped = new ListQuery(prefix("a/"), Optional.of("/"), 1000, Optional.empty());
        assertThat(ListWalk.walk(store(), grouped)).containsExactly(key("a/b").value());
    }

    @Test
    default void list_ofWholeStore_containsThisTestsKeys() {
        List<ObjectKey> keys = putAll();

        List<String> shown = ListWalk.walk(store(), ListQuery.of(KeyPrefix.ALL));

        assertThat(shown).containsAll(keys.stream().map(ObjectKey::value).toList());
        assertThat(shown).doesNotHaveDuplicates();
    }

    @Test
    default void list_whoseEntriesFitThePageExactly_isOnePage() {
        put(key("a"), "1");
        put(key("b"), "2");

        ObjectPage page = store().list(new ListQuery(prefix(""), Optional.empty(), 2, Optional.empty()));

        assertThat(page.objects()).hasSize(2);
        assertThat(ListWalk.walk(store(), new ListQuery(prefix(""), Optional.empty(), 2, Optional.empty())))
                .hasSize(2);
    }

    @Test
    default void list_ofMoreThan1000Objects_returnsThemAll() throws Exception {
        Set<String> expected = ConcurrentHashMap.newKeySet();
        forEach(MORE_THAN_A_PAGE, number -> {
            ObjectKey key = key("many/%04d".formatted(number));
            put(key, Bodies.pattern(1, 1));
            expected.add(key.value());
        });

        assertThat(ListWalk.walk(store(), ListQuery.of(prefix("many/"))))
                .isEqualTo(expected.stream().sorted().toList());
    }

    @Test
    default void list_withAnotherPageSizeAfterToken_continues() {
        List<ObjectKey> keys = putAll();
        ListQuery query = new ListQuery(prefix(""), Optional.empty(), 3, Optional.empty());
        ObjectPage first = store().list(query);
        String token = first.nextToken().orElseThrow();

        List<String> shown = new ArrayList<>();
        first.objects().forEach(object -> shown.add(object.key().value()));
        shown.addAll(ListWalk.walk(store(), new ListQuery(prefix(""), Optional.empty(), 5, Optional.of(token))));

        assertThat(shown).isEqualTo(ListWalk.expected(keys, prefix(""), Optional.empty()));
    }

    @Test
    default void list_duringChanges_returnsUnchangedObjectsOnce() {
        List<ObjectKey> keys = putAll();
        ObjectKey doomed = key("a b");
        List<String> shown = new ArrayList<>();
        ListQuery query = new ListQuery(prefix(""), Optional.empty(), 2, Optional.empty());

        for (int i = 0; ; i++) {
            ObjectPage page = store().list(query);
            page.objects().forEach(object -> shown.add(object.key().value()));
            put(key("come/%02d".formatted(i)), "new");
            store().delete(List.of(doomed));
            if (page.nextToken().isEmpty()) {
                break;
            }
            query = query.after(page.nextToken().get());
        }

        assertThat(shown).doesNotHaveDuplicates();
        keys.remove(doomed);
        assertThat(shown).containsAll(keys.stream().map(ObjectKey::value).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "%%%", "\u043A\u043B\u044E\u0447", "AAAA", "a/b", "1", "\u0000"})
    default void list_withForgedToken_isRejected(String token) {
        putAll();

        assertThatThrownBy(() -> store().list(ListQuery.of(prefix("")).after(token)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    default void list_withTokenOfAnotherListing_isRejected() {
        putAll();
        ListQuery query = new ListQuery(prefix(""), Optional.of("/"), 1, Optional.empty());
        String token = store().list(query).nextToken().orElseThrow();

        for (ListQuery other : List.of(
                new ListQuery(prefix("d"), Optional.of("/"), 1, Optional.of(token)),
                new ListQuery(prefix(""), Optional.empty(), 1, Optional.of(token)),
                new ListQuery(prefix(""), Optional.of("-"), 1, Optional.of(token)))) {
            assertThatThrownBy(() -> store().list(other)).isInstanceOf(InvalidInput.class);
        }
    }

    private List<ObjectKey> putAll() {
        List<ObjectKey> keys = new ArrayList<>();
        for (String name : NAMES) {
            keys.add(key(name));
            put(key(name), name);
        }
        return keys;
    }
}
