package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.records.ResumableSessions;
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
 * Writes the bytes of one append request to the store. It collects them to parts, stores each part while the next one is received, and
 * records the parts in order. Bytes that do not fill a part are written to the record when the request ends, when they have been in memory
 * for too long, and when no memory is left. For one thread.
 */
final class PartWriter implements AutoCloseable {

    /** The maximum time that bytes of a slow client stay only in memory. */
    private static final Duration HELD = Duration.ofSeconds(4);

    /** The maximum number of parts in transfer at once, while there is plenty of memory. */
    private static final int MAX_IN_TRANSFER = 4;

    private final ResumableContext context;
    private final ResumableSessions uploads;
    private final UploadSession session;
    private final TokenHolder holder;
    private final long partSize;
    private final Optional<FileDigest> digest;
    private final boolean onApproval;
    private final List<PartInfo> unapproved = new ArrayList<>();
    /** The parts in transfer; each ends after the one before. */
    private final Deque<CompletableFuture<Void>> inTransfer = new ArrayDeque<>();

    private PendingPart pending;
    private Instant heldSince = Instant.MAX;

    /**
     * @param offset the upload's current offset
     * @param digest the digest of the upload so far; updated with the new bytes
     * @param onApproval whether bytes count only after {@link #settle()} or {@link #finish()}
     */
    PartWriter(
            ResumableContext context,
            UploadSession session,
            TokenHolder holder,
            UploadOffset offset,
            Optional<FileDigest> digest,
            boolean onApproval) {
        this.context = context;
        this.uploads = context.sessions().resumable();
        this.session = session;
        this.holder = holder;
        this.partSize = session.resumption().orElseThrow().partSize();
        this.digest = digest;
        this.onApproval = onApproval;
        pending = new PendingPart(context.memory(), offset.parts(), offset.kept());
    }

    /** Returns the upload's offset after all bytes written so far. */
    long position() {
        return pending.start() + pending.size();
    }

    /** Writes bytes. */
    void write(byte[] bytes, int length) {
        context.events().received(length);
        int taken = 0;
        while (taken < length) {
            storeWhenFull();
            taken += gather(bytes, taken, (int) Math.min(length - taken, partSize - pending.size()));
        }
        storeWhenFull();
        if (pending.isHeld() && context.clock().instant().isAfter(heldSince.plus(HELD))) {
            record();
        }
    }

    /** Records all bytes written so far and makes them count. */
    void settle() {
        finishParts();
        if (onApproval) {
            AppendChecks.accepted(uploads.commit(holder.token(), unapproved, now()));
            unapproved.clear();
        }
        keep(pending.chunks(), true);
    }

    /** Like {@link #settle()}, and stores the remaining bytes as the last part. The upload has at least one part in any case. */
    void finish() {
        finishParts();
        boolean any = pending.start() > 0 || pending.size() > 0;
        if (pending.size() > 0 || !any) {
            store();
            finishParts();
        }
        if (onApproval) {
            AppendChecks.accepted(uploads.commit(holder.token(), unapproved, now()));
            unapproved.clear();
        }
    }

    /**
     * Returns all bytes of a {@linkplain UploadSession#isSinglePut single put}, on record and in memory. To be used before this is closed,
     * and before the upload's token changes.
     */
    Content whole() {
        return PendingPartContent.whole(uploads, holder.newest(), pending);
    }

    /** Releases the memory once it is no longer in use. */
    @Override
    public void close() {
        inTransfer.forEach(part -> part.handle((ended, failed) -> true).join());
        pending.release();
    }

    private int gather(byte[] bytes, int offset, int length) {
        if (!pending.isHeld()) {
            heldSince = context.clock().instant();
        }
        int taken = pending.add(bytes, offset, length);
        while (taken == 0 && !inTransfer.isEmpty()) {
            // Its memory is released then.
            finishPart();
            taken = pending.add(bytes, offset, length);
        }
        if (taken == 0) {
            record();
            taken = pending.add(bytes, offset, length);
        }
        if (taken == 0) {
            return recordDirectly(bytes, offset, length);
        }
        digest(bytes, offset, taken);
        return taken;
    }

    /** Writes to the record without using memory. */
    private int recordDirectly(byte[] bytes, int offset, int length) {
        byte[] chunk = new byte[Math.min(length, ResumableSessions.MAX_CHUNK)];
        System.arraycopy(bytes, offset, chunk, 0, chunk.length);
        digest(chunk, 0, chunk.length);
        keep(List.of(chunk), !onApproval);
        return chunk.length;
    }

    private void digest(byte[] bytes, int offset, int length) {
        digest.ifPresent(running -> running.update(bytes, offset, length));
    }

    /** Called before the upload can reach {@code position}, from where it may then be resumed. */
    private void saveDigest(long position) {
        digest.ifPresent(
                running -> AppendChecks.accepted(uploads.saveDigest(holder.token(), position, running.save())));
    }

    private void record() {
        finishParts();
        keep(pending.chunks(), !onApproval);
    }

    private void keep(List<byte[]> chunks, boolean counts) {
        if (chunks.isEmpty()) {
            return;
        }
        long position = pending.start() + pending.recorded();
        long length = chunks.stream().mapToLong(chunk -> chunk.length).sum();
        saveDigest(position + length);
        AppendChecks.accepted(
                counts
                        ? uploads.keep(holder.token(), position, chunks, now())
                        : uploads.stage(holder.token(), position, chunks, now()));
        pending.recorded(length);
    }

    /** A part may be full from the start, when a crash prevented it from being stored. */
    private void storeWhenFull() {
        if (pending.size() == partSize && !session.isSinglePut()) {
            store();
        }
    }

    /** Starts to store the collected part. */
    private void store() {
        while (inTransfer.size() >= (context.memory().isSufficient() ? MAX_IN_TRANSFER : 1)) {
            finishPart();
        }
        PendingPart part = pending;
        FencingToken token = holder.token();
        saveDigest(part.start() + part.size());
        context.memory().partBegins();
        pending = new PendingPart(context.memory(), part.start() + part.size(), 0);
        CompletableFuture<Void> before =
                inTransfer.isEmpty() ? CompletableFuture.completedFuture(null) : inTransfer.getLast();
        inTransfer.add(CompletableFuture.supplyAsync(() -> put(part, token), context.executor())
                .thenAcceptBoth(before, (stored, ended) -> record(stored, token)));
    }

    private PartInfo put(PendingPart part, FencingToken token) {
        PartNumber number = new PartNumber(Math.toIntExact(part.start() / partSize + 1));
        try {
            return context.storage()
                    .uploads()
                    .putPart(
                            session.key(),
                            session.id(),
                            number,
                            PendingPartContent.fenced(uploads, token, part),
                            List.of());
        } finally {
            part.release();
            context.memory().partEnds();
        }
    }

    /** Records parts in their order, each after the one before. */
    private void record(PartInfo stored, FencingToken token) {
        if (onApproval) {
            unapproved.add(stored);
        } else {
            AppendChecks.accepted(uploads.commit(token, List.of(stored), now()));
        }
    }

    private void finishParts() {
        while (!inTransfer.isEmpty()) {
            finishPart();
        }
    }

    /** Waits for the oldest part in transfer. */
    private void finishPart() {
        try {
            inTransfer.getFirst().get();
            inTransfer.removeFirst();
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
