package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.Race;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every record of upload sessions that processes share: the newest attempt at a part wins, one of several changes of a
 * state succeeds, and the limit of open uploads holds.
 */
public abstract class PartRacesContract extends SharedRecordContract {

    private static final Etag OLD = new Etag("9e107d9d372bb6826bd81d3542a419d6");
    private static final Etag NEW = new Etag("d41d8cd98f00b204e9800998ecf8427e");
    private static final Optional<String> OWNER = Optional.of("key:one");

    @Test
    void attempts_begunAtTheSameTime_areOrdered() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("order-" + round);
            List<Callable<UploadSessions.BegunPart>> racers = IntStream.range(0, 4)
                    .mapToObj(i -> (Callable<UploadSessions.BegunPart>) () -> process(i)
                            .beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(1))
                            .orElseThrow())
                    .toList();

            List<UploadSessions.BegunPart> begun = Race.run(racers).stream()
                    .sorted(Comparator.comparing(part -> part.token().attempt()))
                    .toList();

            List<PartFencingToken> tokens =
                    begun.stream().map(UploadSessions.BegunPart::token).toList();
            assertThat(tokens).doesNotHaveDuplicates();
            assertThat(begun).extracting(UploadSessions.BegunPart::contested).containsExactly(false, true, true, true);
            assertThat(other.sessions().newest(Set.copyOf(tokens))).containsExactly(tokens.get(3));
        }
    }

    @Test
    void attempts_recordedAtTheSameTime_leaveTheNewest_unconfirmed() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            UploadSession session = add("record-" + round);
            PartFencingToken older = begin(mine.sessions(), session);
            PartFencingToken newer = begin(other.sessions(), session);

            List<UploadSessions.PartOutcome> outcomes = race(
                    () -> mine.sessions().putPart(older, part(10, OLD), NOW.plusSeconds(2)),
                    () -> other.sessions().putPart(newer, part(20, NEW), NOW.plusSeconds(1)));

            assertThat(outcomes.get(0)).isIn(UploadSessions.PartOutcome.RECORDED, UploadSessions.PartOutcome.OUTDATED);
            assertThat(outcomes.get(1)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
            assertThat(mine.sessions().resumable().parts(session.id())).containsExactly(part(20, NEW));
            assertThat(mine.sessions().unconfirmedParts(session.id()))
                    .containsExactly(new UploadSessions.UnconfirmedPart(new PartNumber(1), NEW, Optional.of(OLD)));
            assertThat(find(session).lastActivity()).isEqualTo(NOW.plusSeconds(2));
        }
    }

    @Test
    void partsOfOneUpload_fromTwoProcesses_areAllRecorded() throws Exception {
        UploadSession session = add("many");
        int parts = 3 * record.rounds();
        List<Callable<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    for (int number = i + 1; number <= parts; number += 4) {
                        PartNumber part = new PartNumber(number);
                        PartFencingToken token = process(i)
                                .beginPart(session.key(), session.id(), Optional.empty(), part)
                                .orElseThrow()
                                .token();
                        PartInfo info = new PartInfo(part, number, NEW, NOW.plusSeconds(number));
                        assertThat(process(i).putPart(token, info, NOW.plusSeconds(number)))
                                .isEqualTo(UploadSessions.PartOutcome.RECORDED);
                    }
                    return true;
                })
                .toList();

        Race.run(racers);

        assertThat(mine.sessions().resumable().parts(session.id()))
                .extracting(part -> part.number().value())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, parts).boxed().toList());
        assertThat(mine.sessions().unconfirmedParts(session.id())).isEmpty();
        assertThat(find(session).lastActivity()).isEqualTo(NOW.plusSeconds(parts));
    }

    @Test
    void beginning_againstTheRecordOfAnOlderAttempt_letsOneSeeTheOther() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("seen-" + round);
            PartFencingToken older = begin(mine.sessions(), session);

            List<Object> results = race(
                    () -> mine.sessions().putPart(older, part(10, OLD), NOW), () -> begin(other.sessions(), session));

            PartFencingToken newer = (PartFencingToken) results.get(1);
            assertThat(results.get(0)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
            assertThat(other.sessions().putPart(newer, part(20, NEW), NOW))
                    .isEqualTo(UploadSessions.PartOutcome.RECORDED);
            assertThat(mine.sessions().resumable().parts(session.id())).containsExactly(part(20, NEW));
        }
    }

    @Test
    void change_succeedsOnce() throws Exception {
        for (int round = 0; round < 2 * record.rounds(); round++) {
            UploadSession session = add("change-" + round);
            UploadSession completing = session.completing(List.of(new PartTag(new PartNumber(1), NEW)), 3, NOW);
            UploadSession aborting = session.to(UploadState.ABORTING, NOW.plusSeconds(1));
            UploadSession expiring = session.to(UploadState.EXPIRING, NOW.plusSeconds(2));

            List<Boolean> won = race(
                    () -> mine.sessions().change(session, completing),
                    () -> other.sessions().change(session, aborting),
                    () -> other.sessions().change(session, expiring));

            assertThat(won).containsExactlyInAnyOrder(true, false, false);
            UploadSession winner = List.of(completing, aborting, expiring).get(won.indexOf(true));
            assertThat(find(session)).isEqualTo(winner);
        }
    }

    @Test
    void completion_againstParts_knowsAllRecordedParts() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("complete-" + round);

            List<List<PartInfo>> results = race(() -> putUntilClosed(session), () -> {
                assertThat(other.sessions().change(session, session.completing(List.of(), 0, NOW)))
                        .isTrue();
                return other.sessions().resumable().parts(session.id());
            });

            assertThat(results.get(1)).isEqualTo(results.get(0));
            assertThat(mine.sessions().resumable().parts(session.id())).isEqualTo(results.get(0));
            assertThat(mine.sessions().beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(9)))
                    .isEmpty();
        }
    }

    /** Records parts until the upload takes no more; returns those that were recorded. */
    private List<PartInfo> putUntilClosed(UploadSession session) {
        List<PartInfo> recorded = new ArrayList<>();
        List<PartFencingToken> tokens = IntStream.rangeClosed(1, 4)
                .mapToObj(number -> mine.sessions()
                        .beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(number)))
                .flatMap(Optional::stream)
                .map(UploadSessions.BegunPart::token)
                .toList();
        for (PartFencingToken token : tokens) {
            PartInfo part = new PartInfo(token.number(), 10, NEW, NOW);
            if (mine.sessions().putPart(token, part, NOW) == UploadSessions.PartOutcome.RECORDED) {
                recorded.add(part);
            }
        }
        return recorded;
    }

    @Test
    void replacementsByTwo_leaveTheListOfOne() throws Exception {
        List<PartInfo> one = IntStream.rangeClosed(1, 5)
                .mapToObj(number -> new PartInfo(new PartNumber(number), 1, OLD, NOW))
                .toList();
        List<PartInfo> two = IntStream.rangeClosed(3, 8)
                .mapToObj(number -> new PartInfo(new PartNumber(number), 2, NEW, NOW))
                .toList();
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("replace-" + round);

            race(
                    () -> {
                        mine.sessions().replaceParts(session.id(), one);
                        return true;
                    },
                    () -> {
                        other.sessions().replaceParts(session.id(), two);
                        return true;
                    });

            assertThat(mine.sessions().resumable().parts(session.id())).isIn(one, two);
        }
    }

    @Test
    void writes_ofARemovedUpload_areRejected() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            UploadSession session = add("removed-" + round);
            PartFencingToken token = begin(mine.sessions(), session);

            List<Object> results = race(
                    () -> mine.sessions().putPart(token, part(10, NEW), NOW),
                    () -> mine.sessions().beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(2)),
                    () -> {
                        other.sessions().remove(session.id());
                        return true;
                    });

            assertThat(results.get(0)).isIn(UploadSessions.PartOutcome.RECORDED, UploadSessions.PartOutcome.CLOSED);
            assertThat(mine.sessions().find(session.key(), session.id())).isEmpty();
            assertThat(mine.sessions().resumable().parts(session.id())).isEmpty();
            assertThat(mine.sessions().putPart(token, part(10, NEW), NOW)).isEqualTo(UploadSessions.PartOutcome.CLOSED);
        }
    }

    @Test
    void uploadAddedByTwo_isOne() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String id = "added-" + round;
            UploadSession session = session(id);
            UploadIntent first = mine.sessions().intents().intend(key(id), NOW);
            UploadIntent second = other.sessions().intents().intend(key(id), NOW);

            race(
                    () -> {
                        mine.sessions().add(session, first);
                        return true;
                    },
                    () -> {
                        other.sessions().add(session, second);
                        return true;
                    });

            assertThat(find(session)).isEqualTo(session);
            assertThat(mine.sessions().intents().of(key(id))).isEmpty();
        }
    }

    @Test
    void intents_neverExceedTheLimitOfOpenUploads() throws Exception {
        for (int round = 0; round < record.rounds() / 2 + 1; round++) {
            Optional<String> owner = Optional.of("owner-" + round);
            String name = "limited-" + round + "-";
            List<Callable<Boolean>> racers = IntStream.range(0, 6)
                    .mapToObj(i -> (Callable<Boolean>) () -> isBegun(process(i), name + i, owner, 3))
                    .toList();

            assertThat(Race.run(racers)).filteredOn(won -> won).hasSize(3);
        }
    }

    @Test
    void endsOfUploads_makeRoomForAsManyOthers() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            Optional<String> owner = Optional.of("owner-" + round);
            String name = "room-" + round + "-";
            assertThat(isBegun(mine.sessions(), name + 0, owner, 1)).isTrue();
            UploadSession session =
                    mine.sessions().find(key(name + 0), new UploadId(name + 0)).orElseThrow();

            List<Boolean> won = race(
                    () -> mine.sessions().change(session, session.to(UploadState.ABORTING, NOW)),
                    () -> isBegun(mine.sessions(), name + 1, owner, 1),
                    () -> isBegun(other.sessions(), name + 2, owner, 1));

            assertThat(won.get(0)).isTrue();
            assertThat(won.get(1) && won.get(2)).isFalse();
            assertThat(isBegun(other.sessions(), name + 3, owner, 1)).isEqualTo(!won.get(1) && !won.get(2));
        }
    }

    @Test
    void intentEndedInTwoWays_isGone() throws Exception {
        for (int round = 0; round < record.rounds(); round++) {
            String id = "ended-" + round;
            UploadIntent intent = mine.sessions().intents().intend(key(id), OWNER, 1000, NOW);

            race(
                    () -> {
                        mine.sessions().add(session(id), intent);
                        return true;
                    },
                    () -> {
                        other.sessions().intents().withdraw(intent);
                        return true;
                    },
                    () -> {
                        other.sessions().intents().markUncertain(intent);
                        return true;
                    });

            assertThat(mine.sessions().intents().of(key(id))).isEmpty();
            assertThat(find(session(id))).isEqualTo(session(id));
        }
    }

    private UploadSessions process(int racer) {
        return racer % 2 == 0 ? mine.sessions() : other.sessions();
    }

    private static boolean isBegun(UploadSessions sessions, String id, Optional<String> owner, int max) {
        try {
            UploadIntent intent = sessions.intents().intend(key(id), owner, max, NOW);
            UploadOrigin origin = UploadOrigin.client(owner, Map.of());
            sessions.add(
                    UploadSession.begun(
                            new UploadInfo(key(id), new UploadId(id), NOW), origin, ObjectAttributes.DEFAULT),
                    intent);
            return true;
        } catch (TooManyOpen full) {
            return false;
        }
    }

    private UploadSession find(UploadSession session) {
        return mine.sessions().find(session.key(), session.id()).orElseThrow();
    }

    private UploadSession add(String id) {
        UploadSession session = session(id);
        mine.sessions().add(session, mine.sessions().intents().intend(session.key(), NOW));
        return session;
    }

    private static UploadSession session(String id) {
        ObjectKey key = key(id);
        return UploadSession.begun(
                new UploadInfo(key, new UploadId(id), NOW),
                UploadOrigin.client(OWNER, Map.of()),
                ObjectAttributes.DEFAULT);
    }

    private static PartFencingToken begin(UploadSessions sessions, UploadSession session) {
        return sessions.beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(1))
                .orElseThrow()
                .token();
    }

    private static PartInfo part(long size, Etag tag) {
        return new PartInfo(new PartNumber(1), size, tag, NOW);
    }
}
