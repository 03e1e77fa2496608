package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.local.blob.SmallBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small objects are stored in the index, by any way of writing and with any declared length. */
final class SmallObjectsTest extends OpenFolder {

    private static final ObjectKey KEY = new ObjectKey("key");
    private static final ObjectKey OTHER = new ObjectKey("other");
    private static final String BLOB = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SmallBody.MAX_SIZE})
    void put_ofSmallBody_createsNoFile(int size) throws IOException {
        storage.objects().put(KEY, Content.of(bytes(size)), PutOptions.DEFAULT);
        storage.objects().put(OTHER, unannounced(bytes(size)), PutOptions.DEFAULT);

        assertThat(folder.blobs()).isEmpty();
        assertThat(read(storage, KEY)).isEqualTo(bytes(size));
        assertThat(read(storage, OTHER)).isEqualTo(bytes(size));
    }

    @Test
    void put_ofOneByteMore_createsAFile() throws IOException {
        byte[] bytes = bytes(SmallBody.MAX_SIZE + 1);

        storage.objects().put(KEY, Content.of(bytes), PutOptions.DEFAULT);
        storage.objects().put(OTHER, unannounced(bytes), PutOptions.DEFAULT);

        assertThat(folder.blobs()).hasSize(2);
        assertThat(read(storage, KEY)).isEqualTo(bytes);
        assertThat(read(storage, OTHER)).isEqualTo(bytes);
    }

    @Test
    void put_ofLongBodyWithWrongDigestAndNoLength_storesNothing() {
        Checksum wrong = Checksum.of(ChecksumAlgorithm.MD5, new byte[16]);
        PutOptions options = new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, List.of(wrong));

        assertThatThrownBy(() -> storage.objects().put(KEY, unannounced(bytes(100_000)), options))
                .isInstanceOf(ChecksumMismatch.class);

        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void read_byAnotherStore_andAfterReopening_findsTheBytes() throws IOException {
        storage.objects().put(KEY, Content.of(bytes(100)), PutOptions.DEFAULT);
        try (Storage other = folder.open()) {
            assertThat(read(other, KEY)).isEqualTo(bytes(100));
        }

        storage.close();
        storage = folder.open();

        assertThat(read(storage, KEY)).isEqualTo(bytes(100));
    }

    @Test
    void overwriteAndDelete_whileReading_leaveTheReaderItsBytes() throws IOException {
        storage.objects().put(KEY, Content.of(bytes(100)), PutOptions.DEFAULT);

        byte[] read = storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> {
            storage.objects().put(KEY, Content.of(new byte[7]), PutOptions.DEFAULT);
            storage.objects().delete(List.of(KEY));
            storage.maintenance().orElseThrow().sweep();
            return body.readAllBytes();
        });

        assertThat(read).isEqualTo(bytes(100));
        assertThat(contents()).isZero();
    }

    @Test
    void copy_sharesTheBytes_untilTheLastIsDeleted() throws IOException {
        storage.objects().put(KEY, Content.of(bytes(100)), PutOptions.DEFAULT);
        storage.objects().copy(KEY, OTHER, CopyOptions.DEFAULT);
        assertThat(contents()).isOne();

        storage.objects().delete(List.of(KEY));
        assertThat(read(storage, OTHER)).isEqualTo(bytes(100));
        storage.objects().delete(List.of(OTHER));

        assertThat(contents()).isZero();
    }

    @Test
    void overwrite_ofALargeBodyByASmallOneAndBack_leavesNothingOfTheOld() throws IOException {
        byte[] large = bytes(SmallBody.MAX_SIZE + 1);
        storage.objects().put(KEY, Content.of(large), PutOptions.DEFAULT);

        storage.objects().put(KEY, Content.of(bytes(1)), PutOptions.DEFAULT);
        assertThat(folder.blobs()).isEmpty();
        assertThat(read(storage, KEY)).isEqualTo(bytes(1));

        storage.objects().put(KEY, Content.of(large), PutOptions.DEFAULT);
        assertThat(read(storage, KEY)).isEqualTo(large);
        assertThat(contents()).isOne();
    }

    @Test
    void join_ofSmallAndLarge_outlivesItsSources() throws IOException {
        storage.objects().put(KEY, Content.of("ab".getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
        storage.objects().put(OTHER, Content.of(bytes(SmallBody.MAX_SIZE + 1)), PutOptions.DEFAULT);
        ObjectKey target = new ObjectKey("target");

        storage.objects().concatenate(List.of(KEY, OTHER, KEY), target, ObjectAttributes.DEFAULT, WriteCondition.NONE);
        storage.objects().delete(List.of(KEY, OTHER));

        assertThat(read(storage, target))
                .hasSize(SmallBody.MAX_SIZE + 5)
                .startsWith('a', 'b', 0)
                .endsWith('a', 'b');
        storage.objects().delete(List.of(target));
        assertThat(folder.blobs()).isEmpty();
        assertThat(contents()).isZero();
    }

    @Test
    void open_ofAFolderFromBefore_readsItsShortFiles() throws IOException {
        storage.objects().put(KEY, Content.of(new byte[4]), PutOptions.DEFAULT);
        storage.close();
        makeOld("text");

        storage = folder.open();

        assertThat(new String(read(storage, KEY), StandardCharsets.UTF_8)).isEqualTo("text");
        storage.objects().put(KEY, Content.of(bytes(5)), PutOptions.DEFAULT);
        assertThat(read(storage, KEY)).isEqualTo(bytes(5));
        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void backup_hasTheBytes_andCountsThem() throws IOException {
        storage.objects().put(KEY, Content.of(bytes(100)), PutOptions.DEFAULT);
        storage.objects().put(OTHER, Content.of(bytes(70_000)), PutOptions.DEFAULT);
        Path copy = Files.createDirectory(path.resolve("copy"));

        assertThat(new LocalStorageProvider().configure(new Settings(Map.of())).backup(path, copy))
                .contains(new StorageOpener.BackupSize(2, 70_100));

        try (Storage restored = new DataFolder(copy).open()) {
            assertThat(read(restored, KEY)).isEqualTo(bytes(100));
            assertThat(read(restored, OTHER)).isEqualTo(bytes(70_000));
        }
    }

    /** Downgrades to the first schema, with each object in a file. */
    private void makeOld(String text) throws IOException {
        folder.execute(
                "INSERT INTO segment (content_id, number, blob, size, md5, stored_at) SELECT id, 1, '" + BLOB
                        + "', 4, '', 0 FROM content; ALTER TABLE content DROP COLUMN bytes;"
                        + " ALTER TABLE content DROP COLUMN checksums; ALTER TABLE segment DROP COLUMN checksums; ALTER TABLE object DROP COLUMN headers;"
                        + " ALTER TABLE upload DROP COLUMN headers; DROP TABLE change; DROP TABLE change_journal; PRAGMA user_version = 1");
        Files.writeString(path.resolve("blobs/ef").resolve(BLOB), text);
    }

    private long contents() {
        return folder.number("SELECT count(*) FROM content");
    }

    private static Content unannounced(byte[] bytes) {
        return Content.once(new ByteArrayInputStream(bytes), OptionalLong.empty());
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static byte[] read(Storage storage, ObjectKey key) throws IOException {
        return storage.objects().read(key, ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }
}
