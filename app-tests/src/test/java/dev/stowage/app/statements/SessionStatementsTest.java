package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.OWNER;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.upload.Uploads;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements multipart uploads cost. */
final class SessionStatementsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    @TempDir
    private Path folder;

    @Test
    void creation() {
        assertCosts(new Costs(5, 4, 2), node -> {
            Uploads uploads = node.services().uploads();
            return () -> create(uploads);
        });
    }

    @Test
    void part() {
        assertCosts(new Costs(2, 9, 2), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = create(uploads);
            return () -> put(uploads, upload, 1);
        });
    }

    @Test
    void part_underAQuota() {
        assertCosts(new Costs(6, 13, 2), node -> {
            Uploads uploads = node.services(node.withQuotas()).uploads();
            UploadId upload = create(uploads);
            return () -> put(uploads, upload, 1);
        });
    }

    @Test
    void status_whenTheRecordMatchesTheStore() {
        assertCosts(new Costs(5, 5, 0), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = withThreeParts(uploads);
            return () -> uploads.get(OWNER, KEY, upload);
        });
    }

    @Test
    void status_afterAPartWasSentToTheStoreDirectly() {
        assertCosts(new Costs(8, 8, 1), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = withThreeParts(uploads);
            put(node.storage, upload, 2);
            return () -> uploads.get(OWNER, KEY, upload);
        });
    }

    @Test
    void pageOfParts() {
        assertCosts(new Costs(2, 2, 0), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = withThreeParts(uploads);
            return () -> uploads.listParts(OWNER, KEY, upload, 1000, Optional.empty());
        });
    }

    @Test
    void pageOfUploads() {
        assertCosts(new Costs(1, 1, 0), node -> {
            Uploads uploads = node.services().uploads();
            for (int i = 0; i < 10; i++) {
                UploadId unused = withThreeParts(uploads);
            }
            return () -> uploads.list(OWNER, KeyPrefix.ALL, 1000, Optional.empty());
        });
    }

    @Test
    void completion() {
        assertCosts(new Costs(7, 7, 2), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = withThreeParts(uploads);
            return () -> uploads.complete(OWNER, KEY, upload, Optional.empty(), Preconditions.NONE);
        });
    }

    @Test
    void completion_underAQuota() {
        assertCosts(new Costs(17, 15, 4), node -> {
            Uploads uploads = node.services(node.withQuotas()).uploads();
            UploadId upload = withThreeParts(uploads);
            return () -> uploads.complete(OWNER, KEY, upload, Optional.empty(), Preconditions.NONE);
        });
    }

    @Test
    void abort() {
        assertCosts(new Costs(3, 3, 2), node -> {
            Uploads uploads = node.services().uploads();
            UploadId upload = withThreeParts(uploads);
            return () -> uploads.abort(OWNER, KEY, upload);
        });
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static UploadId create(Uploads uploads) {
        return uploads.create(OWNER, KEY, ObjectAttributes.DEFAULT).id();
    }

    private static UploadId withThreeParts(Uploads uploads) {
        UploadId upload = create(uploads);
        for (int number = 1; number <= 3; number++) {
            put(uploads, upload, number);
        }
        return upload;
    }

    private static void put(Uploads uploads, UploadId upload, int number) {
        uploads.putPart(OWNER, KEY, upload, new PartNumber(number), Content.of(new byte[] {1, 2, 3}), List.of());
    }

    private static void put(Storage storage, UploadId upload, int number) {
        storage.uploads().putPart(KEY, upload, new PartNumber(number), Content.of(new byte[] {1}), List.of());
    }
}
