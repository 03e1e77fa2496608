package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs are deleted with their last user, no sooner and no later: an object, an upload or a reader. */
final class SharedContentTest extends OpenFolder {

    private static final ObjectKey KEY = new ObjectKey("key");
    private static final ObjectKey COPY = new ObjectKey("copy");
    private static final int PART = 5000;

    @Test
    void copy_sharesTheBlobs_untilTheLastIsDeleted() throws IOException {
        upload(3);
        List<Path> blobs = folder.blobs();

        storage.objects().copy(KEY, COPY, CopyOptions.DEFAULT);
        assertThat(folder.blobs()).isEqualTo(blobs);

        storage.objects().delete(List.of(KEY));
        assertThat(read(COPY)).hasSize(3 * PART);
        storage.objects().delete(List.of(COPY));
        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void delete_ofAllCopiesTogether_deletesTheBlobsOnce() {
        upload(3);
        storage.objects().copy(KEY, COPY, CopyOptions.DEFAULT);

        storage.objects().delete(List.of(KEY, COPY));

        assertThat(folder.blobs()).isEmpty();
        assertThat(storage.maintenance().orElseThrow().sweep()).isEqualTo(new Freed(0, 0));
    }

    @Test
    void delete_ofSomeCopies_keepsSharedBlobs_andDeletesTheRest() throws IOException {
        ObjectKey alone = new ObjectKey("alone");
        upload(3);
        storage.objects().copy(KEY, COPY, CopyOptions.DEFAULT);
        storage.objects().put(alone, Content.of(new byte[1]), PutOptions.DEFAULT);

        storage.objects().delete(List.of(KEY, alone));

        assertThat(read(COPY)).hasSize(3 * PART);
        assertThat(folder.blobs()).hasSize(3);
    }

    @Test
    void delete_ofADuplicateKey_isMissingTheSecondTime() {
        storage.objects().put(KEY, Content.of(new byte[1]), PutOptions.DEFAULT);

        assertThat(storage.objects().delete(List.of(KEY, KEY)))
                .containsExactly(new DeleteResult.Deleted(KEY), new DeleteResult.Missing(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"quoted\" key", "trailing\"", "brackets[],{}", "back\\slash\\", "\u00E9\uD83C\uDF89"})
    void delete_ofAKeyWithJsonSyntax_findsIt(String text) {
        ObjectKey key = new ObjectKey(text);
        storage.objects().put(key, Content.of(new byte[1]), PutOptions.DEFAULT);

        assertThat(storage.objects().delete(List.of(key))).containsExactly(new DeleteResult.Deleted(key));
        assertThat(storage.objects().stat(key)).isEmpty();
    }

    @Test
    void overwrite_removesTheOldBlob() {
        storage.objects().put(KEY, Content.of(new byte[70_001]), PutOptions.DEFAULT);
        storage.objects().put(KEY, Content.of(new byte[70_002]), PutOptions.DEFAULT);

        assertThat(folder.blobs()).hasSize(1);
    }

    @Test
    void overwrite_byItsOwnCopy_keepsTheBlob() throws IOException {
        storage.objects().put(KEY, Content.of(new byte[70_007]), PutOptions.DEFAULT);
        storage.objects().copy(KEY, COPY, CopyOptions.DEFAULT);
        storage.objects().copy(COPY, KEY, CopyOptions.DEFAULT);

        assertThat(read(KEY)).hasSize(70_007);
        assertThat(folder.blobs()).hasSize(1);
    }

    @Test
    void delete_whileReading_deletesTheBlobsAfterTheReader() throws IOException {
        upload(3);

        byte[] bytes = storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> {
            storage.objects().delete(List.of(KEY));
            storage.maintenance().orElseThrow().sweep();
            assertThat(folder.blobs()).hasSize(3);
            return body.readAllBytes();
        });

        assertThat(bytes).hasSize(3 * PART).endsWith((byte) 3);
        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void delete_whileTwoRead_deletesTheBlobsAfterBoth() throws IOException {
        upload(2);

        storage.objects().read(KEY, ReadOptions.ALL, (info, span, outer) -> {
            storage.objects()
                    .read(
                            KEY,
                            ReadOptions.ALL,
                            (again, all, inner) -> storage.objects().delete(List.of(KEY)));
            assertThat(folder.blobs()).hasSize(2);
            return outer.readAllBytes();
        });

        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void delete_whileAnotherStoreReads_leavesTheBlobsToALaterSweep() throws IOException {
        upload(3);
        try (Storage other = folder.open()) {
            byte[] bytes = storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> {
                other.objects().delete(List.of(KEY));
                other.maintenance().orElseThrow().sweep();
                return body.readAllBytes();
            });
            assertThat(bytes).hasSize(3 * PART);
            assertThat(folder.blobs()).hasSize(3);

            assertThat(other.maintenance().orElseThrow().sweep()).isEqualTo(new Freed(3, 3 * PART));
            assertThat(folder.blobs()).isEmpty();
        }
    }

    @Test
    void skip_overSegments_continuesAfterThem() throws IOException {
        upload(3);

        byte[] rest = storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> {
            assertThat(body.skip(PART + 10)).isEqualTo(PART + 10);
            assertThat(body.read()).isEqualTo(2);
            assertThat(body.skip(10L * PART)).isEqualTo(2 * PART - 11);
            return body.readAllBytes();
        });

        assertThat(rest).isEmpty();
    }

    private void upload(int count) {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        List<PartTag> parts = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            byte[] bytes = new byte[PART];
            Arrays.fill(bytes, (byte) number);
            PartInfo part =
                    storage.uploads().putPart(KEY, upload, new PartNumber(number), Content.of(bytes), List.of());
            parts.add(new PartTag(part.number(), part.etag()));
        }
        storage.uploads().complete(KEY, upload, parts, WriteCondition.NONE);
    }

    private byte[] read(ObjectKey key) throws IOException {
        return storage.objects().read(key, ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }
}
