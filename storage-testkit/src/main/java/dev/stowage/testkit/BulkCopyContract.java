package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.PutOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Copies of many objects by one call. */
interface BulkCopyContract extends StoreFixture {

    @Test
    default void copyAll_isSupportedExactlyWhenDeclared() throws IOException {
        put(key("source"), "text");
        List<Copy> copies = List.of(copy("source", "target"));

        if (can(Capability.BULK_COPY)) {
            assertThat(copied(store().copyAll(copies).get(0)).key()).isEqualTo(key("target"));
            assertThat(text(key("target"))).isEqualTo("text");
        } else {
            assertThatThrownBy(() -> store().copyAll(copies)).isInstanceOf(NotSupported.class);
            assertThat(store().stat(key("target"))).isEmpty();
        }
    }

    @Test
    default void copyAll_keepsBytesAndAttributes() throws IOException {
        assumeBulkCopies();
        store().put(key("small"), Bodies.pattern(3, 1), PutOptions.of(CopyContract.CUSTOM));
        store().put(key("large"), Bodies.pattern(100_000, 2), PutOptions.of(CopyContract.EXPIRING));
        ObjectInfo large = store().stat(key("large")).orElseThrow();
        CopyOptions moving = CopyOptions.moving(WriteCondition.NONE, large.etag());

        List<CopyResult> results = store().copyAll(List.of(
                copy("small", "small copy"),
                copy("large", "large copy"),
                new Copy(key("large"), key("moved"), moving)));

        for (CopyResult result : results) {
            ObjectInfo made = copied(result);
            assertThat(made)
                    .usingRecursiveComparison()
                    .ignoringFields("lastModified")
                    .isEqualTo(store().stat(made.key()).orElseThrow());
        }
        assertThat(copied(results.get(0)).attributes()).isEqualTo(CopyContract.CUSTOM);
        assertThat(copied(results.get(1)).attributes()).isEqualTo(CopyContract.CUSTOM);
        assertThat(copied(results.get(2)).attributes().expiry())
                .contains(new OwnExpiry.At(large.expiresAt().orElseThrow()));
        verify(key("small copy"), 3, 1);
        verify(key("large copy"), 100_000, 2);
        verify(key("moved"), 100_000, 2);
        verify(key("small"), 3, 1);
    }

    @Test
    default void copyAll_decidesEachSeparately() throws IOException {
        assumeBulkCopies();
        put(key("present"), "old");
        ObjectInfo old = put(key("source"), "old text");
        ObjectInfo source = put(key("source"), "text");
        List<Copy> copies = new ArrayList<>(List.of(
                copy("source", "one"),
                copy("missing", "two"),
                new Copy(key("source"), key("three"), only(old)),
                copy("source", "source"),
                new Copy(key("source"), key("four"), only(source))));
        boolean conditional = can(Capability.CONDITIONAL_COPY, WriteCondition.IF_ABSENT);
        if (conditional) {
            CopyOptions ifAbsent =
                    new CopyOptions(WriteCondition.IF_ABSENT, Optional.empty(), CopyOptions.DEFAULT.changes());
            copies.add(new Copy(key("source"), key("present"), ifAbsent));
            copies.add(new Copy(key("source"), key("five"), ifAbsent));
        }

        List<CopyResult> results = store().copyAll(copies);

        assertThat(results).hasSameSizeAs(copies);
        assertThat(copied(results.get(0)).key()).isEqualTo(key("one"));
        assertFailed(results.get(1), NotFound.class);
        assertFailed(results.get(2), PreconditionFailed.class);
        assertFailed(results.get(3), InvalidInput.class);
        assertThat(copied(results.get(4)).key()).isEqualTo(key("four"));
        if (conditional) {
            assertFailed(results.get(5), PreconditionFailed.class);
            assertThat(copied(results.get(6)).key()).isEqualTo(key("five"));
        }
        assertThat(text(key("one"))).isEqualTo("text");
        assertThat(text(key("four"))).isEqualTo("text");
        assertThat(text(key("present"))).isEqualTo("old");
        assertThat(store().stat(key("two"))).isEmpty();
        assertThat(store().stat(key("three"))).isEmpty();
    }

    @Test
    default void copyAll_findsWhatEarlierCopiesHaveStored() throws IOException {
        assumeBulkCopies();
        long before = leftovers();
        put(key("a"), Bodies.pattern(100_000, 1));
        put(key("b"), Bodies.pattern(100_000, 2));
        put(key("c"), Bodies.pattern(100_000, 3));

        List<CopyResult> results = store().copyAll(List.of(
                copy("a", "b"), copy("b", "new"), copy("c", "new"), copy("new", "newer"), copy("newer", "a")));

        assertThat(results).allMatch(CopyResult.Copied.class::isInstance);
        verify(key("b"), 100_000, 1);
        for (String name : List.of("new", "newer", "a", "c")) {
            verify(key(name), 100_000, 3);
        }
        store().delete(List.of(key("a"), key("b"), key("c"), key("new"), key("newer")));
        assertNothingLeft(before);
    }

    @Test
    default void copyAll_of1000_copiesAll() throws IOException {
        assumeBulkCopies();
        put(key("source"), "text");
        List<Copy> copies = IntStream.range(0, 1000)
                .mapToObj(number -> copy("source", "target/" + number))
                .toList();

        List<CopyResult> results = store().copyAll(copies);

        assertThat(results)
                .extracting(result -> copied(result).key())
                .containsExactlyElementsOf(copies.stream().map(Copy::target).toList());
        assertThat(text(key("target/999"))).isEqualTo("text");
    }

    private void assumeBulkCopies() {
        assumeTrue(can(Capability.BULK_COPY), "copies of many objects at once are not declared");
    }

    private Copy copy(String source, String target) {
        return new Copy(key(source), key(target), CopyOptions.DEFAULT);
    }

    private static CopyOptions only(ObjectInfo version) {
        return new CopyOptions(WriteCondition.NONE, Optional.of(version.etag()), CopyOptions.DEFAULT.changes());
    }

    private static ObjectInfo copied(CopyResult result) {
        assertThat(result).isInstanceOf(CopyResult.Copied.class);
        return ((CopyResult.Copied) result).target();
    }

    private static void assertFailed(CopyResult result, Class<? extends Exception> reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CopyResult.Failed.class,
                        failed -> assertThat(failed.reason()).isInstanceOf(reason));
    }
}
