package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.ListQuery;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Storing parts. */
interface PartContract extends MultipartFixture {

    @ParameterizedTest
    @MethodSource("partSizes")
    default void putPart_ofAnySize_isStored(long size) throws IOException {
        ObjectKey key = key("sizes");
        UploadId upload = create(key);

        PartInfo known = uploads().putPart(key, upload, new PartNumber(1), Bodies.pattern(size, 1), List.of());
        PartInfo unknown =
                uploads().putPart(key, upload, new PartNumber(2), Bodies.ofUnknownLength(size, 2), List.of());

        assertThat(known.size()).isEqualTo(size);
        assertThat(unknown.size()).isEqualTo(size);
        assertThat(known.number()).isEqualTo(new PartNumber(1));
        complete(key, upload, List.of(new PartTag(unknown.number(), unknown.etag())));
        verify(key, size, 2);
    }

    @Test
    default void putPart_createsNoVisibleObject() {
        UploadId upload = create(key("unseen"));
        putPart(key("unseen"), upload, 1, 100);

        assertThat(store().stat(key("unseen"))).isEmpty();
        assertThat(ListWalk.walk(store(), ListQuery.of(prefix("")))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void putPart_ofBrokenBody_keepsTheOldPart(BrokenBody body) throws IOException {
        for (long size : List.of(1L, 100_000L)) {
            assertRefused(body.error(), () -> body.of(size), List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void putPart_withChecksum_isVerified(ChecksumAlgorithm algorithm) throws IOException {
        Checksum right = Bodies.checksum(algorithm, 1000, 7);
        Checksum wrong = Bodies.checksum(algorithm, 1000, 8);

        assertRefused(ChecksumMismatch.class, () -> Bodies.pattern(1000, 7), List.of(wrong));
        assertRefused(ChecksumMismatch.class, () -> Bodies.ofUnknownLength(1000, 7), List.of(wrong));
        UploadId upload = create(key("checked"));
        PartInfo part =
                uploads().putPart(key("checked"), upload, new PartNumber(1), Bodies.pattern(1000, 7), List.of(right));
        assertThat(part.size()).isEqualTo(1000);
    }

    @Test
    default void putPart_opensOnceAndClosesOnce() {
        ObjectKey key = key("tracked");
        UploadId upload = create(key);
        for (long size : List.of(1000L, 100_000L)) {
            for (Content body : List.of(Bodies.pattern(size, 1), Bodies.ofUnknownLength(size, 1))) {
                TrackedContent tracked = new TrackedContent(body, false);
                putPart(key, upload, 1, tracked);
                assertThat(tracked.closed()).containsExactly(1);
            }
        }
    }

    @Test
    default void putPart_announcedOverTheMaximum_isRejected() {
        ObjectKey key = key("huge");
        UploadId upload = create(key);
        long size = uploads().limits().maxSize() + 1;

        assertThatThrownBy(() -> putPart(key, upload, 1, Bodies.pattern(size, 1)))
                .isInstanceOf(InvalidInput.class);

        assertThat(partNumbers(key, upload)).isEmpty();
    }

    @Test
    default void putPart_overTheMaximumUnannounced_isRejected() {
        long max = uploads().limits().maxSize();
        assumeTrue(max <= 16 << 20, "a part over this store's maximum would be too much");
        ObjectKey key = key("huge");
        UploadId upload = create(key);
        long before = leftovers();

        assertThatThrownBy(() -> putPart(key, upload, 1, Bodies.ofUnknownLength(max + 1, 1)))
                .isInstanceOf(InvalidInput.class);

        assertThat(partNumbers(key, upload)).isEmpty();
        assertNothingLeft(before);
    }

    @Test
    default void putPart_withoutUpload_findsNone() {
        ObjectKey key = key("none");
        UploadId aborted = create(key);
        uploads().abort(key, aborted);
        UploadId completed = create(key);
        complete(key, completed, List.of(putPart(key, completed, 1, 10)));
        UploadId elsewhere = create(key("elsewhere"));
        long before = leftovers();

        for (UploadId upload : List.of(new UploadId("nobody-s-upload"), aborted, completed, elsewhere)) {
            assertNoUpload(() -> putPart(key, upload, 1, 100));
        }
        assertNothingLeft(before);
    }

    private void assertRefused(Class<? extends StorageException> error, Supplier<Content> body, List<Checksum> expected)
            throws IOException {
        ObjectKey key = key("refused");
        UploadId upload = create(key);
        PartTag old = putPart(key, upload, 1, 50);
        long before = leftovers();

        for (int number = 1; number <= 2; number++) {
            PartNumber place = new PartNumber(number);
            TrackedContent tracked = new TrackedContent(body.get(), false);
            assertThatThrownBy(() -> uploads().putPart(key, upload, place, tracked, expected))
                    .isInstanceOf(error);
            assertThat(tracked.opened()).isLessThanOrEqualTo(1);
            assertThat(tracked.closed()).allMatch(closes -> closes == 1);
        }

        assertThat(partNumbers(key, upload)).containsExactly(1);
        assertNothingLeft(before);
        complete(key, upload, List.of(old));
        verify(key, 50, 1);
    }
}
