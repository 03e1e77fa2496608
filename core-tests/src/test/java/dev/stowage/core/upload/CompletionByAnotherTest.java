package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.signal.ProcessSignals;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A request for an upload that the recovery after a restart is completing at the same time. */
final class CompletionByAnotherTest extends ResumableSuite {

    @Test
    void offset_whileRecoveryCompletesTheUpload_isReturnedAfterwards() throws Exception {
        ResumableId id = create(OptionalLong.of(25));
        send(id, 0, "0123456789abcdefghij");
        leaveCompleting(id);
        BusyStorage busy = new BusyStorage(storage);

        CompletableFuture<Integer> recovery =
                CompletableFuture.supplyAsync(() -> new ResumeUploads(busy, sessions, POLICY, clock)
                        .resume(clock.instant().plusSeconds(1)));
        assertThat(busy.completing.await(10, TimeUnit.SECONDS)).isTrue();
        ResumableStatus status = new AppendToUpload(context(busy), POLICY).ask(ME, id);

        assertThat(busy.refused.getCount())
                .as("a second completion was rejected")
                .isZero();
        assertThat(status.isComplete()).isTrue();
        assertThat(status.offset()).isEqualTo(20);
        assertThat(recovery.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /** Leaves the upload as a process that ends between the record and the store. */
    private void leaveCompleting(ResumableId id) {
        UploadSession open = session(id);
        List<PartTag> parts = sessions.resumable().parts(open.id()).stream()
                .map((PartInfo part) -> new PartTag(part.number(), part.etag()))
                .toList();
        assertThat(sessions.change(open, open.completing(parts, 20, clock.instant())))
                .isTrue();
    }

    private ResumableContext context(Storage storage) {
        return new ResumableContext(
                storage,
                sessions,
                new UploadMemory(1 << 20),
                new UploadLocker(new ProcessSignals(), sessions.resumable()),
                UploadEvents.NONE,
                Runnable::run,
                clock);
    }

    /** A store that rejects the completion of an upload that it is completing, as S3 may; the first completion lasts until then. */
    private static final class BusyStorage extends ForwardingStorage {

        final CountDownLatch completing = new CountDownLatch(1);
        final CountDownLatch refused = new CountDownLatch(1);
        private final MultipartStore uploads;

        BusyStorage(Storage storage) {
            super(storage);
            this.uploads = new ForwardingMultipartStore(storage.uploads()) {
                @Override
                public ObjectInfo complete(
                        ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
                    if (completing.getCount() == 0) {
                        refused.countDown();
                        throw new Conflict("being completed");
                    }
                    completing.countDown();
                    awaitRefusal();
                    return super.complete(key, upload, parts, condition);
                }
            };
        }

        private void awaitRefusal() {
            try {
                assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public MultipartStore uploads() {
            return uploads;
        }
    }
}
