package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recorded properties of an object's bytes are correct. */
interface InspectContract extends MultipartFixture {

    @Test
    default void inspect_ofMissingObject_isEmpty() {
        assertThat(store().inspect(key("missing"))).isEmpty();
    }

    @Test
    default void inspect_agreesWithStat_andReturnsCorrectChecksums() {
        byte[] bytes = "text".getBytes(StandardCharsets.UTF_8);
        ObjectInfo info = put(key("small"), Content.of(bytes));

        ObjectRecord recorded = store().inspect(key("small")).orElseThrow();

        assertThat(recorded.info().etag()).isEqualTo(info.etag());
        assertThat(recorded.info().size()).isEqualTo(4);
        assertThat(recorded.partSizes()).isEmpty();
        if (recorded.tagMeaning() == TagMeaning.DIGEST) {
            assertThat(info.etag().value()).isEqualTo("1cb251ec0d568de6a929b520c4aed8d1");
        }
        for (Checksum checksum : recorded.checksums()) {
            ChecksumAlgorithm.Hasher hasher = checksum.algorithm().newHasher();
            hasher.update(bytes, 0, bytes.length);
            assertThat(Checksum.of(checksum.algorithm(), hasher.finish())).isEqualTo(checksum);
        }
    }

    @Test
    default void inspect_knowsTheChecksumsOfThePut_alsoOfACopy() {
        assumeTrue(can(Capability.SENT_CHECKSUMS), "the store need not keep checksums");
        for (int size : new int[] {100, 100_000}) {
            List<Checksum> sent = List.of(
                    Bodies.checksum(ChecksumAlgorithm.SHA256, size, 1),
                    Bodies.checksum(ChecksumAlgorithm.CRC32C, size, 1));
            store().put(
                            key("sent"),
                            Bodies.pattern(size, 1),
                            new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, sent));
            store().copy(key("sent"), key("copy"), CopyOptions.DEFAULT);

            for (ObjectKey key : List.of(key("sent"), key("copy"))) {
                assertThat(store().inspect(key).orElseThrow().checksums()).containsExactlyInAnyOrderElementsOf(sent);
            }
        }
    }

    /** A store need not report part sizes; those that it reports must produce the ETag. */
    @Test
    default void inspect_ofAnObjectOfParts_returnsPartsThatMakeTheTag() throws IOException {
        UploadId upload = create(key("parts"));
        List<PartTag> parts = List.of(
                putPart(key("parts"), upload, 1, partSize()),
                putPart(key("parts"), upload, 2, partSize() + 1),
                putPart(key("parts"), upload, 3, 1));
        ObjectInfo completed = complete(key("parts"), upload, parts);

        List<Long> sizes = store().inspect(key("parts")).orElseThrow().partSizes();

        if (!sizes.isEmpty() && MultipartEtag.of(List.of(completed.etag())).isEmpty()) {
            assertThat(MultipartEtag.of(digests(sizes))).contains(completed.etag());
        }
    }

    private List<Etag> digests(List<Long> sizes) throws IOException {
        return store().read(key("parts"), ReadOptions.ALL, (info, span, body) -> {
            List<Etag> digests = new ArrayList<>();
            for (long size : sizes) {
                byte[] part = body.readNBytes((int) size);
                ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
                md5.update(part, 0, part.length);
                digests.add(new Etag(HexFormat.of().formatHex(md5.finish())));
            }
            assertThat(body.read()).isEqualTo(-1);
            return digests;
        });
    }
}
