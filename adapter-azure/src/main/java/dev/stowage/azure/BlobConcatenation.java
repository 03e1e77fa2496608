package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import dev.stowage.core.adapter.CallThreads;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a blob of the bytes of others, within the store. The blob gets blocks with bytes of the others, and a list of these blocks, which
 * is written by one request.
 *
 * <p>A write to a blob discards all of its uncommitted blocks, so a join may lose its blocks to another write. It then starts over.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-from-url">Put Block From URL</a>
 */
final class BlobConcatenation {

    /** The store reads as much from its own disks within seconds. */
    private static final long MAX_BLOCK = 100L << 20;

    private static final int MAX_BLOCKS = 50_000;
    private static final int ATTEMPTS = 3;
    private static final Duration MAX_PAUSE = Duration.ofMillis(200);

    private final Blobs blobs;
    private final CallThreads threads;

    BlobConcatenation(Blobs blobs, CallThreads threads) {
        this.blobs = blobs;
        this.threads = threads;
    }

    /** A version of a blob. */
    record Source(String name, long size, Etag etag) {}

    private record Piece(Source source, ByteSpan span, String block) {}

    /**
     * Copies a version of a blob, with all that the store keeps with it: by one request, if it is small and its attributes stay.
     *
     * @param name of the source
     * @param changed the attributes of the copy; empty for those of the source
     * @throws Conflict as for {@link #join}
     */
    BlobSummary copy(String name, BlobVersion version, Optional<EncodedAttributes> changed, NewBlob target) {
        if (changed.isEmpty() && version.size() <= Blobs.MAX_COPY) {
            target.guard().run();
            return blobs.copy(name, version, target.name(), target.condition());
        }
        HttpHeaders headers = BlobAttributes.described(changed.orElse(version.attributes()));
        version.md5().ifPresent(md5 -> Blobs.set(headers, "x-ms-blob-content-md5", md5));
        version.tier().ifPresent(tier -> Blobs.set(headers, "x-ms-access-tier", tier));
        if (version.tagged()) {
            Blobs.set(headers, "x-ms-tags", blobs.tags(name));
        }
        return join(List.of(new Source(name, version.size(), version.etag())), headers, target);
    }

    /**
     * Makes a blob.
     *
     * @param headers describe the blob
     * @throws Conflict when there is no such version of a source any more, or other writes to the blob have discarded the blocks each time
     */
    BlobSummary join(List<Source> sources, HttpHeaders headers, NewBlob target) {
        checkCondition(target);
        List<Piece> pieces = pieces(sources);
        List<String> blocks = pieces.stream().map(Piece::block).toList();
        for (int attempt = 1; ; attempt++) {
            threads.map(pieces, piece -> store(piece, target));
            target.guard().run();
            try {
                HttpHeaders answer = blobs.commit(target.name(), blocks, headers, target.condition());
                return BlobSummary.of(size(sources), answer);
            } catch (Conflict e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE.toNanos()));
            }
        }
    }

    /** The commit decides. But a condition that does not hold anyway need not leave blocks behind, which only a write discards. */
    private void checkCondition(NewBlob target) {
        if (!(target.condition() instanceof WriteCondition.None)) {
            ObjectKey key =
                    new ObjectKey(BlobNames.OF_KEYS.decode(target.name()).orElseThrow());
            Optional<ObjectInfo> current = blobs.head(target.name()).map(blob -> blob.info(key));
            Preconditions.of(target.condition()).check(key, current);
        }
    }

    private static long size(List<Source> sources) {
        return sources.stream().mapToLong(Source::size).sum();
    }

    /** Returns the id of a block. Within a blob, all ids must have the same length. */
    static String blockId(UUID write, int number) {
        byte[] id = "%s-%05d".formatted(write, number).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(id);
    }

    private static List<Piece> pieces(List<Source> sources) {
        long size = Math.max(MAX_BLOCK, size(sources) / (MAX_BLOCKS - sources.size()));
        UUID write = UUID.randomUUID();
        List<Piece> pieces = new ArrayList<>();
        for (Source source : sources) {
            for (long offset = 0; offset < source.size(); offset += size) {
                ByteSpan span = new ByteSpan(offset, Math.min(size, source.size() - offset));
                pieces.add(new Piece(source, span, blockId(write, pieces.size())));
            }
        }
        return pieces;
    }

    private Piece store(Piece piece, NewBlob target) {
        target.guard().run();
        try {
            transfer(piece, target.name());
            return piece;
        } catch (NotFound | PreconditionFailed e) {
            throw AzureErrors.sourceChanged();
        }
    }

    /** Stores a block. The emulator does not read other blobs itself, so the bytes take the way through the adapter there. */
    private void transfer(Piece piece, String target) {
        Source source = piece.source();
        ByteSpan span = piece.span();
        try {
            blobs.putBlock(target, piece.block(), source.name(), source.etag(), span);
        } catch (NotSupported emulator) {
            try (HttpResponse answer = blobs.get(source.name(), Optional.of(span), Optional.of(source.etag()))) {
                InputStream body = answer.getBodyAsBinaryData().toStream();
                blobs.putBlock(target, piece.block(), BinaryData.fromStream(body, span.length()));
            }
        }
    }
}
