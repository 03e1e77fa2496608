package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.ResumableSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The way of an upload's bytes to the store, for one turn. They are gathered to a part, which is stored while the next ones come, and
 * noted after the one before; what is short of a part goes to the record: when the turn ends, when it has been in memory for too long, and
 * when there is no more memory. For one thread.
 */
final class PartWriter implements AutoCloseable {

    /** How long bytes of a slow client stay in memory. */
    private static final Duration HELD = Duration.ofSeconds(4);

    /** How many parts are on their way at once, while there is plenty of memory. */
    private static final int UNDER_WAY = 4;

    private final ResumableContext context;
    private final ResumableSessions uploads;
    private final UploadSession session;
    private final FencingToken turn;
    private final long partSize;
    private final Optional<FileDigest> digest;
    private final boolean onApproval;
    private final List<PartInfo> unapproved = new ArrayList<>();
    /** Parts that are on their way; each ends after the one before. */
    private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();

    private PendingPart draft;
    private Instant heldSince = Instant.MAX;

    /**
     * @param offset how far the upload is
     * @param digest of the bytes so far, to go on with
     * @param onApproval whether nothing counts before {@link #settle()} or {@link #finish()}
     */
    PartWriter(
            ResumableContext context,
            UploadSession session,
            FencingToken turn,
            UploadOffset offset,
            Optional<FileDigest> digest,
            boolean onApproval) {
        this.context = context;
        this.uploads = context.sessions().resumable();
        this.session = session;
        this.turn = turn;
        this.partSize = session.resumption().orElseThrow().partSize();
        this.digest = digest;
        this.onApproval = onApproval;
        draft = new PendingPart(context.memory(), offset.parts(), offset.kept());
    }

    /** How many bytes the upload has with all that came by now. */
    long position() {
        return draft.start() + draft.size();
    }

    /** Takes bytes. */
    void write(byte[] bytes, int length) {
        context.events().received(length);
        int taken = 0;
        while (taken < length) {
            storeWhenFull();
            taken += gather(bytes, taken, (int) Math.min(length - taken, partSize - draft.size()));
        }
        storeWhenFull();
        if (draft.isHeld() && context.clock().instant().isAfter(heldSince.plus(HELD))) {
            record();
        }
    }

    /** Lets all that came count, and puts it on record. */
    void settle() {
        finishParts();
        if (onApproval) {
            AppendChecks.inTurn(uploads.commit(turn, unapproved, now()));
            unapproved.clear();
        }
        keep(draft.chunks(), true);
    }

    /** As {@link #settle()}, and what is short of a part becomes the last one. There is one in any case. */
    void finish() {
        finishParts();
        boolean any = draft.start() > 0 || draft.size() > 0;
        if (draft.size() > 0 || !any) {
            store();
            finishParts();
        }
        if (onApproval) {
            AppendChecks.inTurn(uploads.commit(turn, unapproved, now()));
            unapproved.clear();
        }
    }

    /** Gives back what memory is left, when nobody uses it any more. */
    @Override
    public void close() {
        underWay.forEach(part -> part.handle((ended, failed) -> true).join());
        draft.release();
    }

    private int gather(byte[] bytes, int offset, int length) {
        if (!draft.isHeld()) {
            heldSince = context.clock().instant();
        }
        int taken = draft.add(bytes, offset, length);
        while (taken == 0 && !underWay.isEmpty()) {
            // It has given its memory back then.
            finishPart();
            taken = draft.add(bytes, offset, length);
        }
        if (taken == 0) {
            record();
            taken = draft.add(bytes, offset, length);
        }
        if (taken == 0) {
            return recordDirectly(bytes, offset, length);
        }
        digest(bytes, offset, taken);
        return taken;
    }

    /** Without any memory. */
    private int recordDirectly(byte[] bytes, int offset, int length) {
        byte[] piece = new byte[Math.min(length, ResumableSessions.MAX_CHUNK)];
        System.arraycopy(bytes, offset, piece, 0, piece.length);
        digest(piece, 0, piece.length);
        keep(List.of(piece), !onApproval);
        return piece.length;
    }

    private void digest(byte[] bytes, int offset, int length) {
        digest.ifPresent(running -> running.update(bytes, offset, length));
    }

    /** Before the upload can reach {@code position}, from which it may then be continued. */
    private void saveDigest(long position) {
        digest.ifPresent(running -> AppendChecks.inTurn(uploads.saveDigest(turn, position, running.save())));
    }

    private void record() {
        finishParts();
        keep(draft.chunks(), !onApproval);
    }

    private void keep(List<byte[]> pieces, boolean counts) {
        if (pieces.isEmpty()) {
            return;
        }
        long position = draft.start() + draft.recorded();
        long length = pieces.stream().mapToLong(piece -> piece.length).sum();
        saveDigest(position + length);
        AppendChecks.inTurn(
                counts ? uploads.keep(turn, position, pieces, now()) : uploads.stage(turn, position, pieces, now()));
        draft.recorded(length);
    }

    /** A part may be full from the beginning, when a crash came before it was stored. */
    private void storeWhenFull() {
        if (draft.size() == partSize) {
            store();
        }
    }

    /** Sends the part that is gathered on its way. */
    private void store() {
        while (underWay.size() >= (context.memory().isPlenty() ? UNDER_WAY : 1)) {
            finishPart();
        }
        PendingPart part = draft;
        saveDigest(part.start() + part.size());
        context.memory().partBegins();
        draft = new PendingPart(context.memory(), part.start() + part.size(), 0);
        CompletableFuture<Void> before =
                underWay.isEmpty() ? CompletableFuture.completedFuture(null) : underWay.getLast();
        underWay.add(CompletableFuture.supplyAsync(() -> put(part), context.executor())
                .thenAcceptBoth(before, (stored, ended) -> note(stored)));
    }

    private PartInfo put(PendingPart part) {
        PartNumber number = new PartNumber(Math.toIntExact(part.start() / partSize + 1));
        try {
            return context.storage()
                    .uploads()
                    .putPart(
                            session.key(),
                            session.id(),
                            number,
                            new PendingPartContent(uploads, turn, part),
                            List.of());
        } finally {
            part.release();
            context.memory().partEnds();
        }
    }

    /** In the order of the parts, each after the one before. */
    private void note(PartInfo stored) {
        if (onApproval) {
            unapproved.add(stored);
        } else {
            AppendChecks.inTurn(uploads.commit(turn, List.of(stored), now()));
        }
    }

    private void finishParts() {
        while (!underWay.isEmpty()) {
            finishPart();
        }
    }

    /** Waits for the part that has been on its way for the longest. */
    private void finishPart() {
        try {
            underWay.getFirst().get();
            underWay.removeFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StorageException reason
                    ? reason
                    : new StorageUnavailable("A part could not be stored", e.getCause());
        }
    }

    private Instant now() {
        return context.clock().instant();
    }
}
