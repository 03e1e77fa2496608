package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.HashedBytes;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No byte is hashed twice by the same algorithm. */
final class HashedBytesTest extends OpenFolder {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final int SIZE = 300_000;

    @ParameterizedTest
    @CsvSource({"1000, true", "1000, false", "300000, true", "300000, false"})
    void put_withDigests_computesEachOnce(int size, boolean announced) {
        List<Checksum> sent = List.of(digest(ChecksumAlgorithm.MD5, size), digest(ChecksumAlgorithm.SHA256, size));

        try (HashedBytes hashed = HashedBytes.count()) {
            put(size, announced, sent);

            assertThat(hashed.of(ChecksumAlgorithm.MD5)).isEqualTo(size);
            assertThat(hashed.of(ChecksumAlgorithm.SHA256)).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "1000, false", "300000, true", "300000, false"})
    void put_withAnotherMd5_storesNothing(int size, boolean announced) {
        List<Checksum> wrong = List.of(digest(ChecksumAlgorithm.MD5, size - 1));

        assertThatThrownBy(() -> put(size, announced, wrong))
                .isInstanceOfSatisfying(
                        ChecksumMismatch.class,
                        mismatch -> assertThat(mismatch.detail())
                                .containsEntry("algorithm", "md5")
                                .containsEntry("expected", wrong.get(0).base64())
                                .containsEntry(
                                        "actual",
                                        digest(ChecksumAlgorithm.MD5, size).base64()));

        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(folder.blobs()).isEmpty();
    }

    @Test
    void part_withDigests_computesEachOnce() {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        List<Checksum> sent = List.of(digest(ChecksumAlgorithm.MD5, SIZE), digest(ChecksumAlgorithm.SHA256, SIZE));

        try (HashedBytes hashed = HashedBytes.count()) {
            storage.uploads().putPart(KEY, upload, new PartNumber(1), Content.of(new byte[SIZE]), sent);

            assertThat(hashed.of(ChecksumAlgorithm.MD5)).isEqualTo(SIZE);
            assertThat(hashed.of(ChecksumAlgorithm.SHA256)).isEqualTo(SIZE);
        }
    }

    private void put(int size, boolean announced, List<Checksum> sent) {
        Content body = Content.once(
                new ByteArrayInputStream(new byte[size]), announced ? OptionalLong.of(size) : OptionalLong.empty());
        storage.objects().put(KEY, body, new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, sent));
    }

    private static Checksum digest(ChecksumAlgorithm algorithm, int size) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(new byte[size], 0, size);
        return Checksum.of(algorithm, hasher.finish());
    }
}
