package dev.stowage.local;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.blob.BlobStream;
import dev.stowage.local.blob.ReadLocks.ReadLock;
import dev.stowage.local.blob.Segment;
import dev.stowage.local.index.Conditions;
import dev.stowage.local.index.ContentTable;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.ObjectRow;
import dev.stowage.local.index.ReadableRow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens objects so that their bytes stay available while they are read, even when they are overwritten meanwhile. */
final class ObjectOpener {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectOpener.class);

    private final Index index;
    private final ObjectIndex objects;
    private final BlobStore blobs;
    private final BlobGarbage garbage;

    ObjectOpener(Index index, ObjectIndex objects, BlobStore blobs, BlobGarbage garbage) {
        this.index = index;
        this.objects = objects;
        this.blobs = blobs;
        this.garbage = garbage;
    }

    /** Opens the range given by {@code options} of the current version; to be closed. */
    OpenObject open(ObjectKey key, ReadOptions options) {
        long vanished = -1;
        while (true) {
            ReadableRow found = index.read(handle -> objects.findReadable(handle, key))
                    .orElseThrow(() -> NotFound.file(key.value()));
            ObjectRow row = found.object();
            options.ifMatch().ifPresent(etag -> Conditions.checkMatch(etag, row));
            long size = row.info().size();
            ByteSpan span = options.range().map(range -> range.resolve(size)).orElseGet(() -> ByteSpan.whole(size));
            if (found.bytes().isPresent()) {
                return new OpenObject(row.info(), span, stretch(found.bytes().get(), span), () -> {});
            }
            try {
                return openBlobs(row, span);
            } catch (NoSuchFileException e) {
                // The object was replaced before its bytes were open. A new version has another content, so each round
                // sees
                // another write succeed; the same content again has lost its bytes.
                if (row.content() == vanished) {
                    LOG.error("The blobs of {} are missing", key, e);
                    throw new StorageUnavailable("The bytes of the file are missing in the store", e);
                }
                vanished = row.content();
            }
        }
    }

    private static InputStream stretch(byte[] bytes, ByteSpan span) {
        return new ByteArrayInputStream(bytes, (int) span.offset(), (int) span.length());
    }

    private OpenObject openBlobs(ObjectRow row, ByteSpan span) throws NoSuchFileException {
        // Before its segments are queried: see ReadLocks.
        ReadLock lock = blobs.readLocks().take(row.content());
        boolean held = false;
        try {
            List<Segment> segments = index.read(handle -> ContentTable.segments(handle, row.content()));
            if (segments.isEmpty()) {
                throw new NoSuchFileException("segments of content " + row.content());
            }
            BlobStream body = blobs.read(segments, span);
            // A single file that is open needs no lock.
            held = segments.size() > 1;
            return new OpenObject(row.info(), span, body, () -> {
                body.close();
                end(lock, row.content());
            });
        } finally {
            if (!held) {
                end(lock, row.content());
            }
        }
    }

    private void end(ReadLock lock, long content) {
        if (lock.close()) {
            garbage.deleteFreed(List.of(content));
        }
    }
}
