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

    private static final long BLOCK = 100L << 20;
    private static final Duration BUFFER_PATIENCE = Duration.ofSeconds(20);

    /** The ids of the blocks of a staged blob need not differ from those of others. */
    private static final UUID STAGED_BLOB = new UUID(0, 0);

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
            if (content.length().isPresent() && announced <= Blobs.MAX_PUT) {
                return whole(body, announced, order);
            }
            PartSource source = new PartSource(body);
            return content.length().isPresent() ? announced(source, announced, order) : untilItsEnd(source, order);
        }
    }

    private Written untilItsEnd(PartSource source, Order order) {
        if (!source.hasMore()) {
            return whole(InputStream.nullInputStream(), 0, order);
        }
        if (source.isNearEnd()) {
            return whole(source.remaining(), order);
        }
        long size = Math.min(BUFFER, buffers.capacity());
        try (PartBuffer first = buffers.take(size)) {
            first.fill(source.next(size));
            if (!source.hasMore()) {
                return whole(first, order);
            }
            return staged(order, (name, blocks) -> {
                addBlock(name, blocks, first);
                first.close();
                while (source.hasMore()) {
                    try (PartBuffer next = buffers.take(size)) {
                        next.fill(source.next(size));
                        checkSize(source.position(), order.maxSize());
                        addBlock(name, blocks, next);
                    }
                }
                return source.position();
            });
        }
    }

    private Written announced(PartSource source, long length, Order order) {
        return staged(order, (name, blocks) -> {
            for (long left = length; left > 0; left -= Math.min(left, BLOCK)) {
                long size = Math.min(left, BLOCK);
                blobs.putBlock(name, newBlock(blocks), source.next(size), size);
            }
            return length;
        });
    }

    private void addBlock(String name, List<String> blocks, PartBuffer bytes) {
        blobs.putBlock(name, newBlock(blocks), bytes.open(), bytes.size());
    }

    private static String newBlock(List<String> blocks) {
        blocks.add(Joining.blockId(STAGED_BLOB, blocks.size()));
        return blocks.get(blocks.size() - 1);
    }

    /** Sends the blocks of a body to a blob, and returns the size of the body. */
    @FunctionalInterface
    private interface Sender {
        long send(String name, List<String> blocks);
    }

    private Written staged(Order order, Sender sender) {
        String name = STAGED + UUID.randomUUID();
        List<String> blocks = new ArrayList<>();
        boolean committed = false;
        try {
            long size = sender.send(name, blocks);
            HttpHeaders described = order.attributes().described();
            blobs.commit(name, blocks, described, WriteCondition.NONE);
            committed = true;
            BlobVersion staged = blobs.head(name).orElseThrow(AzureErrors::sourceChanged);
            order.guard().check();
            if (size <= Blobs.MAX_COPY) {
                return new Written(size, blobs.copy(name, staged, order.name(), order.condition()));
            }
            List<Joining.Source> source = List.of(new Joining.Source(name, size, staged.etag()));
            return new Written(size, joining.join(source, order.name(), described, order.condition(), order.guard()));
        } finally {
            discard(name, committed);
        }
    }

    /** Blocks that are not committed can't be deleted, only discarded by another write. */
    private void discard(String name, boolean committed) {
        try {
            if (!committed) {
                blobs.put(name, "", BlobAttributes.NONE);
            }
            blobs.delete(name, WriteCondition.NONE, Optional.empty());
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
