package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Deleting one or many objects. */
interface DeleteContract extends StoreFixture {

    @Test
    default void delete_removesTheObject() {
        put(key("gone"), "text");

        List<DeleteResult> results = store().delete(List.of(key("gone")));

        assertThat(results).containsExactly(new DeleteResult.Deleted(key("gone")));
        assertThat(store().stat(key("gone"))).isEmpty();
        assertThatThrownBy(() -> text(key("gone"))).isInstanceOf(NotFound.class);
        assertThat(store().list(ListQuery.of(prefix(""))).objects()).isEmpty();
    }

    @Test
    default void delete_ofMissingObject_reportsIt() {
        assertThat(store().delete(List.of(key("missing")))).containsExactly(new DeleteResult.Missing(key("missing")));
    }

    @Test
    default void delete_repeated_findsNothing() {
        put(key("twice"), "text");
        store().delete(List.of(key("twice")));

        assertThat(store().delete(List.of(key("twice")))).containsExactly(new DeleteResult.Missing(key("twice")));
    }

    @Test
    default void remove_deletesExistingObjects_andIgnoresMissingOnes() throws IOException {
        put(key("a"), "text");
        put(key("b"), "text");
        put(key("stays"), "text");

        List<DeleteResult> results = store().remove(List.of(key("a"), key("missing"), key("b")));

        assertThat(results).extracting(DeleteResult::key).containsExactly(key("a"), key("missing"), key("b"));
        assertThat(results).noneMatch(DeleteResult.Failed.class::isInstance);
        assertThat(store().stat(key("a"))).isEmpty();
        assertThat(store().stat(key("b"))).isEmpty();
        assertThat(text(key("stays"))).isEqualTo("text");
        assertThat(store().remove(List.of(key("a")))).noneMatch(DeleteResult.Failed.class::isInstance);
    }

    /** Some formats, such as XML, can't represent every character of a key. */
    @Test
    default void remove_withKeyOfRareCharacters_removesTheOthers() {
        put(key("a"), "text");
        put(key("b"), "text");

        List<DeleteResult> results = store().remove(List.of(key("a"), key("rare\uFFFF"), key("b")));

        assertThat(results).extracting(DeleteResult::key).containsExactly(key("a"), key("rare\uFFFF"), key("b"));
        assertThat(results).noneMatch(DeleteResult.Failed.class::isInstance);
        assertThat(store().stat(key("a"))).isEmpty();
        assertThat(store().stat(key("b"))).isEmpty();
    }

    @Test
    default void delete_keepsSimilarAndNestedKeys() throws IOException {
        for (String name : List.of("a", "a/b", "a/b/c", "A", "ab")) {
            put(key(name), name);
        }

        store().delete(List.of(key("a/b")));

        for (String name : List.of("a", "a/b/c", "A", "ab")) {
            assertThat(text(key(name))).isEqualTo(name);
        }
        assertThat(store().stat(key("a/b"))).isEmpty();
    }

    @Test
    default void delete_thenPut_storesAnew() throws IOException {
        put(key("again"), "old");
        store().delete(List.of(key("again")));
        put(key("again"), "new");

        assertThat(text(key("again"))).isEqualTo("new");
    }

    @Test
    default void delete_of1000Keys_returnsResultsInOrder() {
        List<DeleteResult> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ObjectKey key = key("many/%04d".formatted(i));
            boolean there = i % 10 == 0;
            if (there) {
                put(key, "text");
            }
            expected.add(there ? new DeleteResult.Deleted(key) : new DeleteResult.Missing(key));
        }
        Collections.shuffle(expected, new Random(1));

        List<DeleteResult> results =
                store().delete(expected.stream().map(DeleteResult::key).toList());

        assertThat(results).containsExactlyElementsOf(expected);
        assertThat(store().list(ListQuery.of(prefix("many/"))).objects()).isEmpty();
    }

    @Test
    default void delete_whileReading_letsTheReaderFinish() throws IOException {
        long size = 4 << 20;
        put(key("open"), Bodies.pattern(size, 6));

        store().read(key("open"), ReadOptions.ALL, (info, span, body) -> {
            assertThat((byte) body.read()).isEqualTo(Bodies.at(0, 6));
            assertThat(store().delete(List.of(key("open")))).containsExactly(new DeleteResult.Deleted(key("open")));
            Bodies.verify(body, 1, size - 1, 6);
            return info;
        });

        assertThat(store().stat(key("open"))).isEmpty();
    }
}
