package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.PutOptions;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded store keeps the digests that bodies were sent with. */
final class KeptChecksumsTest extends OpenFolder {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final ObjectKey OTHER = new ObjectKey("raw/p/b");
    private static final int PART = 1000;

    @ParameterizedTest
    @CsvSource({"10, true", "10, false", "100000, true", "100000, false"})
    void put_keepsDigests_exceptTheMd5(int size, boolean announced) {
        List<Checksum> sent = List.of(
                digest(ChecksumAlgorithm.CRC32C, size),
                digest(ChecksumAlgorithm.MD5, size),
                digest(ChecksumAlgorithm.SHA256, size));
        Content body = Content.once(
                new ByteArrayInputStream(new byte[size]), announced ? OptionalLong.of(size) : OptionalLong.empty());

        storage.objects().put(KEY, body, new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, sent));
        storage.objects().copy(KEY, OTHER, CopyOptions.DEFAULT);

        assertThat(inspect(KEY).checksums()).containsExactly(sent.get(0), sent.get(2));
        assertThat(inspect(OTHER).checksums()).containsExactly(sent.get(0), sent.get(2));
    }

    @Test
    void put_withoutDigests_keepsNone() {
        storage.objects().put(KEY, Content.of(new byte[10]), PutOptions.DEFAULT);

        assertThat(inspect(KEY).checksums()).isEmpty();
    }

    @Test
    void parts_keepTheirs_alsoInTheObject() {
        Checksum first = digest(ChecksumAlgorithm.SHA1, PART);
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        PartInfo one = part(upload, 1, PART, List.of(first));
        PartInfo two = part(upload, 2, 10, List.of());

        assertThat(storage.uploads()
                        .listParts(KEY, upload, 10, Optional.empty())
                        .items())
                .containsExactly(one, two);
        assertThat(one.checksums()).containsExactly(first);
        storage.uploads()
                .complete(
                        KEY,
                        upload,
                        List.of(new PartTag(one.number(), one.etag()), new PartTag(two.number(), two.etag())),
                        WriteCondition.NONE);
        assertThat(inspect(KEY).checksums()).isEmpty();
        assertThat(inspect(KEY).partSizes()).containsExactly((long) PART, 10L);
        assertThat(inspect(KEY).partChecksums()).containsExactly(List.of(first), List.of());
    }

    private PartInfo part(UploadId upload, int number, int size, List<Checksum> sent) {
        return storage.uploads().putPart(KEY, upload, new PartNumber(number), Content.of(new byte[size]), sent);
    }

    private ObjectRecord inspect(ObjectKey key) {
        return storage.objects().inspect(key).orElseThrow();
    }

    private static Checksum digest(ChecksumAlgorithm algorithm, int size) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(new byte[size], 0, size);
        return Checksum.of(algorithm, hasher.finish());
    }
}
