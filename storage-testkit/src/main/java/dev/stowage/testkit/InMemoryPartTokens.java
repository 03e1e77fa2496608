package dev.stowage.testkit;

import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.UploadSessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The attempts at parts, in memory. Callers must hold the sessions' lock. */
final class InMemoryPartTokens {

    private final Map<UploadId, Attempts> uploads = new HashMap<>();

    UploadSessions.BegunPart begin(UploadId id, PartNumber number) {
        Attempts attempts = uploads.computeIfAbsent(id, unknown -> new Attempts());
        attempts.last++;
        boolean contested = attempts.of(number).values().stream().anyMatch(state -> !state.isStored());
        attempts.of(number).put(attempts.last, new State(Optional.empty(), false));
        return new UploadSessions.BegunPart(new PartFencingToken(id, number, attempts.last), contested);
    }

    boolean isNewest(PartFencingToken token) {
        return of(token).tailMap(token.attempt(), false).isEmpty();
    }

    /** @return whether no newer attempt has stored the part */
    boolean stored(PartFencingToken token, Etag etag) {
        NavigableMap<Long, State> attempts = of(token);
        NavigableMap<Long, State> newer = attempts.tailMap(token.attempt(), false);
        attempts.put(token.attempt(), new State(Optional.of(etag), !newer.isEmpty()));
        attempts.headMap(token.attempt(), false).values().removeIf(state -> state.isStored() && !state.overtaken());
        return newer.values().stream().noneMatch(State::isStored);
    }

    void end(PartFencingToken token) {
        of(token).remove(token.attempt());
    }

    List<UploadSessions.UnconfirmedPart> unconfirmed(UploadId id) {
        List<UploadSessions.UnconfirmedPart> doubtful = new ArrayList<>();
        uploads.getOrDefault(id, new Attempts())
                .parts
                .forEach((number, attempts) -> attempts.entrySet().stream()
                        .filter(attempt -> attempt.getValue().isStored())
                        .reduce((older, newer) -> newer)
                        .ifPresent(newest -> attempts.headMap(newest.getKey(), false).values().stream()
                                .filter(older -> !older.isStored() || older.overtaken())
                                .forEach(older -> doubtful.add(new UploadSessions.UnconfirmedPart(
                                        number, newest.getValue().etag().orElseThrow(), older.etag())))));
        return doubtful;
    }

    void delete(UploadId id) {
        uploads.remove(id);
    }

    private NavigableMap<Long, State> of(PartFencingToken token) {
        return uploads.computeIfAbsent(token.upload(), unknown -> new Attempts())
                .of(token.number());
    }

    private record State(Optional<Etag> etag, boolean overtaken) {
        boolean isStored() {
            return etag.isPresent();
        }
    }

    private static final class Attempts {
        private final Map<PartNumber, NavigableMap<Long, State>> parts = new TreeMap<>();
        private long last;

        private NavigableMap<Long, State> of(PartNumber number) {
            return parts.computeIfAbsent(number, unknown -> new TreeMap<>());
        }
    }
}
