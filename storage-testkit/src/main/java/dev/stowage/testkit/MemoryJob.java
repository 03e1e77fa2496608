package dev.stowage.testkit;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A job in memory. Its users hold the lock. */
final class MemoryJob {

    final long number;
    final Optional<Idempotency> idempotency;
    final List<Item> items = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    BatchJob job;
    Optional<String> checkpoint = Optional.empty();
    boolean totalFinal;
    private long unaddressable;
    private long revision;

    MemoryJob(long number, BatchJob job, Optional<Idempotency> idempotency) {
        this.number = number;
        this.job = job;
        this.idempotency = idempotency;
    }

    JobStatus status() {
        return new JobStatus(job, progress(), revision);
    }

    BatchJobs.OpenJob open(Instant now) {
        boolean claimable = claimable(now, false).findAny().isPresent()
                || claimable(now, true).findAny().isPresent();
        return new BatchJobs.OpenJob(job, totalFinal, claimable);
    }

    /** Returns the owner; empty for none. */
    String owner() {
        return job.owner().orElse("");
    }

    void become(BatchJob next) {
        job = next;
        revision++;
    }

    void begin(Instant now) {
        if (job.state() == JobState.QUEUED) {
            become(job.to(JobState.RUNNING, now));
        }
    }

    void strip(KeyPrefix prefix) {
        BatchJob updated = job.withTarget(job.spec().target().stripping(prefix));
        become(new BatchJob(
                updated.id(),
                updated.owner(),
                updated.spec(),
                updated.state(),
                updated.createdAt(),
                updated.startedAt(),
                updated.finishedAt(),
                updated.error(),
                job.version()));
    }

    void add(BatchJobs.FoundItems found) {
        add(found.items());
        unaddressable += found.unaddressable();
        checkpoint = Optional.of(found.checkpoint());
    }

    void add(List<NewItem> found) {
        for (NewItem item : found) {
            if (item.failure().isPresent() || keys.add(item.key()) || !isManifest()) {
                items.add(new Item(items.size() + 1L, item));
            }
        }
        revision++;
    }

    /** Returns the number of items that {@link #add} would create. */
    long countNew(List<NewItem> found) {
        Set<String> seen = new HashSet<>(keys);
        return found.stream()
                .filter(item -> item.failure().isPresent() || seen.add(item.key()) || !isManifest())
                .count();
    }

    private boolean isManifest() {
        return job.spec().source() instanceof JobSource.Manifest;
    }

    void settle(Instant now) {
        revision++;
        job.ended(progress(), now).ifPresent(this::become);
    }

    /** Returns items to claim: those never attempted, or those to retry. */
    Stream<Item> claimable(Instant now, boolean again) {
        return items.stream()
                .filter(item -> !item.leftOut)
                .filter(item -> item.state == ItemState.PENDING && !item.claimed && item.touched == again)
                .filter(item -> !again || !item.due.isAfter(now));
    }

    private JobProgress progress() {
        long bytes = items.stream().mapToLong(item -> item.bytes).sum();
        return new JobProgress(
                items.stream().filter(item -> !item.leftOut).count(),
                totalFinal,
                count(ItemState.SUCCEEDED),
                count(ItemState.FAILED),
                count(ItemState.SKIPPED),
                unaddressable,
                bytes,
                0);
    }

    private long count(ItemState state) {
        return items.stream().filter(item -> item.state == state).count();
    }

    /** An item. Its users hold the lock. */
    static final class Item {

        final long number;
        ItemState state;
        int attempts;
        boolean touched;
        Instant due = Instant.EPOCH;
        private final String key;
        private boolean claimed;
        private boolean leftOut;
        private OptionalLong size;
        private Optional<Etag> etag;
        private Optional<Etag> copyEtag = Optional.empty();
        private long bytes;
        private Optional<String> error;
        private Optional<String> message;

        private Item(long number, NewItem item) {
            this.number = number;
            this.key = item.key();
            this.size = item.size();
            this.etag = item.etag();
            this.state = item.failure().isPresent() ? ItemState.FAILED : ItemState.PENDING;
            this.error = item.failure().map(JobFailure::error);
            this.message = item.failure().map(JobFailure::message);
        }

        boolean isLeftOut() {
            return leftOut;
        }

        void leaveOut() {
            leftOut |= state == ItemState.PENDING;
        }

        boolean isClaimed() {
            return claimed;
        }

        JobItem item() {
            return new JobItem(number, new ObjectKey(key), attempts, size, etag, copyEtag);
        }

        ItemRecord record() {
            return new ItemRecord(number, key, state, attempts, error, message);
        }

        void claim() {
            claimed = true;
            touched = true;
        }

        void note(JobItem item) {
            size = item.size();
            etag = item.etag();
            copyEtag = item.copyEtag();
        }

        void take(ItemResult result) {
            if (state != ItemState.PENDING) {
                return;
            }
            claimed = false;
            state = result.state();
            attempts = result.attempts();
            error = result.error();
            message = result.message();
            due = result.due();
            bytes = state == ItemState.SUCCEEDED ? result.bytes() : 0;
        }

        void giveBack(int more, Instant now) {
            if (state == ItemState.PENDING && claimed) {
                claimed = false;
                attempts += more;
                due = now;
            }
        }

        void reset(boolean again) {
            touched = again;
            claimed = false;
            state = ItemState.PENDING;
            attempts = 0;
            bytes = 0;
            due = Instant.EPOCH;
            error = Optional.empty();
            message = Optional.empty();
        }
    }
}
