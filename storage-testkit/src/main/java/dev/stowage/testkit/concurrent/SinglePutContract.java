package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The contract for resumable uploads whose file is put at once, in two processes on one database. */
public abstract class SinglePutContract extends SharedRecordContract {

    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");
    private static final String OWNER = "key:1";

    /** When the leases of both processes are valid. */
    private static final Instant SOON = NOW.plusSeconds(1);

    @Test
    void newUpload_isUntouched_inEveryProcess() {
        UploadSession session = add("new");

        ResumableSessions.CurrentUpload current = current(other, session);
        assertThat(current).isEqualTo(new ResumableSessions.CurrentUpload(session, new FencingToken(session.id(), 0)));
        assertThat(current.isUntouched()).isTrue();
        assertThat(current.session().isSinglePut()).isTrue();
        assertThat(mine.sessions().resumable().current(ResumableId.random())).isEmpty();

        FencingToken token = other.sessions().resumable().begin(session.id()).orElseThrow();
        assertThat(current(mine, session).newest()).isEqualTo(token);
        assertThat(current(mine, session).isUntouched()).isFalse();
    }

    @Test
    void creation_beyondTheLimit_addsNothing_inAnyProcess() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession first = session("limit-1-" + round);
            UploadSession second = session("limit-2-" + round);
            int max = round + 1;

            List<Boolean> added = race(() -> isAdded(mine, first, max), () -> isAdded(other, second, max));

            assertThat(added).containsExactlyInAnyOrder(true, false);
            assertThat(mine.sessions().resumable().find(id(first)).isPresent()).isEqualTo(added.get(0));
        }
    }

    @Test
    void token_isIssued_onlyAfterTheNewestOne() {
        UploadSession session = add("token");
        ResumableSessions uploads = mine.sessions().resumable();
        FencingToken none = current(mine, session).newest();

        FencingToken first = other.sessions().resumable().begin(none).orElseThrow();

        assertThat(first).isEqualTo(new FencingToken(session.id(), 1));
        assertThat(uploads.begin(none)).isEmpty();
        uploads.stage(first, 0, List.of(new byte[3]), NOW);
        FencingToken second = uploads.begin(first).orElseThrow();
        assertThat(uploads.isCurrent(second)).isTrue();
        assertThat(uploads.read(second, 0)).as("staged bytes").isEmpty();
    }

    @Test
    void put_isRecorded_andThenCompleted() {
        UploadSession session = add("put");
        ResumableSessions uploads = mine.sessions().resumable();
        FencingToken token = uploads.begin(session.id()).orElseThrow();
        uploads.keep(token, 0, List.of(new byte[] {1, 2, 3}), NOW);
        ResumableSessions.CurrentUpload current = current(mine, session);

        UploadSession putting =
                uploads.beginPut(token, current.session(), 3, SOON).orElseThrow();

        assertThat(putting.state()).isEqualTo(UploadState.COMPLETING);
        assertThat(putting.origin().process()).contains(new ProcessId("mine"));
        assertThat(current(other, session).session()).isEqualTo(putting);
        assertThat(uploads.read(token, 0)).contains(new byte[] {1, 2, 3});
        assertThat(uploads.begin(session.id())).isEmpty();
        UploadSession completed = putting.completed(TAG, SOON);
        assertThat(mine.sessions().change(putting, completed)).isTrue();
        assertThat(current(other, session).session()).isEqualTo(completed);
        assertThat(completed.isClients()).isTrue();
        assertThat(uploads.read(token, 0)).isEmpty();
    }

    @Test
    void newUpload_canBeAddedWhileItIsPut() {
        UploadSession session = session("added");

        UploadSession putting = mine.sessions().resumable().addPut(session, 1, 3, NOW);

        assertThat(putting).isEqualTo(session.putting(new ProcessId("mine"), 3, NOW));
        assertThat(current(other, session).session()).isEqualTo(putting);
        assertThat(other.sessions().resumable().reopen(putting, SOON)).isFalse();
        assertThat(mine.sessions().change(putting, putting.completed(TAG, SOON)))
                .isTrue();
    }

    @Test
    void put_againstBegin_oneOfThemSucceeds() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("race-" + round);
            FencingToken none = current(mine, session).newest();

            List<Boolean> done = race(
                    () -> mine.sessions()
                            .resumable()
                            .beginPut(none, session, 3, SOON)
                            .isPresent(),
                    () -> other.sessions().resumable().begin(session.id()).isPresent());

            assertThat(done).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void puts_atTheSameTime_oneOfThemSucceeds() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("puts-" + round);
            FencingToken none = current(mine, session).newest();

            List<Boolean> done = race(
                    () -> mine.sessions()
                            .resumable()
                            .beginPut(none, session, 3, SOON)
                            .isPresent(),
                    () -> other.sessions()
                            .resumable()
                            .beginPut(none, session, 3, SOON)
                            .isPresent());

            assertThat(done).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void reopenedPut_hasTheBytesOnRecord_andNoValidToken() {
        UploadSession session = add("reopened");
        ResumableSessions uploads = mine.sessions().resumable();
        FencingToken token = uploads.begin(session.id()).orElseThrow();
        uploads.keep(token, 0, List.of(new byte[3]), NOW);
        UploadSession putting = uploads.beginPut(token, current(mine, session).session(), 5, SOON)
                .orElseThrow();

        assertThat(uploads.reopen(putting, SOON)).isTrue();

        UploadSession open = current(other, session).session();
        assertThat(open.state()).isEqualTo(UploadState.OPEN);
        assertThat(open.completion()).isEmpty();
        assertThat(open.isClients()).isTrue();
        assertThat(uploads.offset(session.id())).isEqualTo(new UploadOffset(0, 3));
        assertThat(uploads.keep(token, 3, List.of(new byte[2]), SOON)).isFalse();
        assertThat(mine.sessions().change(putting, putting.completed(TAG, SOON)))
                .isFalse();
        assertThat(uploads.reopen(putting, SOON)).as("again").isFalse();
    }

    @Test
    void putOfAnotherProcess_isReopened_onceThatIsNotAlive() {
        UploadSession session = add("alive");
        UploadSession putting = other.sessions()
                .resumable()
                .beginPut(current(other, session).newest(), session, 3, SOON)
                .orElseThrow();

        assertThat(mine.sessions().resumable().reopen(putting, SOON)).isFalse();
        assertThat(current(mine, session).session()).isEqualTo(putting);
        assertThat(mine.sessions().resumable().reopen(putting, LATER.plusSeconds(1)))
                .isTrue();
    }

    private UploadSession add(String name) {
        UploadSession session = session(name);
        mine.sessions().resumable().add(session, Integer.MAX_VALUE);
        return session;
    }

    private static boolean isAdded(SharedRecord.Member member, UploadSession session, int max) {
        try {
            member.sessions().resumable().add(session, max);
            return true;
        } catch (TooManyOpen full) {
            return false;
        }
    }

    private static UploadSession session(String name) {
        Resumption resumption = new Resumption(ResumableId.random(), 100, "memo", false, Preconditions.NONE);
        return UploadSession.begun(
                new UploadInfo(key(name), new UploadId(resumption.id().value()), NOW),
                UploadOrigin.resumable(Optional.of(OWNER), Map.of("stage", "raw"), OptionalLong.of(3), resumption),
                ObjectAttributes.DEFAULT);
    }

    private static ResumableSessions.CurrentUpload current(SharedRecord.Member member, UploadSession session) {
        return member.sessions().resumable().current(id(session)).orElseThrow();
    }

    private static ResumableId id(UploadSession session) {
        return session.resumption().orElseThrow().id();
    }
}
