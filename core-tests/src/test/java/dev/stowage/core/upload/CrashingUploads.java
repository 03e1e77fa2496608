package dev.stowage.core.upload;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The record of resumable uploads, as seen by a process that crashes. */
record CrashingUploads(ResumableSessions target, CrashPoint crash) implements ResumableSessions {

    @Override
    public Optional<UploadSession> find(ResumableId id) {
        return crash.look(() -> target.find(id));
    }

    @Override
    public void add(UploadSession session, int max) {
        boolean unused = crash.step(() -> {
            target.add(session, max);
            return true;
        });
    }

    @Override
    public UploadSession addPut(UploadSession session, int max, long size, Instant now) {
        return crash.step(() -> target.addPut(session, max, size, now));
    }

    @Override
    public Optional<ResumableSessions.CurrentUpload> current(ResumableId id) {
        return crash.look(() -> target.current(id));
    }

    @Override
    public Optional<FencingToken> begin(FencingToken newest) {
        return crash.step(() -> target.begin(newest));
    }

    @Override
    public Optional<UploadSession> beginPut(FencingToken token, UploadSession open, long size, Instant now) {
        return crash.step(() -> target.beginPut(token, open, size, now));
    }

    @Override
    public boolean reopen(UploadSession putting, Instant now) {
        return crash.step(() -> target.reopen(putting, now));
    }

    @Override
    public Optional<FencingToken> begin(UploadId id) {
        return crash.step(() -> target.begin(id));
    }

    @Override
    public UploadOffset offset(UploadId id) {
        return crash.look(() -> target.offset(id));
    }

    @Override
    public List<PartInfo> parts(UploadId id) {
        return crash.look(() -> target.parts(id));
    }

    @Override
    public boolean keep(FencingToken token, long position, List<byte[]> chunks, Instant now) {
        return crash.step(() -> target.keep(token, position, chunks, now));
    }

    @Override
    public boolean stage(FencingToken token, long position, List<byte[]> chunks, Instant now) {
        return crash.step(() -> target.stage(token, position, chunks, now));
    }

    @Override
    public Optional<byte[]> read(FencingToken token, long position) {
        return crash.look(() -> target.read(token, position));
    }

    @Override
    public boolean commit(FencingToken token, List<PartInfo> parts, Instant now) {
        return crash.step(() -> target.commit(token, parts, now));
    }

    @Override
    public boolean isCurrent(FencingToken token) {
        return crash.look(() -> target.isCurrent(token));
    }

    @Override
    public Set<FencingToken> current(Set<FencingToken> tokens) {
        return crash.look(() -> target.current(tokens));
    }

    @Override
    public boolean rewind(FencingToken token, PartNumber first, Instant now) {
        return crash.step(() -> target.rewind(token, first, now));
    }

    @Override
    public boolean expect(FencingToken token, long size) {
        return crash.step(() -> target.expect(token, size));
    }

    @Override
    public boolean saveDigest(FencingToken token, long position, byte[] state) {
        return crash.step(() -> target.saveDigest(token, position, state));
    }

    @Override
    public Optional<byte[]> digest(UploadId id, long position) {
        return crash.look(() -> target.digest(id, position));
    }

    @Override
    public List<UploadSession> partials(Instant before, int max) {
        return crash.look(() -> target.partials(before, max));
    }
}
