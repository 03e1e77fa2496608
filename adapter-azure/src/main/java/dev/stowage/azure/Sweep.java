package dev.stowage.azure;

import com.azure.storage.blob.models.BlobItem;
import dev.stowage.core.port.Maintenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes blobs of the adapter that crashes left behind: parts of uploads that have no record, and staged bodies. */
final class Sweep implements Maintenance {

    /** Longer than a call may take after its body was stored. */
    private static final Duration OLD = Duration.ofDays(1);

    private static final int PAGE = 1000;

    private final Blobs blobs;
    private final BlobListing listing;
    private final InstantSource clock;

    Sweep(Blobs blobs, InstantSource clock) {
        this.blobs = blobs;
        this.listing = new BlobListing(blobs);
        this.clock = clock;
    }

    @Override
    public Freed sweep() {
        Freed freed = deleteOld(Puts.STAGED);
        String open = "";
        Optional<String> after = Optional.empty();
        do {
            BlobListing.Names page = listing.names(Upload.RECORDS, Optional.of(Upload.PART), PAGE, after);
            for (BlobItem item : page.items()) {
                if (!BlobListing.isPrefix(item)) {
                    open = item.getName();
                } else if (!item.getName().equals(open + Upload.PART) && isEnded(item.getName())) {
                    Freed parts = deleteOld(item.getName());
                    freed = new Freed(freed.items() + parts.items(), freed.bytes() + parts.bytes());
                }
            }
            after = page.next();
        } while (after.isPresent());
        return freed;
    }

    private boolean isEnded(String parts) {
        return blobs.head(parts.substring(0, parts.length() - Upload.PART.length()))
                .isEmpty();
    }

    private Freed deleteOld(String prefix) {
        List<BlobItem> old = new ArrayList<>();
        listing.all(prefix, item -> {
            if (item.getProperties()
                    .getLastModified()
                    .toInstant()
                    .isBefore(clock.instant().minus(OLD))) {
                old.add(item);
            }
        });
        long bytes = 0;
        for (BlobItem item : old) {
            blobs.deleteIfExists(item.getName(), Optional.empty());
            bytes += item.getProperties().getContentLength();
        }
        return new Freed(old.size(), bytes);
    }
}
