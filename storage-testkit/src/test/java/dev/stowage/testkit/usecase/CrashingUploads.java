package dev.stowage.testkit.usecase;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.ResumableUploads;
import dev.stowage.core.session.Extent;
import dev.stowage.core.session.ResumableId;
import dev.stowage.core.session.Turn;
import dev.stowage.core.session.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The record of uploads that go on at a byte, as a process sees it that crashes. */
record CrashingUploads(ResumableUploads target, CrashPoint crash) implements ResumableUploads {

    @Override
    public Optional<UploadSession> find(ResumableId id) {
        return crash.look(() -> target.find(id));
    }

    @Override
    public Optional<Turn> begin(UploadId id) {
        return crash.step(() -> target.begin(id));
    }

    @Override
    public Extent extent(UploadId id) {
        return crash.look(() -> target.extent(id));
    }

    @Override
    public List<PartInfo> parts(UploadId id) {
        return crash.look(() -> target.parts(id));
    }

    @Override
    public boolean keep(Turn turn, long position, List<byte[]> pieces, Instant now) {
        return crash.step(() -> target.keep(turn, position, pieces, now));
    }

    @Override
    public boolean stage(Turn turn, long position, List<byte[]> pieces, Instant now) {
        return crash.step(() -> target.stage(turn, position, pieces, now));
    }

    @Override
    public Optional<byte[]> read(Turn turn, long position) {
        return crash.look(() -> target.read(turn, position));
    }

    @Override
    public boolean commit(Turn turn, List<PartInfo> parts, Instant now) {
        return crash.step(() -> target.commit(turn, parts, now));
    }

    @Override
    public boolean isCurrent(Turn turn) {
        return crash.look(() -> target.isCurrent(turn));
    }

    @Override
    public boolean rewind(Turn turn, PartNumber first, Instant now) {
        return crash.step(() -> target.rewind(turn, first, now));
    }

    @Override
    public boolean expect(Turn turn, long size) {
        return crash.step(() -> target.expect(turn, size));
    }

    @Override
    public boolean saveDigest(Turn turn, long position, byte[] state) {
        return crash.step(() -> target.saveDigest(turn, position, state));
    }

    @Override
    public Optional<byte[]> digest(UploadId id, long position) {
        return crash.look(() -> target.digest(id, position));
    }

    @Override
    public List<UploadSession> pieces(Instant before, int max) {
        return crash.look(() -> target.pieces(before, max));
    }
}
