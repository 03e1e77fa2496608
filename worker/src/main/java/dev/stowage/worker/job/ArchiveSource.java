package dev.stowage.worker.job;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.service.ArchiveFormats;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries of an archive. Each one is read to its end, so that an archive that is damaged or exceeds the limits is refused before
 * anything is stored. The checkpoint is the archive's version and the number of entries read; resuming reads them again without adding
 * their items.
 */
final class ArchiveSource {

    private static final int AT_ONCE = 1000;
    private static final int BUFFER = 64 << 10;

    private final SourceReader reader;
    private final JobContext context;
    private final ObjectKey archive;

    ArchiveSource(SourceReader reader, JobContext context, ObjectKey archive) {
        this.reader = reader;
        this.context = context;
        this.archive = archive;
    }

    private record Position(Etag etag, long entry) {

        static Position parse(String text) {
            String[] fields = text.split("\n", 2);
            return new Position(new Etag(fields[0]), Long.parseLong(fields[1]));
        }

        String text() {
            return etag.value() + "\n" + entry;
        }
    }

    /**
     * Reads to the end; empty when it was stopped before. The target needs nothing from the keys.
     *
     * @throws dev.stowage.core.error.PreconditionFailed when the archive was replaced while it was read
     * @throws InvalidInput when it is damaged, exceeds a limit, or has an unknown format
     */
    Optional<Optional<KeyPrefix>> read() {
        Optional<Position> before = reader.checkpoint().map(Position::parse);
        boolean all = reader.read(
                "archive", archive, before.map(Position::etag), (info, span, body) -> read(info, body, before));
        return all ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private boolean read(ObjectInfo info, InputStream body, Optional<Position> before) throws IOException {
        long recorded = before.map(Position::entry).orElse(0L);
        long number = 0;
        List<NewItem> items = new ArrayList<>();
        byte[] buffer = new byte[BUFFER];
        try (ArchiveFormats.Entries entries = context.operations().archives().open(info, body)) {
            for (Optional<ArchiveFormats.Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                number++;
                long size = entry.get().unreadable().isPresent()
                        ? 0
                        : measure(entry.get().body(), buffer);
                if (number > recorded) {
                    items.add(item(entry.get(), number, size, info.etag()));
                }
                if (items.size() == AT_ONCE) {
                    if (!reader.found(items, new Position(info.etag(), number).text())) {
                        return false;
                    }
                    items.clear();
                }
            }
        }
        return reader.found(items, new Position(info.etag(), number).text());
    }

    private static long measure(InputStream entry, byte[] buffer) throws IOException {
        long size = 0;
        int count;
        while ((count = entry.read(buffer)) >= 0) {
            size += count;
        }
        return size;
    }

    private NewItem item(ArchiveFormats.Entry entry, long number, long size, Etag etag) {
        try {
            if (entry.unreadable().isPresent()) {
                throw new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "It " + entry.unreadable().get());
            }
            if (entry.name().startsWith("/")) {
                throw new InvalidInput(ErrorCode.INVALID_KEY, "Its name is an absolute path");
            }
            ObjectKey key = new ObjectKey(entry.name());
            reader.execution().checkTarget(key);
            return NewItem.of(key, size, etag);
        } catch (InvalidInput e) {
            JobFailure failure = JobFailure.of(e);
            return NewItem.failed(
                    ManifestLine.shown(entry.name(), "entry " + number),
                    new JobFailure(failure.error(), "Entry " + number + " of the archive: " + failure.message()));
        }
    }
}
