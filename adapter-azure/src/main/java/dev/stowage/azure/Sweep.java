package dev.stowage.azure;

import com.azure.storage.blob.models.BlobItem;
import dev.stowage.core.port.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes blobs of the adapter that crashes left behind: parts of uploads that have no record, and staged bodies. */
final class Sweep implements Maintenance {

    /** Longer than a call may take after its body was stored. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Blobs blobs;
    private final InstantSource clock;

    Sweep(Blobs blobs, InstantSource clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Takes the adapter's blobs in the order of their names, in which the parts of an upload follow its record. */
    @Override
    public Freed sweep() {
        Instant old = clock.instant().minus(OLD);
        String record = "";
        long items = 0;
        long bytes = 0;
        for (BlobItem item : (Iterable<BlobItem>) new BlobListing(blobs).all(BlobNames.INTERNAL)::iterator) {
            String name = item.getName();
            BlobSummary blob = BlobSummary.of(item);
            if (Upload.isRecord(name)) {
                record = name;
            } else if (!name.startsWith(record + Upload.PART)
                    && blob.lastModified().isBefore(old)
                    && isLeft(name)) {
                blobs.deleteIfExists(name, Optional.empty());
                items++;
                bytes += blob.size();
            }
        }
        return new Freed(items, bytes);
    }

    /** Looks for the record again, whatever the order of names is: nothing else could restore a part. */
    private boolean isLeft(String name) {
        int part = name.indexOf(Upload.PART);
        return part < 0 || blobs.head(name.substring(0, part)).isEmpty();
    }
}
