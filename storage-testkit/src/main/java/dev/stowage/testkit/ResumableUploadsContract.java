package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadSessions;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of resumable uploads. */
public abstract class ResumableUploadsContract {

    /** Conditions of every kind. */
    static final Preconditions CONDITIONS = new Preconditions(
            Optional.of(TagList.parse("If-Match", "\"a=b\", W/\"\"")),
            Optional.of(TagList.ANY),
            Optional.of(Instant.parse("2025-11-30T12:00:00Z")));

    private static final Instant START = Instant.parse("2025-11-30T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(60);
    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");

    private UploadSessions sessions;
    private ResumableSessions uploads;

    /** Opens an empty record. */
    protected abstract UploadSessions open();

    /** Releases the resources of {@link #open}. */
    protected void close() {}

    /** Returns the record as seen by another process, or by this one after a restart. */
    protected UploadSessions reopen() {
        return sessions;
    }

    @BeforeEach
    final void openSessions() {
        sessions = open();
        uploads = sessions.resumable();
    }

    @AfterEach
    final void closeSessions() {
        close();
    }

    @Test
    void session_isFoundOnlyByItsId() {
        UploadSession session = add("u1", false);

        assertThat(reopen().resumable().find(name(session))).contains(session);
        assertThat(uploads.find(ResumableId.random())).isEmpty();
    }

    @Test
    void offset_includesPartsAndKeptBytes_inEveryProcess() {
        FencingToken token = begin(add("u1", false));

        assertThat(uploads.commit(token, List.of(part(1, 100), part(2, 100)), START))
                .isTrue();
        assertThat(uploads.keep(token, 200, List.of(new byte[30], new byte[5]), START))
                .isTrue();

        assertThat(reopen().resumable().offset(token.upload())).isEqualTo(new UploadOffset(200, 35));
        assertThat(reopen().resumable().parts(token.upload())).containsExactly(part(1, 100), part(2, 100));
        UploadSession session = reopen().find(key("u1"), token.upload()).orElseThrow();
        assertThat(sessions.progress(session)).isEqualTo(new UploadProgress(session, 2, 235));
    }

    @Test
    void rewind_deletesThePartsFromThere_andAllPendingBytes() {
        FencingToken token = begin(add("u1", false));
        uploads.commit(token, List.of(part(1, 100), part(2, 100), part(3, 100)), START);
        uploads.keep(token, 300, List.of(new byte[30]), START);

        assertThat(uploads.rewind(token, new PartNumber(2), LATER)).isTrue();

        assertThat(reopen().resumable().offset(token.upload())).isEqualTo(new UploadOffset(100, 0));
        assertThat(reopen().resumable().parts(token.upload())).containsExactly(part(1, 100));
        assertThat(uploads.keep(token, 100, List.of(new byte[5]), LATER)).isTrue();
        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(105);
    }

    @Test
    void current_isTheNewestTokenOfOpenUploads() {
        UploadSession session = add("u1", false);
        FencingToken old = begin(session);
        FencingToken newer = begin(session);
        FencingToken other = begin(add("u2", false));
        UploadSession ended = add("u3", false);
        FencingToken ofEnded = begin(ended);
        sessions.change(ended, ended.to(UploadState.ABORTING, LATER));

        assertThat(uploads.current(Set.of(old, newer, other, ofEnded))).containsExactlyInAnyOrder(newer, other);
        assertThat(uploads.current(Set.of())).isEmpty();
    }

    @Test
    void rewind_underAnOutdatedToken_changesNothing() {
        UploadSession session = add("u1", false);
        FencingToken old = begin(session);
        uploads.commit(old, List.of(part(1, 100)), START);
        assertThat(uploads.isCurrent(old)).isTrue();
        FencingToken token = reopen().resumable().begin(session.id()).orElseThrow();

        assertThat(uploads.isCurrent(old)).isFalse();
        assertThat(uploads.isCurrent(token)).isTrue();
        assertThat(uploads.rewind(old, new PartNumber(1), LATER)).isFalse();
        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(100);
    }

    @Test
    void keptBytes_areReadFromTheirPosition() {
        FencingToken token = begin(add("u1", false));
        uploads.keep(token, 0, List.of(bytes(0, ResumableSessions.MAX_CHUNK), bytes(1, 3)), START);
        uploads.keep(token, ResumableSessions.MAX_CHUNK + 3, List.of(bytes(2, 4)), START);

        FencingToken next = reopen().resumable().begin(token.upload()).orElseThrow();

        assertThat(all(next)).containsExactly(concat(bytes(0, ResumableSessions.MAX_CHUNK), bytes(1, 3), bytes(2, 4)));
        assertThat(uploads.read(next, 1)).isEmpty();
    }

    @Test
    void manySmallChunks_areKept_inOrder() {
        FencingToken token = begin(add("u1", false));
        byte[] expected = new byte[500];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
            uploads.keep(token, i, List.of(new byte[] {(byte) i}), START);
        }

        assertThat(all(token)).containsExactly(expected);
    }

    @Test
    void commit_discardsTheBytesInTheParts() {
        FencingToken token = begin(add("u1", false));
        uploads.keep(token, 0, List.of(new byte[70]), START);

        uploads.commit(token, List.of(part(1, 100)), START);

        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(100);
        assertThat(uploads.read(token, 0)).isEmpty();
    }

    @Test
    void stagedBytes_countFromTheCommitOn() {
        FencingToken token = begin(add("u1", false));
        uploads.keep(token, 0, List.of(bytes(1, 10)), START);
        uploads.stage(token, 10, List.of(bytes(2, 60)), START);
        uploads.stage(token, 100, List.of(bytes(3, 20)), START);

        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(10);
        assertThat(uploads.read(token, 10)).contains(bytes(2, 60));
        uploads.commit(token, List.of(part(1, 100)), START);
        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(120);
        assertThat(uploads.read(token, 100)).contains(bytes(3, 20));
    }

    @Test
    void stagedBytes_areDiscardedWithTheirToken() {
        FencingToken token = begin(add("u1", false));
        uploads.keep(token, 0, List.of(bytes(1, 10)), START);
        uploads.stage(token, 10, List.of(bytes(2, 60)), START);

        FencingToken next = reopen().resumable().begin(token.upload()).orElseThrow();

        assertThat(uploads.offset(token.upload()).offset()).isEqualTo(10);
        assertThat(uploads.read(next, 10)).isEmpty();
        assertThat(uploads.keep(next, 10, List.of(bytes(3, 5)), START)).isTrue();
        assertThat(all(next)).containsExactly(concat(bytes(1, 10), bytes(3, 5)));
    }

    @Test
    void outdatedToken_changesAndReadsNothing() {
        FencingToken old = begin(add("u1", false));
        uploads.keep(old, 0, List.of(new byte[10]), START);
        FencingToken next = reopen().resumable().begin(old.upload()).orElseThrow();

        assertThat(uploads.keep(old, 10, List.of(new byte[1]), LATER)).isFalse();
        assertThat(uploads.stage(old, 10, List.of(new byte[1]), LATER)).isFalse();
        assertThat(uploads.commit(old, List.of(part(1, 100)), LATER)).isFalse();
        assertThat(uploads.expect(old, 10)).isFalse();
        assertThat(uploads.read(old, 0)).isEmpty();

        assertThat(uploads.offset(old.upload()).offset()).isEqualTo(10);
        assertThat(uploads.keep(next, 10, List.of(new byte[1]), LATER)).isTrue();
    }

    @Test
    void uploadThatIsNotOpen_issuesNoTokens() {
        UploadSession session = add("u1", false);
        FencingToken token = begin(session);
        sessions.change(session, session.completing(List.of(), 0, START));

        assertThat(uploads.begin(session.id())).isEmpty();
        assertThat(uploads.keep(token, 0, List.of(new byte[1]), START)).isFalse();
        assertThat(uploads.commit(token, List.of(part(1, 1)), START)).isFalse();
        assertThat(uploads.begin(new UploadId("unknown"))).isEmpty();
    }

    @Test
    void bytes_areActivity() {
        UploadSession session = add("u1", false);
        uploads.keep(begin(session), 0, List.of(new byte[1]), LATER);

        assertThat(reopen().find(session.key(), session.id()).orElseThrow().lastActivity())
                .isEqualTo(LATER);
    }

    @Test
    void size_isKnownOnceItIsExpected() {
        UploadSession session = add("u1", false);

        assertThat(uploads.expect(begin(session), 1L << 40)).isTrue();

        assertThat(reopen().find(session.key(), session.id())
                        .orElseThrow()
                        .origin()
                        .expectedSize())
                .isEqualTo(OptionalLong.of(1L << 40));
    }

    @Test
    void uploadThatEnded_keepsNoBytes() {
        UploadSession session = add("u1", false);
        uploads.keep(begin(session), 0, List.of(new byte[9]), START);
        UploadSession aborting = session.to(UploadState.ABORTING, LATER);
        sessions.change(session, aborting);

        sessions.change(aborting, aborting.to(UploadState.ABORTED, LATER));

        assertThat(uploads.offset(session.id()).offset()).isZero();
    }

    @Test
    void partials_returnsThoseCompletedLongAgo_whichAreListedNowhereElse() {
        UploadSession partial = complete(add("u1", true), START);
        complete(add("u2", true), LATER);
        complete(add("u3", false), START);
        add("u4", true);
        UploadSession file = add("u5", false);

        assertThat(uploads.partials(LATER, 10)).containsExactly(partial);
        assertThat(sessions.list(Optional.empty(), KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .extracting(UploadProgress::session)
                .containsExactly(file);
    }

    @Test
    void digest_isTheLastSavedForItsPosition_inEveryProcess() {
        FencingToken token = begin(add("u1", false));
        assertThat(uploads.digest(token.upload(), 0)).isEmpty();

        assertThat(uploads.saveDigest(token, 0, bytes(1, 3))).isTrue();
        assertThat(uploads.saveDigest(token, 10, bytes(2, 300))).isTrue();
        assertThat(uploads.saveDigest(token, 10, bytes(3, 300))).isTrue();

        assertThat(reopen().resumable().digest(token.upload(), 0)).hasValue(bytes(1, 3));
        assertThat(reopen().resumable().digest(token.upload(), 10)).hasValue(bytes(3, 300));
        assertThat(uploads.digest(token.upload(), 5)).isEmpty();
    }

    @Test
    void digestsBeforeTheOffset_areDeleted_exceptWhereAPartBegins() {
        FencingToken token = begin(add("u1", false));
        for (long position : new long[] {0, 10, 100, 110, 120}) {
            uploads.saveDigest(token, position, bytes((int) position, 3));
        }
        uploads.commit(token, List.of(part(1, 100)), START);
        uploads.keep(token, 100, List.of(new byte[10]), START);
        uploads.saveDigest(token, 130, bytes(1, 3));

        assertThat(uploads.digest(token.upload(), 10)).isEmpty();
        for (long position : new long[] {0, 100, 110, 120}) {
            assertThat(uploads.digest(token.upload(), position)).hasValue(bytes((int) position, 3));
        }
    }

    @Test
    void digestsUnderAnOutdatedToken_areNotSaved() {
        FencingToken old = begin(add("u1", false));
        uploads.saveDigest(old, 0, bytes(1, 3));
        FencingToken next = reopen().resumable().begin(old.upload()).orElseThrow();

        assertThat(uploads.saveDigest(old, 0, bytes(2, 3))).isFalse();
        assertThat(uploads.digest(old.upload(), 0)).hasValue(bytes(1, 3));
        assertThat(uploads.saveDigest(next, 0, bytes(3, 3))).isTrue();
    }

    private UploadSession complete(UploadSession session, Instant time) {
        UploadSession completing = session.completing(List.of(), 0, time);
        UploadSession completed = completing.completed(TAG, time);
        sessions.change(session, completing);
        sessions.change(completing, completed);
        return completed;
    }

    private UploadSession add(String id, boolean partial) {
        Resumption resumption = new Resumption(ResumableId.random(), 100, "memo", partial, CONDITIONS);
        UploadSession session = UploadSession.begun(
                new UploadInfo(key(id), new UploadId(id), START),
                UploadOrigin.resumable(Optional.of("key:1"), Map.of("stage", "raw"), OptionalLong.empty(), resumption),
                ObjectAttributes.DEFAULT);
        sessions.add(session, sessions.intents().intend(session.key(), START));
        return session;
    }

    private FencingToken begin(UploadSession session) {
        return uploads.begin(session.id()).orElseThrow();
    }

    private byte[] all(FencingToken token) {
        byte[] all = new byte[0];
        for (Optional<byte[]> chunk = uploads.read(token, 0);
                chunk.isPresent();
                chunk = uploads.read(token, all.length)) {
            all = concat(all, chunk.get());
        }
        return all;
    }

    private static ResumableId name(UploadSession session) {
        return session.resumption().orElseThrow().id();
    }

    private static byte[] bytes(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] concat(byte[]... arrays) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] array : arrays) {
            all.writeBytes(array);
        }
        return all.toByteArray();
    }

    private static ObjectKey key(String id) {
        return new ObjectKey("raw/p/" + id);
    }

    private static PartInfo part(int number, long size) {
        return new PartInfo(new PartNumber(number), size, TAG, START);
    }
}
