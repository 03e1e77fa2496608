package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Creating objects from parts. */
interface CompleteContract extends MultipartFixture {

    @Test
    default void complete_ofOnePart_createsTheObject() throws IOException {
        for (long size : List.of(0L, 1L, 1000L)) {
            ObjectKey key = key("one-" + size);
            UploadId upload = create(key);
            PartTag part = putPart(key, upload, 1, size);

            assertThat(complete(key, upload, List.of(part)).size()).isEqualTo(size);

            verify(key, size, 1);
        }
    }

    @Test
    default void complete_returnsTheObjectAsStored() throws IOException {
        ObjectKey key = key("described");
        UploadId upload = uploads().create(key, CopyContract.CUSTOM);
        List<PartTag> parts = List.of(
                putPart(key, upload, 1, partSize()), putPart(key, upload, 2, partSize()), putPart(key, upload, 3, 10));

        ObjectInfo returned = complete(key, upload, parts);

        ObjectInfo stored = store().stat(key).orElseThrow();
        assertThat(returned)
                .usingRecursiveComparison()
                .ignoringFields("lastModified")
                .isEqualTo(stored);
        assertThat(stored.size()).isEqualTo(2 * partSize() + 10);
        assertThat(stored.attributes()).isEqualTo(CopyContract.CUSTOM);
        verifyParts(key, 1, partSize(), 2, partSize(), 3, 10);
        assertThat(ListWalk.walk(store(), ListQuery.of(prefix("")))).containsExactly(key.value());
        Optional<Etag> expected =
                MultipartEtag.of(parts.stream().map(PartTag::etag).toList());
        assertUnless(
                Quirk.TAGS_PARTS_IN_ITS_OWN_WAY,
                expected.equals(Optional.of(stored.etag())),
                "the ETag is " + expected + " as MultipartEtag computes it, and not " + stored.etag());
    }

    @Test
    default void complete_ofPartsUploadedInAnyOrder_concatenatesThemByNumber() throws IOException {
        ObjectKey key = key("shuffled");
        UploadId upload = create(key);
        PartTag last = putPart(key, upload, 10_000, 7);
        PartTag first = putPart(key, upload, 2, partSize());
        PartTag middle = putPart(key, upload, 77, partSize() + 1);

        complete(key, upload, List.of(first, middle, last));

        verifyParts(key, 2, partSize(), 77, partSize() + 1, 10_000, 7);
    }

    @Test
    default void complete_ofReplacedPart_hasTheLastOne() throws IOException {
        ObjectKey key = key("replaced");
        UploadId upload = create(key);
        PartTag old = putPart(key, upload, 1, Bodies.pattern(partSize(), 100));
        PartTag last = putPart(key, upload, 2, 10);
        PartTag replaced = putPart(key, upload, 1, Bodies.pattern(partSize(), 101));

        assertInvalidPart(key, upload, List.of(old, last));
        complete(key, upload, List.of(replaced, last));

        verifyParts(key, 101, partSize(), 2, 10);
    }

    @Test
    default void complete_ofSomeParts_discardsTheOthers() throws IOException {
        long before = leftovers();
        ObjectKey key = key("some");
        UploadId upload = create(key);
        List<PartTag> parts = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            parts.add(putPart(key, upload, number, number == 4 ? 10 : partSize()));
        }

        complete(key, upload, List.of(parts.get(1), parts.get(3)));

        verifyParts(key, 2, partSize(), 4, 10);
        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
    }

    /** Where parts of the smallest size would be too much, tiny ones are only listed. */
    @Test
    default void moreThan1000Parts_areListedAndCompleted() throws Exception {
        boolean small = partSize() <= 100_000;
        long size = small ? partSize() : 1;
        ObjectKey key = key("many");
        UploadId upload = create(key);
        PartTag[] parts = new PartTag[MORE_THAN_A_PAGE];
        long[] expected = new long[2 * MORE_THAN_A_PAGE];
        forEach(MORE_THAN_A_PAGE, number -> {
            parts[number - 1] = putPart(key, upload, number, size);
            expected[2 * number - 2] = number;
            expected[2 * number - 1] = size;
        });

        assertThat(partNumbers(key, upload))
                .isEqualTo(IntStream.rangeClosed(1, MORE_THAN_A_PAGE).boxed().toList());
        if (small) {
            complete(key, upload, List.of(parts));
            verifyParts(key, expected);
        }
    }

    @Test
    default void complete_overExistingObject_replacesIt() throws IOException {
        ObjectKey key = key("present");
        put(key, "old");
        UploadId upload = create(key);
        PartTag part = putPart(key, upload, 1, 100);
        assertThat(text(key)).isEqualTo("old");

        complete(key, upload, List.of(part));

        verify(key, 100, 1);
    }

    @Test
    default void complete_createsAnOrdinaryObject() throws IOException {
        ObjectKey key = key("ordinary");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, partSize()), putPart(key, upload, 2, 100));
        ObjectInfo info = complete(key, upload, parts);

        ByteRange across = new ByteRange.Slice(partSize() - 5, partSize() + 4);
        store().read(key, ReadOptions.of(across).ifMatch(info.etag()), (whole, span, body) -> {
            Bodies.verifyNext(body, partSize() - 5, 5, 1);
            Bodies.verify(body, 0, 5, 2);
            return whole;
        });
        store().copy(key, key("copy"), CopyOptions.DEFAULT);
        store().delete(List.of(key));
        verifyParts(key("copy"), 1, partSize(), 2, 100);
    }

    @Test
    default void complete_repeated_findsNoUpload() throws IOException {
        ObjectKey key = key("twice");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));
        complete(key, upload, parts);

        assertNoUpload(() -> complete(key, upload, parts));

        verify(key, 100, 1);
    }

    @Test
    default void complete_ofMissingOrOtherPart_leavesTheUploadOpen() throws IOException {
        ObjectKey key = key("wrong");
        UploadId upload = create(key);
        PartTag good = putPart(key, upload, 1, partSize());
        PartTag other = putPart(key, upload, 2, 10);
        PartTag never = new PartTag(new PartNumber(3), other.etag());
        PartTag altered = new PartTag(new PartNumber(2), ConditionalPutContract.UNUSED_TAG);

        assertInvalidPart(key, upload, List.of(never));
        assertInvalidPart(key, upload, List.of(good, never));
        assertInvalidPart(key, upload, List.of(good, altered));

        assertThat(store().stat(key)).isEmpty();
        complete(key, upload, List.of(good, other));
        verifyParts(key, 1, partSize(), 2, 10);
    }

    @Test
    default void complete_inWrongOrder_leavesTheUploadOpen() throws IOException {
        ObjectKey key = key("disordered");
        UploadId upload = create(key);
        List<PartTag> parts =
                new ArrayList<>(List.of(putPart(key, upload, 1, partSize()), putPart(key, upload, 2, partSize())));
        Collections.reverse(parts);

        assertInvalid(ErrorCode.INVALID_PART_ORDER, key, upload, parts);
        assertInvalid(ErrorCode.INVALID_PART_ORDER, key, upload, List.of(parts.get(0), parts.get(0)));

        assertThat(store().stat(key)).isEmpty();
        Collections.reverse(parts);
        complete(key, upload, parts);
        verifyParts(key, 1, partSize(), 2, partSize());
    }

    @Test
    default void complete_withTooSmallPart_leavesTheUploadOpen() throws IOException {
        long min = uploads().limits().minSize();
        assumeTrue(min > 1, "no part is too small for this store");
        ObjectKey key = key("small");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, min - 1), putPart(key, upload, 2, 10));

        if (has(Quirk.TAKES_SMALL_PARTS)) {
            complete(key, upload, parts);
            verifyParts(key, 1, min - 1, 2, 10);
            return;
        }
        assertInvalid(ErrorCode.PART_TOO_SMALL, key, upload, parts);
        assertThat(store().stat(key)).isEmpty();
        List<PartTag> enough = List.of(putPart(key, upload, 1, min), parts.get(1));
        complete(key, upload, enough);
        verifyParts(key, 1, min, 2, 10);
    }

    private void assertInvalidPart(ObjectKey key, UploadId upload, List<PartTag> parts) {
        assertInvalid(ErrorCode.INVALID_PART, key, upload, parts);
    }

    private void assertInvalid(ErrorCode code, ObjectKey key, UploadId upload, List<PartTag> parts) {
        assertThatThrownBy(() -> uploads().complete(key, upload, parts, WriteCondition.NONE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(code));
    }
}
