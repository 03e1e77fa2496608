package dev.stowage.worker.job;

import dev.stowage.core.batch.ItemRun;
import dev.stowage.core.batch.Outcome;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The items of one claim while they are processed. Results are buffered and written in groups. */
final class ItemBatch implements ItemRun {

    private static final int WRITTEN_AT_ONCE = 1000;

    private final Claim claim;
    private final JobContext context;
    private final JobWriter writer;
    private final StopSignal stop;
    private final Instant end;
    private final boolean together;
    private final int earlier;
    private final List<ItemResult> results = new ArrayList<>();
    private final List<Long> leftOut = new ArrayList<>();
    private final Set<Long> settled = new HashSet<>();
    private final Map<Long, JobItem> noted = new HashMap<>();
    private final Backoff backoff;
    private int handedOut;
    private int recorded;
    private int unavailable;
    private boolean stopped;

    /**
     * @param end when the slot is handed to other jobs
     * @param together whether all items succeed or fail together: then no item is skipped, and the last result is held back until the end
     * @param earlier how many attempts at a batch of all items have failed in a row
     */
    ItemBatch(
            Claim claim,
            JobContext context,
            JobWriter writer,
            StopSignal stop,
            Instant end,
            boolean together,
            int earlier) {
        this.claim = claim;
        this.context = context;
        this.writer = writer;
        this.stop = stop;
        this.end = end;
        this.together = together;
        this.earlier = earlier;
        this.backoff = writer.backoff();
    }

    @Override
    public JobSpec spec() {
        return claim.job().spec();
    }

    /** Does the work on the batch, and lets the observer see it. */
    void observed(Runnable work) {
        Map<String, String> details = Map.of("job", claim.job().id().value(), "operation", spec().operation());
        boolean unused = context.observer().unit("job.batch", details, () -> {
            work.run();
            return true;
        });
    }

    /** Whether no further items are to be started. */
    boolean isOver() {
        return stopped
                || stop.isRequested()
                || (!together && !context.clock().instant().isBefore(end));
    }

    /** Items that succeed or fail together have common attempts; others are counted one by one. */
    @Override
    public boolean isLastAttempt() {
        return together && earlier + 1 >= spec().options().maxAttempts();
    }

    @Override
    public Iterator<JobItem> items() {
        return new Items();
    }

    @Override
    public void done(JobItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && failed.reason() instanceof StorageUnavailable) {
            if (stop.isRequested()) {
                return; // The item was interrupted, so its outcome is unknown, and it is run again.
            }
            unavailable++;
        }
        recorded++;
        if (!together) {
            settled.add(item.number());
        }
        if (outcome instanceof Outcome.LeftOut) {
            leaveOut(item);
            return;
        }
        int attempts = together ? 1 : spec().options().maxAttempts();
        ItemResult result =
                Results.of(item, outcome, attempts, backoff, context.clock().instant());
        results.add(result);
        stopped |= !together
                && result.state() == ItemState.FAILED
                && spec().options().stopOnError();
        if (results.size() > WRITTEN_AT_ONCE) {
            write(results.subList(0, WRITTEN_AT_ONCE));
        }
    }

    private void leaveOut(JobItem item) {
        leftOut.add(item.number());
        if (leftOut.size() > WRITTEN_AT_ONCE) {
            writeLeftOut(leftOut.subList(0, WRITTEN_AT_ONCE));
        }
    }

    @Override
    public void note(List<JobItem> items) {
        writer.note(claim, items);
        if (!together) {
            items.forEach(item -> noted.put(item.number(), item));
        }
    }

    /** Items without an outcome, as recorded last. When items succeed or fail together, all of them. */
    List<JobItem> withoutOutcome() {
        return claim.items().stream()
                .filter(item -> !settled.contains(item.number()))
                .map(item -> noted.getOrDefault(item.number(), item))
                .toList();
    }

    /** Writes the remaining results. */
    void finish() {
        if (!leftOut.isEmpty()) {
            writeLeftOut(leftOut);
        }
        if (!results.isEmpty()) {
            write(results);
        }
    }

    Claim claim() {
        return claim;
    }

    /** The number of items with an outcome. */
    int outcomes() {
        return recorded;
    }

    /** Whether there were outcomes, all of them that the store is unavailable. */
    boolean isUnavailable() {
        return recorded > 0 && unavailable == recorded;
    }

    /** Whether items were left for lack of time. */
    boolean isCut() {
        return handedOut < claim.items().size() && !stopped && !stop.isRequested();
    }

    private void writeLeftOut(List<Long> some) {
        writer.leaveOut(claim, List.copyOf(some));
        some.clear();
    }

    private void write(List<ItemResult> some) {
        writer.record(claim, List.copyOf(some));
        some.clear();
    }

    /** The number of results with a state. */
    static long count(List<ItemResult> results, ItemState state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    private final class Items implements Iterator<JobItem> {

        private List<JobItem> page = claim.items();
        private int next;

        @Override
        public boolean hasNext() {
            if (together && stop.isRequested()) {
                throw new StorageUnavailable("The job was stopped", null);
            }
            if (isOver() && handedOut > 0) {
                return false;
            }
            // Other claims have all their items with them.
            if (together && next == page.size() && next > 0) {
                page = context.jobs().items(claim, page.get(next - 1).number());
                next = 0;
            }
            return next < page.size();
        }

        @Override
        public JobItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            handedOut++;
            return page.get(next++);
        }
    }
}
