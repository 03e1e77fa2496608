package dev.stowage.local.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * New blobs that share their bytes with others, and are not in the index yet. Closing them deletes the new names, unless they were
 * {@link #keep() kept} or {@link #leave() left}. For one thread.
 */
public final class LinkedBlobs implements AutoCloseable {

    private final List<PendingBlob> pending = new ArrayList<>();
    private final List<StoredBlob> blobs = new ArrayList<>();
    private final Supplier<PendingBlob> begin;
    private boolean incomplete;

    LinkedBlobs(Supplier<PendingBlob> begin) {
        this.begin = begin;
    }

    /** Adds blobs with the bytes of existing bodies; small bodies are written to a file. */
    public void addAll(List<? extends Body> sources) {
        for (Body source : sources) {
            if (!incomplete) {
                PendingBlob blob = begin.get();
                pending.add(blob);
                Optional<StoredBlob> linked = source instanceof SmallBody small
                        ? Optional.of(blob.write(small))
                        : blob.link((StoredBlob) source);
                linked.ifPresent(blobs::add);
                incomplete = linked.isEmpty();
            }
        }
    }

    /** Whether a link failed, so that all have to be discarded. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** The blobs, in the order of their sources. */
    public List<StoredBlob> blobs() {
        return blobs;
    }

    /** Moves the blobs to their folders, after they were committed to the index. */
    public void keep() {
        pending.forEach(PendingBlob::keep);
    }

    /** Leaves the files as they are when the outcome of the commit is unknown; the next start decides. */
    public void leave() {
        pending.forEach(PendingBlob::leave);
    }

    @Override
    public void close() {
        pending.forEach(PendingBlob::close);
    }
}
