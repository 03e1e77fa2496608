package dev.stowage.azure;

import com.azure.core.util.BinaryData;
import dev.stowage.core.adapter.BufferPool;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.adapter.PartBuffer;
import dev.stowage.core.adapter.PartSource;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.WriteCondition;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static final Duration BUFFER_TIMEOUT = Duration.ofSeconds(20);

    private static final UUID NO_WRITE = new UUID(0, 0);

    private final Blobs blobs;
    private final BlobConcatenation concatenation;
    private final BufferPool buffers;

    Puts(Blobs blobs, BlobConcatenation concatenation) {
        this.blobs = blobs;
        this.concatenation = concatenation;
        this.buffers = new BufferPool(Runtime.getRuntime().maxMemory() / 4, BUFFER_TIMEOUT);
    }

    /**
     * A blob to store.
     *
     * @param expected checksums of the bytes
     * @param limits of their number
     */
    record Order(NewBlob target, EncodedAttributes attributes, List<Checksum> expected, PartLimits limits) {}

    BlobSummary put(Content content, Order order) {
        long announced = content.length().orElse(0);
        order.limits().checkSize(announced);
        try (ContentStream body = ContentStream.open(content, order.expected())) {
            if (content.length().isPresent() && announced <= Blobs.MAX_PUT) {
                return whole(body, announced, order);
            }
            PartSource source = new PartSource(body);
            if (!source.hasMore() || source.isNearEnd()) {
                return whole(source.remaining(), order);
            }
            try (PartBuffer first = buffers.fill(source, BUFFER)) {
                return source.hasMore() ? staged(source, first, order) : whole(first, order);
            }
        }
    }

    private BlobSummary staged(PartSource source, PartBuffer first, Order order) {
        String name = STAGED + UUID.randomUUID();
        List<String> blocks = new ArrayList<>();
        try {
            addBlock(name, blocks, first);
            while (source.hasMore()) {
                try (PartBuffer next = buffers.fill(source, BUFFER)) {
                    order.limits().checkSize(source.position());
                    addBlock(name, blocks, next);
                }
            }
            blobs.commit(name, blocks, BlobAttributes.described(order.attributes()), WriteCondition.NONE);
            BlobVersion staged = blobs.head(name).orElseThrow(AzureErrors::sourceChanged);
            return concatenation.copy(name, staged, Optional.empty(), order.target());
        } finally {
            discard(name);
        }
    }

    /** Sends the bytes as a block, and returns their memory. */
    private void addBlock(String name, List<String> blocks, PartBuffer bytes) {
        // The ids need not differ from those of other blobs.
        String block = BlobConcatenation.blockId(NO_WRITE, blocks.size());
        blocks.add(block);
        blobs.putBlock(name, block, BinaryData.fromStream(bytes.open(), bytes.size()));
        bytes.close();
    }

    /** Blocks that are not committed can't be deleted, only discarded by another write. */
    private void discard(String name) {
        try {
            blobs.put(name, Blobs.NO_BODY, EncodedAttributes.NONE, WriteCondition.NONE);
            blobs.deleteIfExists(name, Optional.empty());
        } catch (StorageException left) {
            // The sweep deletes the blob later, and the store discards uncommitted blocks after a week.
        }
    }

    private BlobSummary whole(Content body, Order order) {
        try (ContentStream bytes = ContentStream.open(body, List.of())) {
            return whole(bytes, body.length().orElseThrow(), order);
        }
    }

    private BlobSummary whole(InputStream body, long length, Order order) {
        BinaryData bytes = BinaryData.fromStream(body, length);
        NewBlob target = order.target();
        return blobs.put(target.name(), bytes, order.attributes(), target.condition());
    }
}
