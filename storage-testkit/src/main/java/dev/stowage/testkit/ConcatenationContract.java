package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Concatenating objects within the store, if it can. */
interface ConcatenationContract extends StoreFixture {

    /** More than the minimum size of a part. */
    int LARGE = 6 << 20;

    @Test
    default void join_concatenatesBytesInOrder_andKeepsTheSources() throws IOException {
        store().put(key("a"), Bodies.pattern(LARGE, 1), PutOptions.DEFAULT);
        store().put(key("b"), Bodies.pattern(LARGE + 1, 2), PutOptions.DEFAULT);
        store().put(key("c"), Bodies.pattern(3, 3), PutOptions.DEFAULT);
        put(key("target"), "old");

        Optional<ObjectInfo> joined = store().concatenate(
                        List.of(key("b"), key("a"), key("c")), key("target"), CopyContract.CUSTOM, WriteCondition.NONE);

        assumeTrue(joined.isPresent(), "the store does not put objects together by itself");
        ObjectInfo stored = store().stat(key("target")).orElseThrow();
        assertThat(joined.get())
                .usingRecursiveComparison()
                .ignoringFields("lastModified")
                .isEqualTo(stored);
        assertThat(stored.attributes()).isEqualTo(CopyContract.CUSTOM);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (String source : List.of("b", "a", "c")) {
            expected.write(bytes(key(source)));
        }
        assertThat(bytes(key("target"))).isEqualTo(expected.toByteArray());
        store().delete(List.of(key("a"), key("b"), key("c")));
        assertThat(bytes(key("target"))).isEqualTo(expected.toByteArray());
    }

    @Test
    default void join_withoutStoreSupport_changesNothing() throws IOException {
        put(key("a"), "a");
        put(key("b"), "b");

        Optional<ObjectInfo> joined = store().concatenate(
                        List.of(key("a"), key("b")), key("target"), CopyContract.CUSTOM, WriteCondition.NONE);

        assertThat(store().stat(key("target")).isPresent()).isEqualTo(joined.isPresent());
        if (joined.isPresent()) {
            assertThat(new String(bytes(key("target")), StandardCharsets.UTF_8)).isEqualTo("ab");
        }
    }

    /** A store that can't concatenate these objects declines, and need not check whether they exist. */
    @Test
    default void join_ofMissingObjects_createsNothing() {
        put(key("a"), "a");

        try {
            assertThat(store().concatenate(
                                    List.of(key("gone"), key("a")),
                                    key("target"),
                                    CopyContract.CUSTOM,
                                    WriteCondition.NONE))
                    .isEmpty();
        } catch (NotFound expected) {
            assertThat(expected.detail()).isNotEmpty();
        }

        assertThat(store().stat(key("target"))).isEmpty();
    }

    @Test
    default void join_underAFailedCondition_createsNothing() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_PUT), "conditional puts are not declared");
        store().put(key("a"), Bodies.pattern(LARGE, 1), PutOptions.DEFAULT);
        store().put(key("b"), Bodies.pattern(LARGE, 2), PutOptions.DEFAULT);
        ObjectInfo old = put(key("target"), "old");
        put(key("target"), "newer");
        List<ObjectKey> sources = List.of(key("a"), key("b"));
        assumeTrue(
                store().concatenate(sources, key("other"), CopyContract.CUSTOM, WriteCondition.IF_ABSENT)
                        .isPresent(),
                "the store does not put objects together by itself");

        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(old.etag()))) {
            assertThatThrownBy(() -> store().concatenate(sources, key("target"), CopyContract.CUSTOM, condition))
                    .isInstanceOf(PreconditionFailed.class);
        }

        assertThat(text(key("target"))).isEqualTo("newer");
        assertThat(openUploads()).isEmpty();
    }

    private byte[] bytes(ObjectKey key) throws IOException {
        return store().read(key, ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }
}
