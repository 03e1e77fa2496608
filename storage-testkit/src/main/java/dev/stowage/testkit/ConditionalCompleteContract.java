package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completions with a condition that the store decides. */
interface ConditionalCompleteContract extends MultipartFixture {

    @Test
    default void complete_withCondition_isSupportedExactlyWhenDeclared() throws IOException {
        ObjectKey key = key("absent");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));

        for (WriteCondition condition :
                List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(ConditionalPutContract.UNUSED_TAG))) {
            if (!can(Capability.CONDITIONAL_COMPLETE, condition)) {
                assertThatThrownBy(() -> uploads().complete(key, upload, parts, condition))
                        .isInstanceOf(NotSupported.class);
            }
        }
        assertThat(store().stat(key)).isEmpty();
        boolean ifAbsent = can(Capability.CONDITIONAL_COMPLETE, WriteCondition.IF_ABSENT);
        uploads().complete(key, upload, parts, ifAbsent ? WriteCondition.IF_ABSENT : WriteCondition.NONE);
        verify(key, 100, 1);
    }

    @Test
    default void complete_whenConditionFails_leavesObjectAndUpload() throws IOException {
        assumeTrue(
                can(Capability.CONDITIONAL_COMPLETE, WriteCondition.IF_ABSENT),
                "conditional completion is not declared");
        ObjectKey key = key("present");
        ObjectInfo old = put(key, "old");
        put(key, "newer");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));

        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(old.etag()))) {
            if (can(Capability.CONDITIONAL_COMPLETE, condition)) {
                assertThatThrownBy(() -> uploads().complete(key, upload, parts, condition))
                        .isInstanceOf(PreconditionFailed.class);
            }
        }

        assertThat(text(key)).isEqualTo("newer");
        complete(key, upload, parts);
        verify(key, 100, 1);
    }

    @Test
    default void complete_ifMatch_onMissingObject_conflicts() {
        assumeTrue(can(Capability.CONDITIONAL_COMPLETE), "conditional completion is not declared");
        ObjectKey key = key("absent");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));

        assertThatThrownBy(() -> uploads()
                        .complete(key, upload, parts, new WriteCondition.IfMatch(ConditionalPutContract.UNUSED_TAG)))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store().stat(key)).isEmpty();
    }

    @Test
    default void complete_ifMatch_onThatVersion_replaces() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_COMPLETE), "conditional completion is not declared");
        ObjectKey key = key("present");
        ObjectInfo present = put(key, "old");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));

        uploads().complete(key, upload, parts, new WriteCondition.IfMatch(present.etag()));

        verify(key, 100, 1);
    }
}
