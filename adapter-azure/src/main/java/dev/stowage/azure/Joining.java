package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Fence;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Makes a blob of the bytes of others, within the store. The blob gets blocks with bytes of the others, and a list of these blocks, which
 * is written by one request.
 *
 * <p>A write to a blob discards all of its uncommitted blocks, so a join may lose its blocks to another write. It then starts over.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-from-url">Put Block From URL</a>
 */
final class Joining {

    /** The store reads as much from its own disks within seconds. */
    private static final long MAX_BLOCK = 100L << 20;

    private static final int MAX_BLOCKS = 50_000;
    private static final int ATTEMPTS = 3;
    private static final int MAX_PAUSE_MILLIS = 200;

    private final Blobs blobs;
    private final Workers workers;

    Joining(Blobs blobs, Workers workers) {
        this.blobs = blobs;
        this.workers = workers;
    }

    /** A version of a blob. */
    record Source(String name, long size, Etag etag) {}

    /** What to do before and while requests are sent. */
    record Guard(Fence fence, Runnable heartbeat) {
        static final Guard NONE = new Guard(() -> true, () -> {});

        static Guard of(Fence fence) {
            return new Guard(fence, () -> {});
        }

        /** Called before a change is sent. */
        void check() {
            if (!fence.isOpen()) {
                throw new StorageUnavailable("Another process may have taken over this work", null);
            }
        }
    }

    private record Piece(Source source, ByteSpan span) {}

    /**
     * Makes a blob.
     *
     * @param headers describe the blob
     * @return the headers of the store's answer
     * @throws Conflict when there is no such version of a source any more, or other writes to the blob have discarded the blocks each time
     */
    HttpHeaders join(List<Source> sources, String target, HttpHeaders headers, WriteCondition condition, Guard guard) {
        checkCondition(target, condition);
        List<Piece> pieces = pieces(sources);
        for (int attempt = 1; ; attempt++) {
            UUID write = UUID.randomUUID();
            List<String> blocks = IntStream.range(0, pieces.size())
                    .mapToObj(n -> blockId(write, n))
                    .toList();
            workers.run(blocks.size(), n -> store(pieces.get(n), target, blocks.get(n)), guard.heartbeat());
            guard.check();
            try {
                return blobs.commit(target, blocks, headers, condition);
            } catch (Conflict e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** The commit decides. But a condition that does not hold anyway need not leave blocks behind, which only a write discards. */
    private void checkCondition(String target, WriteCondition condition) {
        if (condition instanceof WriteCondition.None) {
            return;
        }
        Optional<Etag> present = blobs.head(target).map(BlobVersion::etag);
        boolean holds = condition instanceof WriteCondition.IfMatch match
                ? present.filter(match.etag()::equals).isPresent()
                : present.isEmpty();
        if (!holds) {
            throw AzureErrors.preconditionFailed(BlobNames.decode(target).orElse(target));
        }
    }

    /** Returns the id of a block. Within a blob, all ids must have the same length. */
    static String blockId(UUID write, int number) {
        byte[] id = "%s-%05d".formatted(write, number).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(id);
    }

    private static List<Piece> pieces(List<Source> sources) {
        long total = sources.stream().mapToLong(Source::size).sum();
        long size = Math.max(MAX_BLOCK, total / (MAX_BLOCKS - sources.size()));
        List<Piece> pieces = new ArrayList<>();
        for (Source source : sources) {
            for (long offset = 0; offset < source.size(); offset += size) {
                pieces.add(new Piece(source, new ByteSpan(offset, Math.min(size, source.size() - offset))));
            }
        }
        return pieces;
    }

    private void store(Piece piece, String target, String block) {
        try {
            Source source = piece.source();
            try {
                blobs.putBlock(target, block, source.name(), source.etag(), piece.span());
            } catch (NotSupported emulator) {
                transfer(piece, target, block);
            }
        } catch (NotFound | PreconditionFailed e) {
            throw AzureErrors.sourceChanged();
        }
    }

    /** Stores a block where the store does not read other blobs itself, like the emulator. */
    private void transfer(Piece piece, String target, String block) {
        Source source = piece.source();
        try (HttpResponse answer = blobs.get(source.name(), Optional.of(piece.span()), Optional.of(source.etag()))) {
            InputStream body = answer.getBodyAsBinaryData().toStream();
            blobs.putBlock(target, block, body, piece.span().length());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MAX_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The call was interrupted", e);
        }
    }
}
