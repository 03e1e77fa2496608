package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts with a condition that the store decides. */
interface ConditionalPutContract extends StoreFixture {

    /** An ETag that no object has, in the form that most stores use. */
    Etag UNUSED_TAG = new Etag("00000000000000000000000000000000");

    @Test
    default void put_withCondition_isSupportedExactlyWhenDeclared() throws IOException {
        ObjectInfo present = put(key("present"), "old");

        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(present.etag()))) {
            if (!can(Capability.CONDITIONAL_PUT, condition)) {
                for (ObjectKey key : List.of(key("absent"), key("present"))) {
                    assertThatThrownBy(() -> putIf(condition, key, Bodies.pattern(3, 1)))
                            .isInstanceOf(NotSupported.class);
                }
            }
        }
        assertThat(store().stat(key("absent"))).isEmpty();
        assertThat(text(key("present"))).isEqualTo("old");
        if (can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT)) {
            putIf(WriteCondition.IF_ABSENT, key("absent"), Bodies.pattern(3, 1));
            verify(key("absent"), 3, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ifAbsent_onMissingKey_stores(long size) throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT), "conditional puts are not declared");

        putIf(WriteCondition.IF_ABSENT, key("known"), Bodies.pattern(size, 1));
        putIf(WriteCondition.IF_ABSENT, key("unknown"), Bodies.ofUnknownLength(size, 2));

        verify(key("known"), size, 1);
        verify(key("unknown"), size, 2);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ifAbsent_onExistingKey_conflicts(long size) throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT), "conditional puts are not declared");
        put(key("present"), "old");

        assertConflicts(WriteCondition.IF_ABSENT, key("present"), size);

        assertThat(text(key("present"))).isEqualTo("old");
    }

    @Test
    default void put_ifAbsent_afterDeletion_stores() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT), "conditional puts are not declared");
        put(key("deleted"), "old");
        store().delete(List.of(key("deleted")));

        putIf(WriteCondition.IF_ABSENT, key("deleted"), Bodies.pattern(3, 1));

        verify(key("deleted"), 3, 1);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ifMatch_onThatVersion_replaces(long size) throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");
        ObjectInfo old = put(key("present"), "old");

        ObjectInfo second = putIf(new WriteCondition.IfMatch(old.etag()), key("present"), Bodies.pattern(size, 1));
        putIf(new WriteCondition.IfMatch(second.etag()), key("present"), Bodies.ofUnknownLength(size, 2));

        verify(key("present"), size, 2);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ifMatch_onAnotherVersion_conflicts(long size) throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");
        ObjectInfo old = put(key("present"), "old");
        put(key("present"), "newer");

        for (Etag etag : List.of(old.etag(), UNUSED_TAG)) {
            assertConflicts(new WriteCondition.IfMatch(etag), key("present"), size);
        }

        assertThat(text(key("present"))).isEqualTo("newer");
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_ifMatch_onMissingKey_conflicts(long size) {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");

        assertConflicts(new WriteCondition.IfMatch(UNUSED_TAG), key("absent"), size);

        assertThat(store().stat(key("absent"))).isEmpty();
    }

    private void assertConflicts(WriteCondition condition, ObjectKey key, long size) {
        long before = leftovers();
        for (Content body : List.of(Bodies.pattern(size, 1), Bodies.ofUnknownLength(size, 1))) {
            TrackedContent tracked = new TrackedContent(body, false);
            assertThatThrownBy(() -> putIf(condition, key, tracked)).isInstanceOf(PreconditionFailed.class);
            assertThat(tracked.opened()).isLessThanOrEqualTo(1);
            assertThat(tracked.closed()).allMatch(closes -> closes == 1);
        }
        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
    }

    private ObjectInfo putIf(WriteCondition condition, ObjectKey key, Content content) {
        PutResult stored = store().put(key, content, PutOptions.DEFAULT.withCondition(condition));
        assertThat(stored.created()).contains(condition.equals(WriteCondition.IF_ABSENT));
        return stored.info();
    }
}
