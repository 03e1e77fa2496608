package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts with bytes of objects of the store, if it can copy them by itself. */
interface PartCopyContract extends MultipartFixture {

    /** Returns a size that is more than that of the smallest part, and than any store keeps in its index. */
    private long large() {
        return Math.min(6 << 20, uploads().limits().maxSize() - 2);
    }

    @Test
    default void copyPart_ofWholeObjects_concatenatesThem_andOutlivesThem() throws IOException {
        ObjectKey key = key("joined");
        UploadId upload = create(key);
        List<PartTag> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            ObjectInfo source = stored("source-" + number, large() + number, number);
            PartInfo part = copied(key, upload, number, new ObjectRange(source, ByteSpan.whole(source.size())));
            assertThat(part.number().value()).isEqualTo(number);
            assertThat(part.size()).isEqualTo(source.size());
            parts.add(new PartTag(part.number(), part.etag()));
        }

        assertThat(partNumbers(key, upload)).containsExactly(1, 2);
        store().delete(List.of(key("source-1"), key("source-2")));
        complete(key, upload, parts);
        verifyParts(key, 1, large() + 1, 2, large() + 2);
    }

    @Test
    default void copyPart_ofTheParts_ofAnObject_isTheSameObject() throws IOException {
        ObjectKey made = key("made");
        UploadId first = create(made);
        complete(made, first, List.of(putPart(made, first, 1, large()), putPart(made, first, 2, 1000)));
        ObjectInfo source = store().stat(made).orElseThrow();
        ObjectKey key = key("copy");
        UploadId upload = create(key);

        PartInfo one = copied(key, upload, 1, new ObjectRange(source, new ByteSpan(0, large())));
        PartInfo two = copied(key, upload, 2, new ObjectRange(source, new ByteSpan(large(), 1000)));
        complete(key, upload, List.of(new PartTag(one.number(), one.etag()), new PartTag(two.number(), two.etag())));

        verifyParts(key, 1, large(), 2, 1000);
        verifyParts(made, 1, large(), 2, 1000);
    }

    @Test
    default void copyPart_ofARange_takesExactlyItsBytes_orNone() throws IOException {
        ObjectInfo source = stored("source", large(), 1);
        ObjectKey key = key("range");
        UploadId upload = create(key);

        Optional<PartInfo> part =
                uploads().copyPart(key, upload, new PartNumber(1), new ObjectRange(source, new ByteSpan(100, 5000)));

        assertThat(partNumbers(key, upload)).hasSize(part.isPresent() ? 1 : 0);
        if (part.isPresent()) {
            complete(
                    key,
                    upload,
                    List.of(new PartTag(part.get().number(), part.get().etag())));
            store().read(key, ReadOptions.ALL, (info, span, body) -> {
                assertThat(info.size()).isEqualTo(5000);
                Bodies.verifyNext(body, 100, 5000, 1);
                return info;
            });
        }
    }

    @Test
    default void copyPart_ofAnotherVersion_orOfNone_storesNothing() {
        ObjectInfo old = stored("source", large(), 1);
        stored("source", large(), 2);
        ObjectInfo gone = stored("gone", large(), 3);
        store().delete(List.of(gone.key()));
        ObjectKey key = key("refused");
        UploadId upload = create(key);

        assertRefused(key, upload, old, PreconditionFailed.class);
        assertRefused(key, upload, gone, NotFound.class);
        assertThat(partNumbers(key, upload)).isEmpty();
    }

    @Test
    default void copyPart_withoutUpload_findsNone() {
        ObjectInfo source = stored("source", large(), 1);
        ObjectKey key = key("none");
        UploadId aborted = create(key);
        uploads().abort(key, aborted);
        long before = leftovers();

        assertRefused(key, aborted, source, NotFound.class);
        assertNothingLeft(before);
    }

    private ObjectInfo stored(String name, long size, int seed) {
        return store().put(key(name), Bodies.pattern(size, seed), PutOptions.DEFAULT)
                .info();
    }

    private PartInfo copied(ObjectKey key, UploadId upload, int number, ObjectRange source) {
        Optional<PartInfo> part = uploads().copyPart(key, upload, new PartNumber(number), source);
        assumeTrue(part.isPresent(), "the store does not copy parts by itself");
        return part.get();
    }

    /** A store that can't copy declines, and need not check anything. */
    private void assertRefused(ObjectKey key, UploadId upload, ObjectInfo source, Class<?> error) {
        ObjectRange whole = new ObjectRange(source, ByteSpan.whole(source.size()));
        Optional<PartInfo> part;
        try {
            part = uploads().copyPart(key, upload, new PartNumber(1), whole);
        } catch (StorageException e) {
            assertThat(e).isInstanceOf(error);
            return;
        }
        assertThat(part).isEmpty();
    }
}
