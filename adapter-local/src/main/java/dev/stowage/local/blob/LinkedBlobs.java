package dev.stowage.local.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * New blobs that share their bytes with others, and that the index does not know yet. Closing them removes the new names, unless they were
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

    /** Adds blobs with the bytes of some bodies, which are there: those that have no file are written into one. */
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

    /** Whether one of them could not be made, so that all are to be given up. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** The blobs, in the order of those that they share their bytes with. */
    public List<StoredBlob> blobs() {
        return blobs;
    }

    /** Puts them in their places: the index has them now. */
    public void keep() {
        pending.forEach(PendingBlob::keep);
    }

    /** Leaves them as they are: whether the index has them, or will, only the next start can tell. */
    public void leave() {
        pending.forEach(PendingBlob::leave);
    }

    @Override
    public void close() {
        pending.forEach(PendingBlob::close);
    }
}
