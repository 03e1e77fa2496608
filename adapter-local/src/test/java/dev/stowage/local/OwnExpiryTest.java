package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.PutOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The journal tells when an object expires by itself, so that the service need not look at each object. */
final class OwnExpiryTest extends OpenFolder {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final ObjectAttributes EXPIRING =
            ObjectAttributes.DEFAULT.expiring(Optional.of(OwnExpiry.inSeconds(60)));

    @Test
    void put_isJournaledWithItsExpiry() {
        ObjectInfo stored = storage.objects()
                .put(KEY, Content.of(new byte[1]), PutOptions.of(EXPIRING))
                .info();
        assertThat(lastExpiry()).contains(stored.lastModified().plusSeconds(60));

        storage.objects().put(KEY, Content.of(new byte[1]), PutOptions.DEFAULT);
        assertThat(lastExpiry()).isEmpty();
    }

    @Test
    void completedUpload_isJournaledWithItsExpiry() {
        UploadId upload = storage.uploads().create(KEY, EXPIRING);
        PartInfo part = storage.uploads().putPart(KEY, upload, new PartNumber(1), Content.of(new byte[1]), List.of());

        ObjectInfo stored = storage.uploads()
                .complete(KEY, upload, List.of(new PartTag(part.number(), part.etag())), WriteCondition.NONE);

        assertThat(lastExpiry()).contains(stored.lastModified().plusSeconds(60));
    }

    private Optional<Instant> lastExpiry() {
        List<ChangeJournal.Change> changes = storage.journal().orElseThrow().after(0, 100);
        return changes.get(changes.size() - 1).event().expiresAt();
    }
}
