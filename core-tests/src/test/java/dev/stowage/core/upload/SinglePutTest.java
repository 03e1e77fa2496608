package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Resumable uploads of files that are short enough to be put at once. */
final class SinglePutTest extends ResumableSuite {

    @Test
    void wholeFileInOneRequest_takesOneStepToCreate_andThreeToStore() throws IOException {
        CrashPoint counting = CrashPoint.never();
        ResumableContext counted = process(counting);
        ResumableId id = create(counted, 8);
        assertThat(counting.steps()).as("durable steps to create").isEqualTo(1);

        ResumableStatus status = new AppendToUpload(counted, POLICY).append(ME, id, append(0, content("12345678")));

        assertThat(counting.steps())
                .as("durable steps in all: the put, and one before and after it")
                .isEqualTo(4);
        assertThat(status.isComplete()).isTrue();
        assertThat(status.offset()).isEqualTo(8);
        assertThat(session(id)).isEqualTo(status.session());
        assertThat(text(KEY)).isEqualTo("12345678");
        assertThat(multipartUploads()).isZero();
        ObjectInfo info = storage.objects().stat(KEY).orElseThrow();
        assertThat(session(id).completion().orElseThrow().etag()).contains(info.etag());
    }

    @Test
    void wholeFileWithTheCreation_takesThreeSteps() throws IOException {
        CrashPoint counting = CrashPoint.never();

        ResumableStatus status = createWith(process(counting), 8, append(0, content("12345678")));

        assertThat(counting.steps()).as("durable steps").isEqualTo(3);
        assertThat(status.isComplete()).isTrue();
        assertThat(session(status.resumption().id())).isEqualTo(status.session());
        assertThat(text(KEY)).isEqualTo("12345678");
    }

    @Test
    void firstBytesWithTheCreation_areKept_andTheRestFollows() throws IOException {
        ResumableStatus status = createWith(context, 8, append(0, content("123")));
        assertThat(status.offset()).isEqualTo(3);
        assertThat(send(status.resumption().id(), 3, "45678").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("12345678");

        ResumableStatus nothing = createWith(context, 8, append(0, content("")));
        assertThat(append.ask(ME, nothing.resumption().id()).offset()).isZero();
    }

    @Test
    void creationWithAWrongDigest_leavesNothing_alsoWithoutMemory() {
        ResumableContext little = new ResumableContext(
                storage, sessions, new UploadMemory(0), context.locker(), UploadEvents.NONE, Runnable::run, clock);

        for (ResumableContext some : List.of(context, little)) {
            assertThatThrownBy(() -> createWith(some, 3, checked("abc", "abd"))).isInstanceOf(ChecksumMismatch.class);
        }

        assertThat(sessions.list(Optional.empty(), KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .isEmpty();
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void fileLargerThanAPart_isAMultipartUpload() {
        create(OptionalLong.of(PART));
        assertThat(multipartUploads()).isZero();

        create(OptionalLong.of(PART + 1));
        create(OptionalLong.empty());
        create.create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(1), "", Preconditions.IF_ABSENT);

        assertThat(multipartUploads()).isEqualTo(3);
    }

    @Test
    void fileOfExactlyAPart_andEmptyFile_arePut() throws IOException {
        ResumableId full = create(OptionalLong.of(PART));
        assertThat(send(full, 0, "0123456789").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("0123456789");

        ResumableId empty = create(OptionalLong.of(0));
        assertThat(send(empty, 0, "").isComplete()).isTrue();
        assertThat(text(KEY)).isEmpty();
    }

    @Test
    void bytesOfABrokenRequest_areKept_andTheRestFollows() throws IOException {
        ResumableId id = create(OptionalLong.of(8));

        assertThatThrownBy(() -> append.append(ME, id, append(0, broken("123"))))
                .isInstanceOf(BrokenContent.class);

        assertThat(append.ask(ME, id).offset()).isEqualTo(3);
        assertThatThrownBy(() -> send(id, 2, "345678")).isInstanceOf(Conflict.class);
        assertThat(send(id, 3, "45678").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("12345678");
        assertThat(multipartUploads()).isZero();
    }

    @Test
    void wrongDigest_keepsNothing() throws IOException {
        ResumableId id = create(OptionalLong.of(3));

        assertThatThrownBy(() -> append.append(ME, id, checked("abc", "abd"))).isInstanceOf(ChecksumMismatch.class);

        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(append.ask(ME, id).offset()).isZero();
        assertThat(append.append(ME, id, checked("abc", "abc")).isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("abc");
    }

    @Test
    void repetition_afterTheEnd_isAnswered_withoutAnotherPut() throws IOException {
        ResumableId id = create(OptionalLong.of(3));
        send(id, 0, "abc");

        assertThat(append.ask(ME, id).isComplete()).isTrue();
        assertThat(send(id, 3, "").isComplete()).isTrue();
        assertThatThrownBy(() -> send(id, 0, "xyz")).isInstanceOf(Conflict.class);
        assertThat(text(KEY)).isEqualTo("abc");
    }

    @Test
    void failedPut_leavesTheUploadOpen() throws IOException {
        ResumableId id = create(OptionalLong.of(3));
        ResumableContext failing = on(new FailingStorage(() -> {}));

        assertThatThrownBy(() -> new AppendToUpload(failing, POLICY).append(ME, id, append(0, content("abc"))))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(session(id).state()).isEqualTo(UploadState.OPEN);
        assertThat(append.ask(ME, id).offset()).isZero();
        assertThat(send(id, 0, "abc").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("abc");
    }

    @Test
    void nothingTakesOver_whileTheFileIsBeingPut() {
        ResumableId id = create(OptionalLong.of(3));
        ResumableContext checking = on(new FailingStorage(() -> {
            UploadSession putting = session(id);
            assertThat(putting.state()).isEqualTo(UploadState.COMPLETING);
            assertThat(sessions.resumable().begin(putting.id())).isEmpty();
        }));

        assertThatThrownBy(() -> new AppendToUpload(checking, POLICY).append(ME, id, append(0, content("abc"))))
                .isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void termination_needsNoStore() {
        ResumableId id = create(OptionalLong.of(3));

        terminate.terminate(ME, id);

        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(StorageException.class);
        assertThat(session(id).state()).isEqualTo(UploadState.ABORTED);
    }

    @Test
    void maintenance_reopensThePut_thatACrashInterrupted() throws IOException {
        ResumableId id = create(OptionalLong.of(3));
        UploadSession putting = sessions.resumable()
                .beginPut(sessions.resumable().current(id).orElseThrow().newest(), session(id), 3, clock.instant())
                .orElseThrow();

        assertThat(new ResumeUploads(storage, sessions, POLICY, clock)
                        .resume(clock.instant().plusMillis(1)))
                .isEqualTo(1);

        assertThat(session(id).state()).isEqualTo(UploadState.OPEN);
        assertThat(sessions.change(putting, putting.completed(new Etag("e"), clock.instant())))
                .isFalse();
        assertThat(send(id, 0, "abc").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("abc");
    }

    private static ResumableStatus createWith(ResumableContext context, long size, AppendRequest first) {
        PartSizes sizes = new PartSizes(context.storage().uploads().limits(), PART);
        return new CreateResumable(context, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
                .create(
                        ME,
                        KEY,
                        ObjectAttributes.DEFAULT,
                        OptionalLong.of(size),
                        "",
                        Preconditions.NONE,
                        Optional.of(first));
    }

    private static ResumableId create(ResumableContext context, long size) {
        PartSizes sizes = new PartSizes(context.storage().uploads().limits(), PART);
        return new CreateResumable(context, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
                .create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(size), "", Preconditions.NONE)
                .resumption()
                .id();
    }

    private ResumableContext process(CrashPoint crash) {
        return new ResumableContext(
                new CrashingStorage(storage, crash),
                new CrashingSessions(sessions, crash),
                context.memory(),
                new UploadLocker(signals, sessions.resumable()),
                UploadEvents.NONE,
                Runnable::run,
                clock);
    }

    private ResumableContext on(ForwardingStorage other) {
        return new ResumableContext(
                other, sessions, context.memory(), context.locker(), UploadEvents.NONE, Runnable::run, clock);
    }

    private int multipartUploads() {
        return storage.uploads()
                .listUploads(KeyPrefix.ALL, 10, Optional.empty())
                .items()
                .size();
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Content broken(String text) {
        InputStream cut = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        return Content.once(
                new SequenceInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), cut),
                OptionalLong.empty());
    }

    private static AppendRequest checked(String text, String hashed) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA1.newHasher();
        byte[] bytes = hashed.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        Checksum digest = Checksum.of(ChecksumAlgorithm.SHA1, hasher.finish());
        return new AppendRequest(
                OptionalLong.of(0), OptionalLong.empty(), false, content(text), List.of(digest), () -> {});
    }

    /** A store whose puts fail, after something else was done. */
    private final class FailingStorage extends ForwardingStorage {

        private final ObjectStore objects;

        FailingStorage(Runnable before) {
            super(storage);
            objects = new ForwardingObjectStore(storage.objects()) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    before.run();
                    throw new StorageUnavailable("the store does not respond", null);
                }
            };
        }

        @Override
        public ObjectStore objects() {
            return objects;
        }
    }
}
