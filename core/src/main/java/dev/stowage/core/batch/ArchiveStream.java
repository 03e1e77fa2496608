package dev.stowage.core.batch;

import dev.stowage.core.archive.ArchiveEntryNames;
import dev.stowage.core.archive.ZipEncoder;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.ObjectChunks;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * A ZIP file of files, created while it is read. A file that the store rejects fails and is left out. A file that can't be reached, or that
 * is replaced while it is read, aborts the archive, which is then started again. In the last attempt, each file is read to its end before
 * it is added, so that an unreadable file is left out without affecting the others.
 */
final class ArchiveStream extends BodyStream {

    private final ObjectStore store;
    private final ObjectKey archive;
    private final ArchiveEntryNames names;
    private final ItemRun run;
    private final Iterator<JobItem> items;
    private final ZipEncoder zip;
    private Optional<OpenItem> open = Optional.empty();
    private boolean directory;

    private record OpenItem(JobItem item, ObjectChunks chunks) {}

    /** @param items of {@code run} */
    ArchiveStream(ObjectStore store, ObjectKey archive, KeyPrefix strip, ItemRun run, Iterator<JobItem> items) {
        this.store = store;
        this.archive = archive;
        this.names = new ArchiveEntryNames(strip);
        this.run = run;
        this.items = items;
        this.zip = new ZipEncoder();
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int read = zip.drain(buffer, offset, length);
        while (read == 0) {
            if (!advance()) {
                return -1;
            }
            read = zip.drain(buffer, offset, length);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Produces more output, at least a little. Returns whether there is any. */
    private boolean advance() throws IOException {
        if (open.isPresent()) {
            continueItem(open.get());
            return true;
        }
        if (items.hasNext()) {
            begin(items.next());
            return true;
        }
        if (!directory) {
            directory = true;
            zip.beginDirectory();
        }
        return zip.continueDirectory();
    }

    private void begin(JobItem item) throws IOException {
        if (item.key().equals(archive)) {
            run.done(item, new Outcome.Skipped("The archive does not include itself"));
            return;
        }
        try {
            ObjectChunks chunks = ObjectChunks.open(store, item.key());
            if (run.isLastAttempt()) {
                chunks = chunks.readThrough();
            }
            ObjectInfo info = chunks.info();
            zip.beginEntry(names.of(item.key(), info.size()), info.lastModified(), info.size());
            open = Optional.of(new OpenItem(item, chunks));
        } catch (StorageUnavailable e) {
            if (!run.isLastAttempt() || !StoreProbe.answers(store)) {
                throw e;
            }
            run.done(item, new Outcome.Failed(e));
        } catch (StorageException e) {
            run.done(item, new Outcome.Failed(e));
        }
    }

    private void continueItem(OpenItem current) throws IOException {
        if (zip.wantsInput()) {
            Optional<byte[]> chunk = next(current);
            if (chunk.isPresent()) {
                zip.input(chunk.get());
            } else {
                zip.endEntry();
                open = Optional.empty();
                run.done(
                        current.item(),
                        Outcome.succeeded(current.chunks().info().size()));
                return;
            }
        }
        zip.deflate();
    }

    private static Optional<byte[]> next(OpenItem current) {
        try {
            return current.chunks().next();
        } catch (PreconditionFailed | NotFound e) {
            throw new Conflict(
                    "The file at " + current.item().key() + " was replaced or deleted while the archive was written");
        }
    }
}
