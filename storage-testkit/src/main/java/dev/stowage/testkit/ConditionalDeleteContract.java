package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deletions with a condition that the store decides. */
interface ConditionalDeleteContract extends StoreFixture {

    @Test
    default void deleteMatching_isSupportedExactlyWhenDeclared() throws IOException {
        ObjectInfo present = put(key("present"), "text");
        Map<ObjectKey, Etag> tags = Map.of(key("present"), present.etag());

        if (can(Capability.CONDITIONAL_DELETE)) {
            assertThat(store().deleteMatching(tags)).containsExactly(new DeleteResult.Deleted(key("present")));
            assertThat(store().stat(key("present"))).isEmpty();
        } else {
            assertThatThrownBy(() -> store().deleteMatching(tags)).isInstanceOf(NotSupported.class);
            assertThat(text(key("present"))).isEqualTo("text");
        }
    }

    @Test
    default void bulkConditionalDeletion_isDeclaredOnlyWithConditionalDeletion() {
        assumeTrue(can(Capability.BULK_CONDITIONAL_DELETE), "bulk conditional deletion is not declared");

        assertThat(store().capabilities()).contains(Capability.CONDITIONAL_DELETE);
    }

    @Test
    default void deleteMatching_onAnotherVersion_keepsIt() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_DELETE), "conditional deletion is not declared");
        ObjectInfo old = put(key("present"), "old");
        put(key("present"), "newer");

        for (Etag etag : List.of(old.etag(), ConditionalPutContract.UNUSED_TAG)) {
            List<DeleteResult> results = store().deleteMatching(Map.of(key("present"), etag));

            assertThat(results).singleElement().satisfies(ConditionalDeleteContract::isRefused);
        }
        assertThat(text(key("present"))).isEqualTo("newer");
    }

    @Test
    default void deleteMatching_ofMissingObject_reportsIt() {
        assumeTrue(can(Capability.CONDITIONAL_DELETE), "conditional deletion is not declared");
        ObjectInfo old = put(key("deleted"), "old");
        store().delete(List.of(key("deleted")));

        for (ObjectKey key : List.of(key("deleted"), key("never"))) {
            assertThat(store().deleteMatching(Map.of(key, old.etag()))).containsExactly(new DeleteResult.Missing(key));
        }
    }

    @Test
    default void deleteMatching_ofSeveral_decidesEachSeparately() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_DELETE), "conditional deletion is not declared");
        Map<ObjectKey, Etag> tags = new LinkedHashMap<>();
        for (String name : List.of("d", "c", "b", "a")) {
            tags.put(key(name), put(key(name), "old " + name).etag());
        }
        put(key("c"), "newer");
        store().delete(List.of(key("b")));

        List<DeleteResult> results = store().deleteMatching(tags);

        assertThat(results).extracting(DeleteResult::key).containsExactly(key("d"), key("c"), key("b"), key("a"));
        assertThat(results.get(0)).isEqualTo(new DeleteResult.Deleted(key("d")));
        isRefused(results.get(1));
        assertThat(results.get(2)).isEqualTo(new DeleteResult.Missing(key("b")));
        assertThat(results.get(3)).isEqualTo(new DeleteResult.Deleted(key("a")));
        assertThat(store().stat(key("d"))).isEmpty();
        assertThat(store().stat(key("a"))).isEmpty();
        assertThat(text(key("c"))).isEqualTo("newer");
    }

    private static void isRefused(DeleteResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        DeleteResult.Failed.class,
                        failed -> assertThat(failed.reason()).isInstanceOf(PreconditionFailed.class));
    }
}
