package dev.stowage.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.ListFiles;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.resumable.Append;
import dev.stowage.core.resumable.AppendBytes;
import dev.stowage.core.resumable.Attempts;
import dev.stowage.core.resumable.CreateResumable;
import dev.stowage.core.resumable.ExpirePieces;
import dev.stowage.core.resumable.ForgetResumable;
import dev.stowage.core.resumable.GetResumable;
import dev.stowage.core.resumable.JoinPieces;
import dev.stowage.core.resumable.PartSizes;
import dev.stowage.core.resumable.ResumableStatus;
import dev.stowage.core.resumable.UploadEvents;
import dev.stowage.core.resumable.UploadMemory;
import dev.stowage.core.resumable.Workshop;
import dev.stowage.core.session.ResumableId;
import dev.stowage.core.session.UploadSession;
import dev.stowage.core.upload.CompleteUpload;
import dev.stowage.core.upload.ExpireUploads;
import dev.stowage.core.upload.GetUpload;
import dev.stowage.core.upload.PutPart;
import dev.stowage.testkit.BreakingContent;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Uploads that go on at a byte: how bytes become parts, and parts a file. */
final class ResumableTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final long PART = 10;
    private static final Principal ME = Principal.of("key:me", "me", Rights.ALL);

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemorySessions sessions = new InMemorySessions();
    private final Workshop workshop = new Workshop(
            storage, sessions, new UploadMemory(1 << 20), new Attempts(), UploadEvents.NONE, Runnable::run, clock);
    private final CreateResumable create = new CreateResumable(
            workshop, LAYOUT, POLICY, new PartSizes(storage.uploads().limits(), PART));
    private final AppendBytes append = new AppendBytes(workshop, POLICY);
    private final GetResumable get = new GetResumable(workshop, POLICY);
    private final ForgetResumable forget = new ForgetResumable(workshop, POLICY);
    private final JoinPieces join = new JoinPieces(workshop, LAYOUT, POLICY);

    @Test
    void bytes_becomePartsOfOneSize_andTheRestIsKept() {
        ResumableId id = create(OptionalLong.of(100));

        assertThat(send(id, 0, "0123456789abcdefghijXYZ").offset()).isEqualTo(23);

        assertThat(storedParts(id)).extracting(PartInfo::size).containsExactly(10L, 10L);
        assertThat(get.get(ME, id).offset()).isEqualTo(23);
    }

    @Test
    void file_isThereWithTheLastByte_andNotBefore() throws IOException {
        ResumableId id = create(OptionalLong.of(12));

        assertThat(send(id, 0, "0123456789a").isComplete()).isFalse();
        assertThat(storage.objects().stat(KEY)).isEmpty();

        ResumableStatus last = send(id, 11, "b");
        assertThat(last.isComplete()).isTrue();
        assertThat(last.offset()).isEqualTo(12);
        assertThat(text(KEY)).isEqualTo("0123456789ab");
        assertThat(get.get(ME, id).isComplete()).isTrue();
    }

    @Test
    void emptyFile_isMadeByNoBytes() throws IOException {
        ResumableId id = create(OptionalLong.of(0));

        assertThat(send(id, 0, "").isComplete()).isTrue();
        assertThat(text(KEY)).isEmpty();
    }

    @Test
    void sameAnswer_whenAllIsThereAlready() {
        ResumableId id = create(OptionalLong.of(3));
        send(id, 0, "abc");

        assertThat(send(id, 3, "").isComplete()).isTrue();
        assertThatThrownBy(() -> send(id, 0, "abc")).isInstanceOf(Conflict.class);
    }

    @Test
    void wrongOffset_changesNothing_andIsToldTheRightOne() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789ab");

        for (long offset : new long[] {0, 10, 11, 13, 100}) {
            assertThatThrownBy(() -> send(id, offset, "x"))
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.detail()).containsEntry("offset", 12L));
        }
        assertThat(get.get(ME, id).offset()).isEqualTo(12);
    }

    @Test
    void bodyThatBreaksOff_isKeptAsFarAsItCame() {
        ResumableId id = create(OptionalLong.of(100));

        assertThatThrownBy(() -> append.append(ME, id, append(0, BreakingContent.after(13, 1, OptionalLong.of(50)))))
                .isInstanceOf(BrokenContent.class);

        assertThat(get.get(ME, id).offset()).isEqualTo(13);
    }

    @Test
    void tooManyBytes_areRefused_andTheUploadIsNotComplete() {
        ResumableId id = create(OptionalLong.of(5));

        assertThatThrownBy(() -> send(id, 0, "123456"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));

        assertThat(get.get(ME, id).offset()).isZero();
        assertThat(send(id, 0, "12345").isComplete()).isTrue();
    }

    @Test
    void wrongDigest_keepsNothingOfTheBody_partsNeither() throws IOException {
        ResumableId id = create(OptionalLong.of(31));
        send(id, 0, "01");
        Checksum other = Checksum.of(ChecksumAlgorithm.MD5, new byte[16]);

        assertThatThrownBy(() -> append.append(ME, id, checked(2, "23456789abcdefghijABCD", other)))
                .isInstanceOf(ChecksumMismatch.class);

        assertThat(get.get(ME, id).offset()).isEqualTo(2);
        String right = "23456789ABCDEFGHIJ!!!!!!!!!!!";
        assertThat(append.append(ME, id, checked(2, right, md5(right))).isComplete())
                .isTrue();
        assertThat(text(KEY)).isEqualTo("01" + right);
    }

    @Test
    void size_canComeLater_once() throws IOException {
        ResumableId id = create(OptionalLong.empty());
        send(id, 0, "0123456789abc");

        assertThatThrownBy(() -> append.append(ME, id, sized(13, 12, ""))).isInstanceOf(InvalidInput.class);
        assertThat(append.append(ME, id, sized(13, 15, "d")).size()).isEqualTo(OptionalLong.of(15));
        assertThatThrownBy(() -> append.append(ME, id, sized(14, 16, "e"))).isInstanceOf(InvalidInput.class);
        assertThat(send(id, 14, "e").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("0123456789abcde");
    }

    @Test
    void sizeThatIsThereAlready_makesTheFile() throws IOException {
        ResumableId id = create(OptionalLong.empty());
        send(id, 0, "0123456789abc");

        assertThat(append.append(ME, id, sized(13, 13, "")).isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("0123456789abc");
    }

    @Test
    void partsGrow_whereTenThousandWouldNotDo() {
        PartSizes sizes = new PartSizes(storage.uploads().limits(), PART);

        long size = 10_000L * (3 << 20) - 5;
        ResumableStatus large = new CreateResumable(workshop, LAYOUT, POLICY, sizes)
                .create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(size), "");

        assertThat(large.resumption().partSize()).isEqualTo(3 << 20);
        assertThatThrownBy(() -> create(OptionalLong.of(sizes.maxSize() + 1)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
    }

    @Test
    void slowBytes_goToTheRecord_beforeAPartIsFull() {
        ResumableId id = create(OptionalLong.of(9));
        SlowContent slow = new SlowContent(clock, Duration.ofSeconds(3), "12345678");

        assertThatThrownBy(() -> append.append(ME, id, append(0, slow))).isInstanceOf(BrokenContent.class);

        assertThat(slow.seen()).as("what was on record when the last byte came").isGreaterThanOrEqualTo(4);
        assertThat(get.get(ME, id).offset()).isEqualTo(8);
    }

    @Test
    void anothersUpload_isNotThere() {
        ResumableId id = create(OptionalLong.of(9));
        Principal other = Principal.of("key:other", "other", Rights.ALL);

        assertThatThrownBy(() -> get.get(other, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> append.append(other, id, append(0, Content.of(new byte[1]))))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> forget.forget(other, id)).isInstanceOf(NotFound.class);
    }

    @Test
    void forgotten_isGone_withWhatTheStoreHasOfIt() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789a");

        forget.forget(ME, id);

        assertThatThrownBy(() -> get.get(ME, id)).isInstanceOf(NotFound.class);
        assertThat(storage.uploads()
                        .listUploads(KeyPrefix.ALL, 10, Optional.empty())
                        .uploads())
                .isEmpty();
    }

    @Test
    void forgottenWhenComplete_leavesTheFile() {
        ResumableId id = create(OptionalLong.of(3));
        send(id, 0, "abc");

        forget.forget(ME, id);

        assertThatThrownBy(() -> get.get(ME, id)).isInstanceOf(NotFound.class);
        assertThat(storage.objects().stat(KEY)).isPresent();
    }

    @Test
    void partsOfIt_areNobodyElsesBusiness() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789a");
        UploadSession session = session(id);
        PutPart putPart = new PutPart(storage.uploads(), sessions, POLICY, clock);
        CompleteUpload complete = new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, clock);

        assertThatThrownBy(() ->
                        putPart.put(ME, KEY, session.id(), new PartNumber(1), Content.of(new byte[10]), List.of()))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> complete.complete(ME, KEY, session.id(), Optional.empty()))
                .isInstanceOf(Conflict.class);
        storage.uploads().putPart(KEY, session.id(), new PartNumber(2), Content.of(new byte[10]), List.of());
        assertThat(new GetUpload(storage.uploads(), sessions, POLICY)
                        .get(ME, KEY, session.id())
                        .bytes())
                .isEqualTo(11);
        assertThat(get.get(ME, id).offset()).isEqualTo(11);
    }

    @Test
    void expired_afterItsLastByte() {
        ResumableId id = create(OptionalLong.of(100));
        Duration ttl = Duration.ofHours(1);
        ExpireUploads expire = new ExpireUploads(storage.uploads(), sessions, clock, ttl);
        clock.advance(ttl.minusMinutes(1));
        send(id, 0, "01");
        clock.advance(ttl.minusMinutes(1));
        expire.expire();
        assertThat(get.get(ME, id).offset()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(2));
        expire.expire();

        assertThatThrownBy(() -> get.get(ME, id)).isInstanceOf(NotFound.class);
    }

    @Test
    void pieces_makeAFileTogether() throws IOException {
        ResumableId first = piece("The quick brown ");
        ResumableId second = piece("fox");

        ResumableStatus made = join.join(ME, KEY, ObjectAttributes.DEFAULT, List.of(second, first, second), "memo");

        assertThat(text(KEY)).isEqualTo("foxThe quick brown fox");
        assertThat(made.isComplete()).isTrue();
        ResumableStatus later = get.get(ME, made.resumption().id());
        assertThat(later.offset()).isEqualTo(22);
        assertThat(later.resumption().memo()).isEqualTo("memo");
    }

    @Test
    void pieceThatIsNotComplete_orNone_makesNoFile() {
        ResumableId open =
                create.createPiece(ME, OptionalLong.of(5), "").resumption().id();
        ResumableId file = create(OptionalLong.of(5));

        for (ResumableId id : List.of(open, file)) {
            assertThatThrownBy(() -> join.join(ME, KEY, ObjectAttributes.DEFAULT, List.of(id), ""))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> join.join(ME, KEY, ObjectAttributes.DEFAULT, List.of(ResumableId.random()), ""))
                .isInstanceOf(NotFound.class);
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void pieces_areHidden() {
        ResumableId id = piece("abc");
        ObjectKey key = session(id).key();
        ListFiles list = new ListFiles(storage.objects(), POLICY);

        assertThat(list.list(ME, ListQuery.of(KeyPrefix.ALL)).objects()).isEmpty();
        assertThat(list.list(ME, new ListQuery(KeyPrefix.ALL, Optional.of("/"), 100, Optional.empty()))
                        .commonPrefixes())
                .isEmpty();
        assertThatThrownBy(() -> KeyLayout.parse("open").check(key)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void completePieces_areFreedAfterAWhile() {
        ResumableId id = piece("abc");
        ObjectKey key = session(id).key();
        ExpirePieces expire = new ExpirePieces(storage.objects(), sessions, clock, Duration.ofHours(1));

        assertThat(expire.expire()).isZero();
        clock.advance(Duration.ofMinutes(61));

        assertThat(expire.expire()).isEqualTo(1);
        assertThat(storage.objects().stat(key)).isEmpty();
        assertThatThrownBy(() -> get.get(ME, id)).isInstanceOf(NotFound.class);
    }

    private ResumableId piece(String text) {
        ResumableId id = create.createPiece(ME, OptionalLong.of(text.length()), "")
                .resumption()
                .id();
        assertThat(send(id, 0, text).isComplete()).isTrue();
        return id;
    }

    private ResumableId create(OptionalLong size) {
        return create.create(ME, KEY, ObjectAttributes.DEFAULT, size, "")
                .resumption()
                .id();
    }

    private ResumableStatus send(ResumableId id, long offset, String text) {
        return append.append(ME, id, append(offset, Content.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Append append(long offset, Content body) {
        return new Append(OptionalLong.of(offset), OptionalLong.empty(), false, body, List.of(), () -> {});
    }

    private static Append sized(long offset, long size, String text) {
        Content body = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return new Append(OptionalLong.of(offset), OptionalLong.of(size), false, body, List.of(), () -> {});
    }

    private static Append checked(long offset, String text, Checksum digest) {
        Content body = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return new Append(OptionalLong.of(offset), OptionalLong.empty(), false, body, List.of(digest), () -> {});
    }

    private static Checksum md5(String text) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.MD5.newHasher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        return Checksum.of(ChecksumAlgorithm.MD5, hasher.finish());
    }

    private UploadSession session(ResumableId id) {
        return sessions.resumable().find(id).orElseThrow();
    }

    private List<PartInfo> storedParts(ResumableId id) {
        return storage.uploads()
                .listParts(KEY, session(id).id(), 100, Optional.empty())
                .parts();
    }

    private String text(ObjectKey key) throws IOException {
        return storage.objects()
                .read(
                        key,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Bytes that come one at a time, each after a while, and then break off. */
    private final class SlowContent implements Content {

        private final TestClock clock;
        private final Duration pause;
        private final String text;
        private long seen;

        SlowContent(TestClock clock, Duration pause, String text) {
            this.clock = clock;
            this.pause = pause;
            this.text = text;
        }

        /** The upload's offset when the last byte came. */
        long seen() {
            return seen;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private int position;

                @Override
                public int read() throws IOException {
                    if (position == text.length()) {
                        throw new IOException("broken");
                    }
                    clock.advance(pause);
                    seen = sessions.resumable().extent(uploadId()).offset();
                    return text.charAt(position++);
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    buffer[offset] = (byte) read();
                    return 1;
                }
            };
        }

        private UploadId uploadId() {
            return storage.uploads()
                    .listUploads(KeyPrefix.ALL, 1, Optional.empty())
                    .uploads()
                    .get(0)
                    .id();
        }
    }
}
