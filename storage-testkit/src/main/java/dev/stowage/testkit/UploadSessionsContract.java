package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of upload sessions. */
public abstract class UploadSessionsContract {

    private static final Instant START = Instant.parse("2025-11-30T12:00:00Z");
    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");

    private static final UploadOrigin CLIENT = UploadOrigin.client(Optional.empty(), Map.of());
    private static final ProcessId PROCESS = new ProcessId("process");

    private UploadSessions sessions;

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
    }

    @AfterEach
    final void closeSessions() {
        close();
    }

    @Test
    void addedSession_isFoundOnlyUnderItsKey_unchanged() {
        UploadSession session = UploadSession.begun(
                new UploadInfo(new ObjectKey("raw/p/ü 1.txt"), new UploadId("u1"), START),
                new UploadOrigin(
                        Optional.of("ci"),
                        Map.of("stage", "raw", "filename", "ü 1=2.txt"),
                        OptionalLong.of(1L << 40),
                        Optional.of(PROCESS),
                        Optional.of(new Resumption(
                                ResumableId.random(), 1 << 20, "a=b\nc", true, ResumableUploadsContract.CONDITIONS))),
                new ObjectAttributes(
                        new ContentType("text/plain"),
                        new Metadata(Map.of("by", "Zoë = 1"), Optional.of(OwnExpiry.inSeconds(60))),
                        CopyContract.CUSTOM.headers()));
        add(session);
        add(session);

        assertThat(reopen().find(session.key(), session.id())).contains(session);
        assertThat(sessions.find(new ObjectKey("raw/p/other"), session.id())).isEmpty();
        assertThat(sessions.find(session.key(), new UploadId("u2"))).isEmpty();
    }

    @Test
    void change_storesTheCompletion() {
        UploadSession session = begin("u1", START);
        UploadSession completing = session.completing(
                List.of(tag(1), tag(7)), 30, ResumableUploadsContract.CONDITIONS, START.plusSeconds(1));
        UploadSession completed = completing.completed(TAG, START.plusSeconds(2));

        assertThat(sessions.change(session, completing)).isTrue();
        assertThat(reopen().find(session.key(), session.id())).contains(completing);
        assertThat(sessions.change(completing, completed)).isTrue();
        assertThat(reopen().find(session.key(), session.id())).contains(completed);
    }

    @Test
    void change_fromAnOldVersion_changesNothing() {
        UploadSession session = begin("u1", START);
        UploadSession completing = session.completing(List.of(tag(1)), 3, START);
        UploadSession openAgain = completing.to(UploadState.OPEN, START);
        sessions.change(session, completing);
        sessions.change(completing, openAgain);

        assertThat(sessions.change(session, session.to(UploadState.ABORTING, START)))
                .isFalse();
        assertThat(sessions.find(session.key(), session.id())).contains(openAgain);
    }

    @Test
    void change_concurrently_succeedsOnce() throws Exception {
        UploadSession session = begin("u1", START);
        AtomicInteger won = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    if (sessions.change(session, session.to(UploadState.ABORTING, START.plusSeconds(i)))) {
                        won.incrementAndGet();
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(won).hasValue(1);
    }

    @Test
    void list_returnsUnfinishedUploadsByKey_inPages() {
        for (String id : List.of("u3", "u1", "u5", "u2", "u4")) {
            begin(id, START);
        }
        UploadSession other = UploadSession.begun(
                new UploadInfo(new ObjectKey("raw/q/x"), new UploadId("q1"), START), CLIENT, ObjectAttributes.DEFAULT);
        add(other);
        beginOfProcess("u0", START);
        UploadSession ended = sessions.find(key("u4"), new UploadId("u4")).orElseThrow();
        sessions.change(ended, ended.to(UploadState.ABORTING, START));
        UploadSession completing = sessions.find(key("u2"), new UploadId("u2")).orElseThrow();
        sessions.change(completing, completing.completing(List.of(tag(1)), 1, START));
        put(new UploadId("u3"), part(2, 7, START));

        List<UploadProgress> all = new ArrayList<>();
        Optional<SessionPosition> after = Optional.empty();
        do {
            Page<UploadProgress, SessionPosition> page =
                    sessions.list(Optional.empty(), new KeyPrefix("raw/p/"), 2, after);
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());

        assertThat(all).extracting(found -> found.session().id().value()).containsExactly("u1", "u2", "u3", "u5");
        assertThat(all).extracting(UploadProgress::bytes).containsExactly(0L, 0L, 7L, 0L);
    }

    @Test
    void list_ofAPage_doesNotHideNewUploadsFromLaterReads() {
        add(UploadSession.begun(
                new UploadInfo(new ObjectKey("raw/q/x"), new UploadId("q1"), START), CLIENT, ObjectAttributes.DEFAULT));
        for (int i = 0; i < 10; i++) {
            UploadSession added = begin("u" + i, START);
            assertThat(sessions.list(Optional.empty(), new KeyPrefix("raw/p/"), 100, Optional.empty())
                            .items())
                    .hasSize(i + 1);
            assertThat(sessions.find(added.key(), added.id())).isPresent();
        }
    }

    @Test
    void list_ofAnOwner_returnsOnlyTheirs() {
        UploadOrigin ada = UploadOrigin.client(Optional.of("key:ada"), Map.of());
        begin("u1", START);
        add(UploadSession.begun(new UploadInfo(key("u2"), new UploadId("u2"), START), ada, ObjectAttributes.DEFAULT));
        assertThat(sessions.list(ada.owner(), KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .extracting(found -> found.session().origin().owner())
                .containsExactly(ada.owner());
    }

    @Test
    void unfinished_returnsOldUploadsWithAnUnfinishedStep() {
        UploadSession aborting = begin("u1", START);
        UploadSession completing = begin("u2", START);
        UploadSession young = begin("u3", START);
        begin("u4", START);
        sessions.change(aborting, aborting.to(UploadState.ABORTING, START));
        sessions.change(completing, completing.completing(List.of(tag(1)), 1, START));
        sessions.change(young, young.to(UploadState.EXPIRING, START.plusSeconds(10)));

        List<UploadSession> first = sessions.unfinished(START.plusSeconds(10), 1, Optional.empty());
        List<UploadSession> second = sessions.unfinished(START.plusSeconds(10), 5, Optional.of(new UploadId("u1")));

        assertThat(first).extracting(UploadSession::id).containsExactly(new UploadId("u1"));
        assertThat(second).extracting(UploadSession::id).containsExactly(new UploadId("u2"));
    }

    @Test
    void idle_returnsOpenUploads_longestIdleFirst_inPages() {
        begin("u1", START.plusSeconds(2));
        begin("u2", START);
        begin("u3", START.plusSeconds(2));
        begin("u4", START.plusSeconds(9));
        beginOfProcess("u6", START);
        UploadSession ended = begin("u5", START);
        sessions.change(ended, ended.to(UploadState.ABORTING, START));
        Instant before = START.plusSeconds(9);

        List<UploadSession> first = sessions.idle(before, 2, Optional.empty());
        List<UploadSession> second = sessions.idle(before, 2, Optional.of(first.get(1)));

        assertThat(first).extracting(session -> session.id().value()).containsExactly("u2", "u1");
        assertThat(second).extracting(session -> session.id().value()).containsExactly("u3");
    }

    @Test
    void ofProcesses_returnsOpenUploads_byId_inPages() {
        begin("u1", START);
        beginOfProcess("u4", START);
        UploadSession second = beginOfProcess("u2", START);
        UploadSession ended = beginOfProcess("u3", START);
        sessions.change(ended, ended.to(UploadState.ABORTING, START));

        List<UploadSession> first = sessions.ofProcesses(1, Optional.empty());

        assertThat(first).containsExactly(second);
        assertThat(sessions.ofProcesses(5, Optional.of(second.id())))
                .extracting(session -> session.id().value())
                .containsExactly("u4");
    }

    @Test
    void removedSession_isDeleted_withItsParts() {
        UploadSession session = begin("u1", START);
        put(session.id(), part(1, 10, START));

        sessions.remove(session.id());
        sessions.remove(session.id());

        assertThat(reopen().find(session.key(), session.id())).isEmpty();
        begin("u1", START);
        assertThat(sessions.progress(session).parts()).isZero();
    }

    @Test
    void intent_isRecorded_untilItsUploadIs() {
        UploadIntent intent = sessions.intents().intend(key("u1"), START);
        sessions.intents().intend(key("u2"), START);

        assertThat(reopen().intents().of(key("u1"))).containsExactly(intent);
        assertThat(intent.process()).isPresent();

        sessions.add(
                UploadSession.begun(
                        new UploadInfo(key("u1"), new UploadId("u1"), START), CLIENT, ObjectAttributes.DEFAULT),
                intent);
        assertThat(reopen().intents().of(key("u1"))).isEmpty();
        assertThat(reopen().intents().of(key("u2"))).hasSize(1);
    }

    @Test
    void intentThatWasWithdrawnOrMarkedUncertain() {
        UploadIntent withdrawn = sessions.intents().intend(key("u1"), START);
        UploadIntent uncertain = sessions.intents().intend(key("u2"), START);

        sessions.intents().withdraw(withdrawn);
        sessions.intents().withdraw(withdrawn);
        sessions.intents().markUncertain(uncertain);

        assertThat(reopen().intents().list(10, Optional.empty()))
                .containsExactly(new UploadIntent(uncertain.id(), key("u2"), START, Optional.empty()));
    }

    @Test
    void intents_areListedInPages_eachOnce() {
        List<UploadIntent> all = IntStream.range(0, 5)
                .mapToObj(i -> sessions.intents().intend(key("u" + i), START))
                .toList();

        List<UploadIntent> found = new ArrayList<>();
        List<UploadIntent> page = sessions.intents().list(2, Optional.empty());
        while (!page.isEmpty()) {
            found.addAll(page);
            page = sessions.intents().list(2, Optional.of(page.get(page.size() - 1)));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void prune_deletesUploadsThatEndedLongAgo_aFewAtATime() {
        for (int i = 0; i < 3; i++) {
            UploadSession session = begin("u" + i, START);
            put(session.id(), part(1, 1, START));
            UploadSession aborting = session.to(UploadState.ABORTING, START);
            sessions.change(session, aborting);
            sessions.change(aborting, aborting.to(UploadState.ABORTED, START));
        }
        UploadSession open = begin("open", START);
        UploadSession stuck = begin("stuck", START);
        sessions.change(stuck, stuck.to(UploadState.ABORTING, START));
        Instant before = START.plus(Duration.ofDays(7));

        assertThat(sessions.prune(START, 10)).isZero();
        assertThat(sessions.prune(before, 2)).isEqualTo(2);
        assertThat(sessions.prune(before, 2)).isEqualTo(1);
        assertThat(sessions.find(key("u0"), new UploadId("u0"))).isEmpty();
        assertThat(sessions.find(open.key(), open.id())).isPresent();
        assertThat(sessions.find(stuck.key(), stuck.id())).isPresent();
    }

    private UploadSession begin(String id, Instant time) {
        UploadSession session =
                UploadSession.begun(new UploadInfo(key(id), new UploadId(id), time), CLIENT, ObjectAttributes.DEFAULT);
        add(session);
        return session;
    }

    private UploadSession beginOfProcess(String id, Instant time) {
        UploadSession session = UploadSession.begun(
                new UploadInfo(key(id), new UploadId(id), time),
                UploadOrigin.process(PROCESS, Map.of(), OptionalLong.of(7)),
                ObjectAttributes.DEFAULT);
        add(session);
        return session;
    }

    private void add(UploadSession session) {
        sessions.add(session, sessions.intents().intend(session.key(), START));
    }

    private void put(UploadId id, PartInfo part) {
        PartFencingToken token = sessions.beginPart(key(id.value()), id, Optional.empty(), part.number())
                .orElseThrow()
                .token();
        assertThat(sessions.putPart(token, part, START)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
    }

    private static ObjectKey key(String id) {
        return new ObjectKey("raw/p/" + id);
    }

    private static PartTag tag(int number) {
        return new PartTag(new PartNumber(number), TAG);
    }

    private static PartInfo part(int number, long size, Instant time) {
        return new PartInfo(new PartNumber(number), size, TAG, time);
    }
}
