package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The shared methods of the topics on multipart uploads. The parts' numbers are the seeds of their bodies. */
interface MultipartFixture extends StoreFixture {

    /** Returns the minimum size of a part, but not a tiny one. */
    default long partSize() {
        return Math.max(uploads().limits().minSize(), 1000);
    }

    /** Returns those of {@link #sizes()} that a part may have. */
    default List<Long> partSizes() {
        long max = uploads().limits().maxSize();
        return sizes().stream().filter(size -> size <= max).toList();
    }

    default UploadId create(ObjectKey key) {
        return uploads().create(key, ObjectAttributes.DEFAULT);
    }

    /** Uploads a part of {@code size} bytes. */
    default PartTag putPart(ObjectKey key, UploadId upload, int number, long size) {
        return putPart(key, upload, number, Bodies.pattern(size, number));
    }

    default PartTag putPart(ObjectKey key, UploadId upload, int number, Content content) {
        PartInfo part = uploads().putPart(key, upload, new PartNumber(number), content, List.of());
        return new PartTag(part.number(), part.etag());
    }

    default ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts) {
        return uploads().complete(key, upload, parts, WriteCondition.NONE);
    }

    /** Returns the numbers of the parts in the store, from all pages. */
    default List<Integer> partNumbers(ObjectKey key, UploadId upload) {
        return Page.all((Optional<PartNumber> after) -> uploads().listParts(key, upload, 1000, after))
                .map(part -> part.number().value())
                .toList();
    }

    /** Asserts that the object consists of patterned parts, given as pairs of a seed and a size. */
    default void verifyParts(ObjectKey key, long... seedsAndSizes) throws IOException {
        store().read(key, ReadOptions.ALL, (info, span, body) -> {
            long total = 0;
            for (int i = 0; i < seedsAndSizes.length; i += 2) {
                Bodies.verifyNext(body, 0, seedsAndSizes[i + 1], seedsAndSizes[i]);
                total += seedsAndSizes[i + 1];
            }
            assertThat(body.read()).isEqualTo(-1);
            assertThat(info.size()).isEqualTo(total);
            return info;
        });
    }

    /** Asserts that {@code call} reports a missing upload. */
    default void assertNoUpload(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NotFound.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND));
    }
}
