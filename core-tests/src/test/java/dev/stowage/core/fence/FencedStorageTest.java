package dev.stowage.core.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FencedStorageTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    private final InMemoryStorage store = new InMemoryStorage();
    private boolean held = true;
    private final Storage fenced = new FencedStorage(store, () -> () -> held);

    @Test
    void withoutItsLease_aProcessChangesNothing() {
        fenced.objects().put(KEY, Content.of(new byte[1]), PutOptions.DEFAULT);
        UploadId upload = fenced.uploads().create(KEY, ObjectAttributes.DEFAULT);
        PartInfo part = fenced.uploads().putPart(KEY, upload, new PartNumber(1), Content.of(new byte[1]), List.of());
        List<PartTag> parts = List.of(new PartTag(part.number(), part.etag()));
        held = false;

        assertRefused(() -> fenced.objects().delete(List.of(KEY)));
        assertRefused(() -> fenced.objects().put(KEY, Content.of(new byte[2]), PutOptions.DEFAULT));
        assertRefused(() -> fenced.uploads().create(KEY, ObjectAttributes.DEFAULT));
        assertRefused(() -> fenced.uploads().complete(KEY, upload, parts, WriteCondition.NONE));
        assertRefused(() -> fenced.uploads().abort(KEY, upload));
        assertThat(fenced.objects().stat(KEY).orElseThrow().size()).isEqualTo(1);

        held = true;
        fenced.uploads().complete(KEY, upload, parts, WriteCondition.NONE);
    }

    @Test
    void putThatLosesItsLease_storesNothing() {
        Content body = CheckedContent.of(Content.of(new byte[10]), (size, complete) -> held = false);

        assertRefused(() -> fenced.objects().put(KEY, body, PutOptions.DEFAULT));

        assertThat(store.objects().stat(KEY)).isEmpty();
    }

    @Test
    void workOnAJob_needsItsOwnFence_andTheLease() {
        AtomicBoolean claimed = new AtomicBoolean(true);
        ObjectStore work = fenced.objects().under(claimed::get);
        work.put(KEY, Content.of(new byte[1]), PutOptions.DEFAULT);

        held = false;
        assertThatThrownBy(() -> work.delete(List.of(KEY))).isInstanceOf(ClaimLost.class);
        held = true;
        claimed.set(false);
        assertThatThrownBy(() -> work.delete(List.of(KEY))).isInstanceOf(ClaimLost.class);

        assertThat(store.objects().stat(KEY)).isPresent();
    }

    private static void assertRefused(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(StorageUnavailable.class);
    }
}
