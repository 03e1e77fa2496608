package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.PartSource;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.spool.BufferPool;
import dev.stowage.core.spool.PartBuffer;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores bodies as blobs: by one request, if their length is known or they fit into a buffer. Others are first stored as blocks of a blob
 * of the adapter, because another write to the target would discard them there.
 */
final class Puts {

    /** The beginning of the names of those blobs. */
    static final String STAGED = BlobNames.INTERNAL + "staged/";

    /** The size of a block whose bytes are kept in memory. A blob of 50 000 of them has 390 GiB. */
    static final int BUFFER = 8 << 20;

    private static final Duration BUFFER_PATIENCE = Duration.ofSeconds(20);

    private static final UUID NO_WRITE = new UUID(0, 0);

    private final Blobs blobs;
    private final Joining joining;
    private final BufferPool buffers;

    Puts(Blobs blobs, Joining joining) {
        this.blobs = blobs;
        this.joining = joining;
        this.buffers = new BufferPool(Runtime.getRuntime().maxMemory() / 4, BUFFER_PATIENCE);
    }

    /** The place of a body in the store, and what to check. */
    record Order(
            String name,
            BlobAttributes attributes,
            WriteCondition condition,
            List<Checksum> expected,
            long maxSize,
            Joining.Guard guard) {}

    /** A stored body, with the headers of the store's answer. */
    record Written(long size, HttpHeaders answer) {}

    Written put(Content content, Order order) {
        long announced = content.length().orElse(0);
        checkSize(announced, order.maxSize());
        try (ContentStream body = ContentStream.open(content, order.expected())) {
            return content.length().isPresent() && announced <= Blobs.MAX_PUT
                    ? whole(body, announced, order)
                    : inBlocks(new PartSource(body), order);
        }
    }

    private Written inBlocks(PartSource source, Order order) {
        if (!source.hasMore()) {
            return whole(InputStream.nullInputStream(), 0, order);
        }
        if (source.isNearEnd()) {
            return whole(source.remaining(), order);
        }
        try (PartBuffer first = filled(source)) {
            return source.hasMore() ? staged(source, first, order) : whole(first, order);
        }
    }

    private Written staged(PartSource source, PartBuffer first, Order order) {
        String name = STAGED + UUID.randomUUID();
        List<String> blocks = new ArrayList<>();
        boolean committed = false;
        try {
            addBlock(name, blocks, first);
            first.close();
            while (source.hasMore()) {
                try (PartBuffer next = filled(source)) {
                    checkSize(source.position(), order.maxSize());
                    addBlock(name, blocks, next);
                }
            }
            HttpHeaders described = order.attributes().described();
            blobs.commit(name, blocks, described, WriteCondition.NONE);
            committed = true;
            BlobVersion staged = blobs.head(name).orElseThrow(AzureErrors::sourceChanged);
            order.guard().check();
            return new Written(staged.size(), toTarget(name, staged, described, order));
        } finally {
            discard(name, committed);
        }
    }

    private HttpHeaders toTarget(String name, BlobVersion staged, HttpHeaders described, Order order) {
        if (staged.size() <= Blobs.MAX_COPY) {
            return blobs.copy(name, staged, order.name(), order.condition());
        }
        List<Joining.Source> source = List.of(new Joining.Source(name, staged.size(), staged.etag()));
        return joining.join(source, order.name(), described, order.condition(), order.guard());
    }

    private PartBuffer filled(PartSource source) {
        long size = Math.min(BUFFER, buffers.capacity());
        PartBuffer buffer = buffers.take(size);
        try {
            buffer.fill(source.next(size));
            return buffer;
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
        }
    }

    private void addBlock(String name, List<String> blocks, PartBuffer bytes) {
        // The ids need not differ from those of other blobs.
        blocks.add(Joining.blockId(NO_WRITE, blocks.size()));
        blobs.putBlock(name, blocks.get(blocks.size() - 1), bytes.open(), bytes.size());
    }

    /** Blocks that are not committed can't be deleted, only discarded by another write. */
    private void discard(String name, boolean committed) {
        try {
            if (!committed) {
                blobs.put(name, "", BlobAttributes.NONE);
            }
            blobs.deleteIfExists(name, Optional.empty());
        } catch (RuntimeException left) {
            // The sweep deletes the blob later, and the store discards uncommitted blocks after a week.
        }
    }

    private Written whole(Content body, Order order) {
        try (ContentStream bytes = ContentStream.open(body, List.of())) {
            return whole(bytes, body.length().orElseThrow(), order);
        }
    }

    private Written whole(InputStream body, long length, Order order) {
        return new Written(length, blobs.put(order.name(), body, length, order.attributes(), order.condition()));
    }

    private static void checkSize(long size, long maxSize) {
        if (size > maxSize) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "A part has at most " + maxSize + " bytes", Map.of("limit", maxSize));
        }
    }
}
