package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.OWNER;
import static dev.stowage.app.statements.CountedNode.PART_SIZE;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.upload.AppendRequest;
import dev.stowage.core.upload.ResumableUploads;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements resumable uploads cost. */
final class ResumableStatementsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    /** As tus requests it; the draft of the IETF needs the digest of the file. */
    private static final Optional<List<Checksum>> NO_DIGEST = Optional.empty();

    private static final Optional<List<Checksum>> DIGEST = Optional.of(List.of());

    private static final int SHORT = 100;
    private static final int LONG = 3 * PART_SIZE;

    @TempDir
    private Path folder;

    @Test
    void creation_ofAFileOfUpToOnePart() {
        assertCosts(new Costs(3, 2, 1), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            return () -> create(uploads, SHORT);
        });
    }

    @Test
    void allBytes_ofAFileOfUpToOnePart() {
        assertCosts(new Costs(4, 4, 2), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, SHORT);
            return () -> append(uploads, upload, 0, SHORT, NO_DIGEST);
        });
    }

    @Test
    void creation_withAllBytesOfAFileOfUpToOnePart() {
        assertCosts(new Costs(5, 4, 2), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            return () -> uploads.create(
                    OWNER,
                    KEY,
                    ObjectAttributes.DEFAULT,
                    OptionalLong.of(SHORT),
                    "",
                    Preconditions.NONE,
                    bytes(0, SHORT, NO_DIGEST));
        });
    }

    @Test
    void creation_ofALongerFile() {
        assertCosts(new Costs(5, 4, 2), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            return () -> create(uploads, LONG);
        });
    }

    @Test
    void wholePart() {
        assertCosts(new Costs(13, 12, 2), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, LONG);
            return () -> append(uploads, upload, 0, PART_SIZE, NO_DIGEST);
        });
    }

    @Test
    void wholePart_withADigest() {
        assertCosts(new Costs(19, 18, 4), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, LONG);
            return () -> append(uploads, upload, 0, PART_SIZE, DIGEST);
        });
    }

    @Test
    void bytesShortOfAPart() {
        assertCosts(new Costs(11, 10, 2), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, LONG);
            append(uploads, upload, 0, PART_SIZE, NO_DIGEST);
            return () -> append(uploads, upload, PART_SIZE, SHORT, NO_DIGEST);
        });
    }

    @Test
    void lastPart() {
        assertCosts(new Costs(20, 19, 4), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, LONG);
            append(uploads, upload, 0, LONG - PART_SIZE, NO_DIGEST);
            return () -> append(uploads, upload, LONG - PART_SIZE, PART_SIZE, NO_DIGEST);
        });
    }

    @Test
    void offset() {
        assertCosts(new Costs(9, 8, 1), node -> {
            ResumableUploads uploads = node.services().resumableUploads();
            ResumableId upload = create(uploads, LONG);
            append(uploads, upload, 0, PART_SIZE, NO_DIGEST);
            return () -> uploads.get(OWNER, upload);
        });
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static ResumableId create(ResumableUploads uploads, long size) {
        return uploads.create(OWNER, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(size), "", Preconditions.NONE)
                .session()
                .resumption()
                .orElseThrow()
                .id();
    }

    private static void append(
            ResumableUploads uploads, ResumableId id, long offset, int length, Optional<List<Checksum>> digests) {
        uploads.append(OWNER, id, bytes(offset, length, digests));
    }

    private static AppendRequest bytes(long offset, int length, Optional<List<Checksum>> digests) {
        return new AppendRequest(
                OptionalLong.of(offset),
                OptionalLong.empty(),
                false,
                Content.of(new byte[length]),
                List.of(),
                digests,
                () -> {});
    }
}
