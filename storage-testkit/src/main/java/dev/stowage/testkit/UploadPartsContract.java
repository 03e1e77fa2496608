package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of upload sessions for parts, with one process and with two that share it. */
public abstract class UploadPartsContract {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final Instant START = Instant.parse("2025-11-30T12:00:00Z");
    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");
    private static final Etag OTHER_TAG = new Etag("9e107d9d372bb6826bd81d3542a419d6");

    private UploadSessions sessions;
    private UploadSessions others;

    /** Opens an empty record. */
    protected abstract UploadSessions open();

    /** Releases the resources of {@link #open}. */
    protected void close() {}

    /** Returns the record as seen by another process at the same time. */
    protected abstract UploadSessions member();

    @BeforeEach
    final void openSessions() {
        sessions = open();
        others = member();
    }

    @AfterEach
    final void closeSessions() {
        close();
    }

    @Test
    void parts_replaceEachOther_andCountOnce() {
        UploadSession session = begin();

        store(sessions, part(1, 10, START), START.plusSeconds(5));
        store(sessions, part(1, 20, START), START.plusSeconds(6));
        store(others, part(3, 5, START), START.plusSeconds(7));

        UploadSession now = others.find(session.key(), session.id()).orElseThrow();
        assertThat(now.lastActivity()).isEqualTo(START.plusSeconds(7));
        assertThat(sessions.progress(now)).isEqualTo(new UploadProgress(now, 2, 25));
        assertThat(sessions.unconfirmedParts(session.id())).isEmpty();
    }

    @Test
    void part_ofAnUploadThatIsNotOpen_isRejected() {
        UploadSession session = begin();
        PartFencingToken token = token(sessions, 1);
        sessions.change(session, session.to(UploadState.ABORTING, START));

        assertThat(others.beginPart(KEY, session.id(), Optional.empty(), new PartNumber(1)))
                .isEmpty();
        assertThat(others.beginPart(KEY, new UploadId("unknown"), Optional.empty(), new PartNumber(1)))
                .isEmpty();
        assertThat(sessions.putPart(token, part(1, 10, START), START)).isEqualTo(UploadSessions.PartOutcome.CLOSED);
        sessions.replaceParts(session.id(), List.of(part(1, 10, START)));
        assertThat(sessions.progress(session).parts()).isZero();
    }

    @Test
    void part_isBegunByTheOwnerOfTheUpload_orByAnyone() {
        UploadSession session = begin(UploadOrigin.client(Optional.of("mine"), Map.of()));
        PartNumber number = new PartNumber(1);

        assertThat(others.beginPart(KEY, session.id(), Optional.of("other"), number))
                .isEmpty();
        assertThat(others.beginPart(new ObjectKey("raw/p/b"), session.id(), Optional.empty(), number))
                .isEmpty();
        assertThat(others.beginPart(KEY, session.id(), Optional.of("mine"), number))
                .isPresent();
        assertThat(sessions.beginPart(KEY, session.id(), Optional.empty(), number))
                .isPresent();
    }

    @Test
    void part_ofAnUploadWithoutAnOwner_isNotBegunByAPrincipal() {
        UploadSession session = begin();

        assertThat(others.beginPart(KEY, session.id(), Optional.of("other"), new PartNumber(1)))
                .isEmpty();
    }

    @Test
    void part_ofAnUploadThatNoClientSendsInParts_isNotBegun() {
        UploadSession ofProcess = begin(UploadOrigin.process(ProcessId.random(), Map.of(), OptionalLong.of(7)));
        assertThat(others.beginPart(KEY, ofProcess.id(), Optional.empty(), new PartNumber(1)))
                .isEmpty();
        sessions.remove(ofProcess.id());
        Resumption resumption = new Resumption(ResumableId.random(), 100, "", false, Preconditions.NONE);
        UploadSession resumable =
                begin(UploadOrigin.resumable(Optional.empty(), Map.of(), OptionalLong.empty(), resumption));
        assertThat(others.beginPart(KEY, resumable.id(), Optional.empty(), new PartNumber(1)))
                .isEmpty();
    }

    @Test
    void part_keepsTheVersion() {
        UploadSession session = begin();
        store(sessions, part(1, 10, START), START.plusSeconds(5));

        assertThat(sessions.change(session, session.to(UploadState.ABORTING, START)))
                .isTrue();
    }

    @Test
    void replacedParts_areExactlyThoseOfTheStore_andTheLatestCountsAsActivity() {
        UploadSession session = begin();
        store(sessions, part(9, 1, START), START);

        sessions.replaceParts(
                session.id(), List.of(part(1, 10, START.plusSeconds(60)), part(2, 20, START.plusSeconds(30))));

        UploadSession now = sessions.find(session.key(), session.id()).orElseThrow();
        assertThat(now.lastActivity()).isEqualTo(START.plusSeconds(60));
        assertThat(sessions.progress(now)).isEqualTo(new UploadProgress(now, 2, 30));
        sessions.replaceParts(session.id(), List.of());
        assertThat(sessions.find(session.key(), session.id())).contains(now);
    }

    @Test
    void laterAttempt_isKept_whicheverProcessRecordsItFirst() {
        UploadSession session = begin();
        PartFencingToken older = token(sessions, 1);
        PartFencingToken newer = token(others, 1);

        assertThat(newer.attempt()).isGreaterThan(older.attempt());
        assertThat(sessions.newest(Set.of(older, newer))).containsExactly(newer);
        assertThat(others.putPart(newer, part(1, 20, START), START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
        assertThat(sessions.putPart(older, part(1, 10, OTHER_TAG), START))
                .isEqualTo(UploadSessions.PartOutcome.OUTDATED);

        assertThat(sessions.progress(session).bytes()).isEqualTo(20);
        assertThat(others.unconfirmedParts(session.id()))
                .containsExactly(new UploadSessions.UnconfirmedPart(new PartNumber(1), TAG, Optional.of(OTHER_TAG)));
    }

    @Test
    void attemptRecordedDuringANewerOne_isUnconfirmedOnceThatIsRecorded() {
        UploadSession session = begin();
        PartFencingToken older = token(sessions, 1);
        PartFencingToken newer = token(others, 1);

        assertThat(sessions.putPart(older, part(1, 10, OTHER_TAG), START))
                .isEqualTo(UploadSessions.PartOutcome.RECORDED);
        assertThat(sessions.unconfirmedParts(session.id())).isEmpty();
        assertThat(others.putPart(newer, part(1, 20, START), START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);

        assertThat(sessions.progress(session).bytes()).isEqualTo(20);
        assertThat(sessions.unconfirmedParts(session.id()))
                .containsExactly(new UploadSessions.UnconfirmedPart(new PartNumber(1), TAG, Optional.of(OTHER_TAG)));
    }

    @Test
    void attemptThatNeverEnds_leavesThePartUnconfirmed_untilItEnds() {
        UploadSession session = begin();
        PartFencingToken lost = token(sessions, 1);
        store(others, part(1, 20, START), START);

        assertThat(others.unconfirmedParts(session.id()))
                .containsExactly(new UploadSessions.UnconfirmedPart(new PartNumber(1), TAG, Optional.empty()));

        sessions.endPart(lost);
        sessions.endPart(lost);
        assertThat(others.unconfirmedParts(session.id())).isEmpty();
    }

    @Test
    void attemptThatStoredNothing_supersedesNoOther() {
        begin();
        PartFencingToken older = token(sessions, 1);
        others.endPart(token(others, 1));

        assertThat(sessions.newest(Set.of(older))).containsExactly(older);
        assertThat(sessions.putPart(older, part(1, 10, START), START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
    }

    @Test
    void attempt_isContested_whileAnOlderOneIsNotRecorded() {
        begin();
        UploadSessions.BegunPart first = beginPart(sessions, 1);
        UploadSessions.BegunPart second = beginPart(others, 1);

        assertThat(first.contested()).isFalse();
        assertThat(second.contested()).isTrue();
        assertThat(beginPart(others, 2).contested()).isFalse();
        sessions.endPart(first.token());
        others.putPart(second.token(), part(1, 20, START), START);
        assertThat(beginPart(sessions, 1).contested()).isFalse();
    }

    @Test
    void newestOfNoAttempts_isNone() {
        assertThat(sessions.newest(Set.of())).isEmpty();
    }

    @Test
    void attemptsAtDifferentParts_areIndependent() {
        UploadSession session = begin();
        PartFencingToken first = token(sessions, 1);
        PartFencingToken second = token(others, 2);

        assertThat(others.newest(Set.of(first, second))).containsExactlyInAnyOrder(first, second);
        assertThat(others.putPart(second, part(2, 20, START), START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
        assertThat(sessions.putPart(first, part(1, 10, START), START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
        assertThat(sessions.unconfirmedParts(session.id())).isEmpty();
    }

    @Test
    void partsOfTheStore_keepPartsUnconfirmed() {
        UploadSession session = begin();
        PartFencingToken older = token(sessions, 1);
        store(others, part(1, 20, START), START);
        sessions.putPart(older, part(1, 10, OTHER_TAG), START);

        sessions.replaceParts(session.id(), List.of());

        assertThat(others.unconfirmedParts(session.id())).hasSize(1);
    }

    private UploadSession begin() {
        return begin(UploadOrigin.client(Optional.empty(), Map.of()));
    }

    private UploadSession begin(UploadOrigin origin) {
        UploadSession session =
                UploadSession.begun(new UploadInfo(KEY, new UploadId("u1"), START), origin, ObjectAttributes.DEFAULT);
        sessions.add(session, sessions.intents().intend(KEY, START));
        return session;
    }

    private static PartFencingToken token(UploadSessions process, int number) {
        return beginPart(process, number).token();
    }

    private static UploadSessions.BegunPart beginPart(UploadSessions process, int number) {
        return process.beginPart(KEY, new UploadId("u1"), Optional.empty(), new PartNumber(number))
                .orElseThrow();
    }

    private static void store(UploadSessions process, PartInfo part, Instant now) {
        PartFencingToken token = token(process, part.number().value());
        assertThat(process.putPart(token, part, now)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
    }

    private static PartInfo part(int number, long size, Instant time) {
        return new PartInfo(new PartNumber(number), size, TAG, time);
    }

    private static PartInfo part(int number, long size, Etag tag) {
        return new PartInfo(new PartNumber(number), size, tag, START);
    }
}
