package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.testkit.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ResumableSessions} that processes share: nothing written under a token is there unless the write returned
 * true, and nothing changes under it once a newer one was issued.
 */
public abstract class ResumableRacesContract extends SharedRecordContract {

    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");
    private static final int CHUNK = 7;

    /** What the process with the newer token sees right after it got that token. */
    private record Takeover(FencingToken token, UploadOffset offset, List<PartInfo> parts) {}

    @Test
    void keep_againstBegin_isWholeOrNothing() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("keep-" + round);
            FencingToken old = begin(session);

            List<Object> results = race(() -> keepAll(old, 0), () -> takeOver(session.id()));

            int kept = (int) results.get(0);
            Takeover taken = (Takeover) results.get(1);
            assertThat(taken.offset()).isEqualTo(new UploadOffset(0, (long) kept * CHUNK));
            assertUnchanged(taken);
            assertThat(bytes(taken.token(), 0)).containsExactly(expected(0, kept));
        }
    }

    @Test
    void stagedBytes_doNotSurviveBegin() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("stage-" + round);
            FencingToken old = begin(session);
            mine.sessions().resumable().keep(old, 0, List.of(chunk(0)), NOW);

            List<Object> results = race(() -> stageAll(old), () -> takeOver(session.id()));

            Takeover taken = (Takeover) results.get(1);
            assertThat(taken.offset()).isEqualTo(new UploadOffset(0, CHUNK));
            assertUnchanged(taken);
            assertThat(bytes(taken.token(), 0)).containsExactly(chunk(0));
            assertThat(other.sessions().resumable().commit(taken.token(), List.of(), NOW))
                    .isTrue();
            assertUnchanged(taken);
            assertThat(other.sessions().resumable().keep(taken.token(), CHUNK, List.of(chunk(1)), NOW))
                    .isTrue();
            assertThat(bytes(taken.token(), 0)).containsExactly(expected(0, 2));
        }
    }

    @Test
    void commit_againstBegin_isWholeOrNothing() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("commit-" + round);
            FencingToken old = begin(session);
            ResumableSessions uploads = mine.sessions().resumable();
            uploads.keep(old, 0, List.of(new byte[10]), NOW);
            uploads.stage(old, 10, List.of(new byte[90]), NOW);
            uploads.stage(old, 100, List.of(new byte[20]), NOW);

            List<Object> results =
                    race(() -> uploads.commit(old, List.of(part(1, 100)), NOW), () -> takeOver(session.id()));

            boolean committed = (boolean) results.get(0);
            Takeover taken = (Takeover) results.get(1);
            assertThat(taken.offset()).isEqualTo(committed ? new UploadOffset(100, 20) : new UploadOffset(0, 10));
            assertThat(taken.parts()).isEqualTo(committed ? List.of(part(1, 100)) : List.of());
            assertUnchanged(taken);
            assertThat(bytes(taken.token(), taken.parts().isEmpty() ? 0 : 100)).hasSize(committed ? 20 : 10);
        }
    }

    @Test
    void rewind_againstBegin_isWholeOrNothing() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("rewind-" + round);
            FencingToken old = begin(session);
            ResumableSessions uploads = mine.sessions().resumable();
            uploads.commit(old, List.of(part(1, 100), part(2, 100), part(3, 100)), NOW);
            uploads.keep(old, 300, List.of(new byte[30]), NOW);

            List<Object> results =
                    race(() -> uploads.rewind(old, new PartNumber(2), NOW), () -> takeOver(session.id()));

            boolean rewound = (boolean) results.get(0);
            Takeover taken = (Takeover) results.get(1);
            assertThat(taken.offset()).isEqualTo(rewound ? new UploadOffset(100, 0) : new UploadOffset(300, 30));
            assertThat(taken.parts()).hasSize(rewound ? 1 : 3);
            assertUnchanged(taken);
        }
    }

    @Test
    void sizeAndDigest_againstBegin_areWholeOrNothing() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("size-" + round);
            FencingToken old = begin(session);
            ResumableSessions uploads = mine.sessions().resumable();

            List<Object> results =
                    race(() -> uploads.expect(old, 99), () -> uploads.saveDigest(old, 0, chunk(5)), () -> {
                        FencingToken next =
                                other.sessions().resumable().begin(session.id()).orElseThrow();
                        assertThat(uploads.isCurrent(old)).isFalse();
                        return List.of(next, size(session), digest(session));
                    });

            OptionalLong size = (boolean) results.get(0) ? OptionalLong.of(99) : OptionalLong.empty();
            List<Byte> digest = (boolean) results.get(1) ? list(chunk(5)) : List.of();
            assertThat((List<?>) results.get(2)).element(1).isEqualTo(size);
            assertThat((List<?>) results.get(2)).element(2).isEqualTo(digest);
            assertThat(size(session)).isEqualTo(size);
            assertThat(digest(session)).isEqualTo(digest);
        }
    }

    @Test
    void tokens_issuedAtTheSameTime_differ_andOneIsCurrent() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("tokens-" + round);
            List<Callable<FencingToken>> racers = IntStream.range(0, 4)
                    .mapToObj(i -> (Callable<FencingToken>) () -> (i % 2 == 0 ? mine : other)
                            .sessions()
                            .resumable()
                            .begin(session.id())
                            .orElseThrow())
                    .toList();

            List<FencingToken> tokens = Race.run(racers);

            assertThat(tokens).doesNotHaveDuplicates();
            long last = tokens.stream().mapToLong(FencingToken::number).max().orElseThrow();
            assertThat(tokens)
                    .filteredOn(other.sessions().resumable()::isCurrent)
                    .extracting(FencingToken::number)
                    .containsExactly(last);
        }
    }

    @Test
    void bytes_againstACompletion_countOnlyBeforeIt() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("complete-" + round);
            FencingToken token = begin(session);

            List<Object> results = race(() -> keepAll(token, 0), () -> {
                UploadSession now =
                        other.sessions().find(session.key(), session.id()).orElseThrow();
                assertThat(other.sessions().change(now, now.completing(List.of(), 0, NOW)))
                        .isTrue();
                return other.sessions().resumable().offset(session.id());
            });

            UploadOffset kept = new UploadOffset(0, (long) (int) results.get(0) * CHUNK);
            assertThat(results.get(1)).isEqualTo(kept);
            assertThat(mine.sessions().resumable().offset(session.id())).isEqualTo(kept);
        }
    }

    @Test
    void bytes_againstTheEndOfTheUpload_areDeleted() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("end-" + round);
            FencingToken token = begin(session);

            race(() -> keepAll(token, 0), () -> {
                UploadSession aborting = session.to(UploadState.ABORTING, NOW);
                assertThat(other.sessions().change(session, aborting)).isTrue();
                assertThat(other.sessions().change(aborting, aborting.to(UploadState.ABORTED, NOW)))
                        .isTrue();
                return 0;
            });

            assertThat(mine.sessions().resumable().offset(session.id())).isEqualTo(new UploadOffset(0, 0));
            assertThat(mine.sessions().resumable().read(token, 0)).isEmpty();
        }
    }

    @Test
    void writes_ofARemovedUpload_returnFalse() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("removed-" + round);
            FencingToken token = begin(session);

            race(() -> keepAll(token, 0), () -> {
                other.sessions().remove(session.id());
                return 0;
            });

            assertThat(mine.sessions().resumable().keep(token, 0, List.of(chunk(0)), NOW))
                    .isFalse();
            assertThat(mine.sessions().resumable().offset(session.id())).isEqualTo(new UploadOffset(0, 0));
        }
    }

    /** Keeps chunks until one is refused; returns how many were kept. */
    private int keepAll(FencingToken token, int first) {
        int kept = first;
        while (kept < 5
                && mine.sessions()
                        .resumable()
                        .keep(token, (long) kept * CHUNK, List.of(chunk(kept)), NOW.plusSeconds(1))) {
            kept++;
        }
        return kept;
    }

    /** Stages chunks until one is refused; returns how many were staged. */
    private int stageAll(FencingToken token) {
        int staged = 0;
        while (staged < 5
                && mine.sessions().resumable().stage(token, (staged + 1L) * CHUNK, List.of(chunk(staged + 1)), NOW)) {
            staged++;
        }
        return staged;
    }

    private Takeover takeOver(UploadId id) {
        ResumableSessions uploads = other.sessions().resumable();
        FencingToken token = uploads.begin(id).orElseThrow();
        return new Takeover(token, uploads.offset(id), uploads.parts(id));
    }

    private void assertUnchanged(Takeover taken) {
        UploadId id = taken.token().upload();
        assertThat(mine.sessions().resumable().offset(id)).isEqualTo(taken.offset());
        assertThat(mine.sessions().resumable().parts(id)).isEqualTo(taken.parts());
        assertThat(other.sessions()
                        .resumable()
                        .read(taken.token(), taken.offset().offset()))
                .isEmpty();
    }

    private byte[] bytes(FencingToken token, long from) {
        byte[] all = new byte[0];
        ResumableSessions uploads = other.sessions().resumable();
        for (Optional<byte[]> next = uploads.read(token, from);
                next.isPresent();
                next = uploads.read(token, from + all.length)) {
            int before = all.length;
            all = Arrays.copyOf(all, before + next.get().length);
            System.arraycopy(next.get(), 0, all, before, next.get().length);
        }
        return all;
    }

    private OptionalLong size(UploadSession session) {
        return other.sessions()
                .find(session.key(), session.id())
                .orElseThrow()
                .origin()
                .expectedSize();
    }

    private List<Byte> digest(UploadSession session) {
        return other.sessions()
                .resumable()
                .digest(session.id(), 0)
                .map(ResumableRacesContract::list)
                .orElse(List.of());
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte value : bytes) {
            list.add(value);
        }
        return list;
    }

    private FencingToken begin(UploadSession session) {
        return mine.sessions().resumable().begin(session.id()).orElseThrow();
    }

    private UploadSession add(String id) {
        ObjectKey key = key(id);
        Resumption resumption = new Resumption(ResumableId.random(), 100, "", false, Preconditions.NONE);
        UploadSession session = UploadSession.begun(
                new UploadInfo(key, new UploadId(id), NOW),
                UploadOrigin.resumable(Optional.empty(), Map.of(), OptionalLong.empty(), resumption),
                ObjectAttributes.DEFAULT);
        mine.sessions().add(session, mine.sessions().intents().intend(key, NOW));
        return session;
    }

    private static byte[] expected(int first, int end) {
        byte[] all = new byte[(end - first) * CHUNK];
        for (int i = first; i < end; i++) {
            System.arraycopy(chunk(i), 0, all, (i - first) * CHUNK, CHUNK);
        }
        return all;
    }

    private static byte[] chunk(int number) {
        byte[] bytes = new byte[CHUNK];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private static PartInfo part(int number, long size) {
        return new PartInfo(new PartNumber(number), size, TAG, NOW);
    }
}
