package dev.stowage.core.upload;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadIntents;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The record of sessions, as seen by a process that crashes. Intents are not included. */
record CrashingSessions(UploadSessions target, CrashPoint crash) implements UploadSessions {

    @Override
    public void check() {
        target.check();
    }

    @Override
    public UploadIntents intents() {
        return target.intents();
    }

    @Override
    public ResumableSessions resumable() {
        return new CrashingUploads(target.resumable(), crash);
    }

    @Override
    public void add(UploadSession session, UploadIntent intent) {
        boolean unused = crash.step(() -> {
            target.add(session, intent);
            return true;
        });
    }

    @Override
    public Optional<UploadSession> find(ObjectKey key, UploadId id) {
        return crash.look(() -> target.find(key, id));
    }

    @Override
    public boolean change(UploadSession from, UploadSession to) {
        return crash.step(() -> target.change(from, to));
    }

    @Override
    public Optional<UploadSessions.BegunPart> beginPart(
            ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        return crash.step(() -> target.beginPart(key, id, owner, number));
    }

    @Override
    public Set<PartFencingToken> newest(Set<PartFencingToken> attempts) {
        return crash.look(() -> target.newest(attempts));
    }

    @Override
    public UploadSessions.PartOutcome putPart(PartFencingToken token, PartInfo part, Instant now) {
        return crash.step(() -> target.putPart(token, part, now));
    }

    @Override
    public void endPart(PartFencingToken token) {
        boolean unused = crash.step(() -> {
            target.endPart(token);
            return true;
        });
    }

    @Override
    public List<UploadSessions.UnconfirmedPart> unconfirmedParts(UploadId id) {
        return crash.look(() -> target.unconfirmedParts(id));
    }

    @Override
    public void replaceParts(UploadId id, List<PartInfo> parts) {
        target.replaceParts(id, parts);
    }

    @Override
    public void remove(UploadId id) {
        target.remove(id);
    }

    @Override
    public UploadProgress progress(UploadSession session) {
        return crash.look(() -> target.progress(session));
    }

    @Override
    public Page<UploadProgress, SessionPosition> list(
            Optional<String> owner, KeyPrefix prefix, int max, Optional<SessionPosition> after) {
        return crash.look(() -> target.list(owner, prefix, max, after));
    }

    @Override
    public List<UploadSession> unfinished(Instant before, int max, Optional<UploadId> after) {
        return crash.look(() -> target.unfinished(before, max, after));
    }

    @Override
    public List<UploadSession> ofProcesses(int max, Optional<UploadId> after) {
        return crash.look(() -> target.ofProcesses(max, after));
    }

    @Override
    public List<UploadSession> idle(Instant before, int max, Optional<UploadSession> after) {
        return crash.look(() -> target.idle(before, max, after));
    }

    @Override
    public int prune(Instant before, int max) {
        return target.prune(before, max);
    }
}
