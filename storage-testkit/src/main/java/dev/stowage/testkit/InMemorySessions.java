package dev.stowage.testkit;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadIntents;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sessions in memory, for tests. Safe for concurrent use. */
public final class InMemorySessions implements UploadSessions {

    private static final Comparator<UploadSession> BY_KEY = Comparator.comparing(UploadSession::key)
            .thenComparing(session -> session.id().value());
    private static final Comparator<UploadSession> BY_ID =
            Comparator.comparing(session -> session.id().value());
    private static final Comparator<UploadSession> BY_ACTIVITY =
            Comparator.comparing(UploadSession::lastActivity).thenComparing(BY_ID);

    private final InMemoryIntents intents;
    private final InMemoryResumables resumables;
    private final InMemoryPartTokens tokens = new InMemoryPartTokens();
    private final Map<UploadId, UploadSession> sessions = new HashMap<>();
    private final Map<UploadId, Map<PartNumber, PartInfo>> parts = new HashMap<>();

    /** Creates an empty record for a process with a random id. */
    public InMemorySessions() {
        this(ProcessId.random());
    }

    /** @param process the owner of the intents */
    public InMemorySessions(ProcessId process) {
        intents = new InMemoryIntents(process, this);
        resumables = new InMemoryResumables(this, process);
    }

    @Override
    public UploadIntents intents() {
        return intents;
    }

    @Override
    public ResumableSessions resumable() {
        return resumables;
    }

    @Override
    public void check() {
        // Memory is always available.
    }

    @Override
    public synchronized void add(UploadSession session, UploadIntent intent) {
        intents.withdraw(intent);
        if (sessions.putIfAbsent(session.id(), session) == null) {
            parts.put(session.id(), new TreeMap<>());
        }
    }

    synchronized void add(UploadSession session, int max) {
        // The intent stands for the upload in the count until it is added.
        add(session, intents.intend(session.key(), session.origin().owner(), max, session.lastActivity()));
    }

    @Override
    public synchronized Optional<UploadSession> find(ObjectKey key, UploadId id) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.key().equals(key));
    }

    @Override
    public synchronized boolean change(UploadSession from, UploadSession to) {
        UploadSession now = sessions.get(from.id());
        if (now == null || now.version() != from.version() || now.state() != from.state()) {
            return false;
        }
        sessions.put(from.id(), to);
        if (to.state().isFinal()) {
            resumables.delete(from.id());
        }
        return true;
    }

    @Override
    public synchronized Optional<UploadSessions.BegunPart> beginPart(
            ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        return find(key, id)
                .filter(session -> isOpen(id) && session.isClients())
                .filter(session -> session.resumption().isEmpty())
                .filter(session ->
                        owner.isEmpty() || owner.equals(session.origin().owner()))
                .map(session -> tokens.begin(id, number));
    }

    @Override
    public synchronized Set<PartFencingToken> newest(Set<PartFencingToken> attempts) {
        return attempts.stream().filter(tokens::isNewest).collect(Collectors.toSet());
    }

    @Override
    public synchronized UploadSessions.PartOutcome putPart(PartFencingToken token, PartInfo part, Instant now) {
        boolean newest = tokens.stored(token, part.etag());
        if (!isOpen(token.upload())) {
            return UploadSessions.PartOutcome.CLOSED;
        }
        touch(token.upload(), now);
        if (!newest) {
            return UploadSessions.PartOutcome.OUTDATED;
        }
        known(token.upload()).put(part.number(), part);
        return UploadSessions.PartOutcome.RECORDED;
    }

    @Override
    public synchronized void endPart(PartFencingToken token) {
        tokens.end(token);
    }

    @Override
    public synchronized List<UploadSessions.UnconfirmedPart> unconfirmedParts(UploadId id) {
        return tokens.unconfirmed(id);
    }

    @Override
    public synchronized void replaceParts(UploadId id, List<PartInfo> stored) {
        if (isOpen(id)) {
            Map<PartNumber, PartInfo> known = known(id);
            known.clear();
            stored.forEach(part -> known.put(part.number(), part));
            stored.forEach(part -> touch(id, part.lastModified()));
        }
    }

    @Override
    public synchronized void remove(UploadId id) {
        sessions.remove(id);
        parts.remove(id);
        tokens.delete(id);
        resumables.delete(id);
    }

    @Override
    public synchronized UploadProgress progress(UploadSession session) {
        Map<PartNumber, PartInfo> known = parts.getOrDefault(session.id(), Map.of());
        return new UploadProgress(
                session,
                known.size(),
                known.values().stream().mapToLong(PartInfo::size).sum() + resumables.kept(session.id()));
    }

    @Override
    public synchronized Page<UploadProgress, SessionPosition> list(
            Optional<String> owner, KeyPrefix prefix, int max, Optional<SessionPosition> after) {
        List<UploadProgress> found = matching(
                        session -> session.state() == UploadState.OPEN || session.state() == UploadState.COMPLETING)
                .filter(UploadSession::isClients)
                .filter(session ->
                        owner.isEmpty() || owner.equals(session.origin().owner()))
                .filter(session ->
                        session.resumption().filter(Resumption::partial).isEmpty())
                .filter(session -> prefix.contains(session.key()))
                .filter(session -> after.isEmpty() || isAfter(session, after.get()))
                .sorted(BY_KEY)
                .limit(max + 1L)
                .map(this::progress)
                .toList();
        return Page.first(
                found,
                max,
                last -> new SessionPosition(last.session().key(), last.session().id()));
    }

    @Override
    public synchronized List<UploadSession> unfinished(Instant before, int max, Optional<UploadId> after) {
        return matching(session ->
                        session.state().isUnfinished() && session.lastActivity().isBefore(before))
                .filter(session -> after.isEmpty()
                        || session.id().value().compareTo(after.get().value()) > 0)
                .sorted(BY_ID)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<UploadSession> ofProcesses(int max, Optional<UploadId> after) {
        return matching(session -> session.state() == UploadState.OPEN && !session.isClients())
                .filter(session -> after.isEmpty()
                        || session.id().value().compareTo(after.get().value()) > 0)
                .sorted(BY_ID)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<UploadSession> idle(Instant before, int max, Optional<UploadSession> after) {
        return matching(session -> session.state() == UploadState.OPEN
                        && session.isClients()
                        && session.lastActivity().isBefore(before))
                .filter(session -> after.isEmpty() || BY_ACTIVITY.compare(session, after.get()) > 0)
                .sorted(BY_ACTIVITY)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized int prune(Instant before, int max) {
        List<UploadId> old = matching(session ->
                        session.state().isFinal() && session.lastActivity().isBefore(before))
                .limit(max)
                .map(UploadSession::id)
                .toList();
        old.forEach(sessions::remove);
        old.forEach(parts::remove);
        old.forEach(tokens::delete);
        old.forEach(resumables::delete);
        return old.size();
    }

    /** Returns the number of an owner's open uploads by clients. */
    synchronized long open(Optional<String> owner) {
        return matching(session -> session.state() == UploadState.OPEN || session.state() == UploadState.COMPLETING)
                .filter(UploadSession::isClients)
                .filter(session -> session.origin().owner().equals(owner))
                .count();
    }

    Stream<UploadSession> matching(Predicate<UploadSession> condition) {
        return sessions.values().stream().filter(condition);
    }

    private static boolean isAfter(UploadSession session, SessionPosition position) {
        int keys = session.key().compareTo(position.key());
        return keys > 0
                || (keys == 0 && session.id().value().compareTo(position.id().value()) > 0);
    }

    boolean isOpen(UploadId id) {
        UploadSession session = sessions.get(id);
        return session != null && session.state() == UploadState.OPEN;
    }

    Map<PartNumber, PartInfo> known(UploadId id) {
        return parts.computeIfAbsent(id, unknown -> new TreeMap<>());
    }

    void touch(UploadId id, Instant now) {
        sessions.computeIfPresent(id, (same, session) -> session.active(now));
    }

    void expect(UploadId id, long size) {
        sessions.computeIfPresent(
                id,
                (same, session) -> new UploadSession(
                        session.upload(),
                        UploadOrigin.resumable(
                                session.origin().owner(),
                                session.origin().layoutValues(),
                                OptionalLong.of(size),
                                session.resumption().orElseThrow()),
                        session.attributes(),
                        session.lastActivity(),
                        session.state(),
                        session.completion(),
                        session.version()));
    }
}
