package dev.stowage.core.quota;

import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Settles intents by the store's response, by reading the object from the store, or by deferring that. It never fails, because the changes
 * have been made; results that can't be recorded now are recorded once the record is available again. Safe for concurrent use.
 */
final class Settlement {

    private static final int PAGE = 100;

    /** How long a store may take to finish a request that it has not responded to. */
    private static final Duration SETTLE_DELAY = Duration.ofMinutes(5);

    /** A further attempt is needed only if another change began and ended during the previous one. */
    private static final int MAX_READS = 10;

    private final ObjectStore store;
    private final ProjectUsage usage;
    private final ProjectQuotas quotas;
    private final InstantSource clock;

    /**
     * Intents that could not be recorded. Bounded by the changes that were running when the record failed, as none begins before it is
     * empty.
     */
    private final Queue<LeftOver> leftOver = new ConcurrentLinkedQueue<>();

    Settlement(ObjectStore store, ProjectUsage usage, ProjectQuotas quotas, InstantSource clock) {
        this.store = store;
        this.usage = usage;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * Defers what could not be recorded before.
     *
     * @throws StorageException when the record is still unavailable
     */
    void catchUp() {
        for (LeftOver next = leftOver.peek(); next != null; next = leftOver.peek()) {
            usage.markUncertain(List.of(next.intent()), next.ended() ? clock.instant() : nextReadTime());
            boolean unused = leftOver.remove(next);
        }
    }

    /**
     * Settles intents by the sizes that the store returned, if no other change of the object was open, and otherwise by reading the object.
     */
    void settle(List<ProjectUsage.Result> told) {
        List<ProjectUsage.Result> results = new ArrayList<>();
        List<ProjectUsage.Intent> open = new ArrayList<>();
        for (ProjectUsage.Result result : told) {
            if (result.intent().alone()) {
                results.add(result);
            } else {
                open.add(result.intent());
            }
        }
        results.addAll(look(open));
        record(results);
    }

    /** Settles intents by reading their objects, when no request of theirs can change these any more. */
    void readAndSettle(List<ProjectUsage.Intent> intents) {
        record(look(intents));
    }

    /**
     * Settles the intents that no other process will settle: of processes that ended during a write, of lost responses, and of signed URLs.
     * See {@link QuotaStorage#settle}.
     */
    int settleAbandoned() {
        catchUp();
        int settled = 0;
        FailureBudget failures = new FailureBudget();
        List<ProjectUsage.Intent> page = usage.abandoned(PAGE, 0, clock.instant());
        while (!page.isEmpty()) {
            for (ProjectUsage.Intent intent : page) {
                try {
                    // One by one, as several intents may be for the same object.
                    record(List.of(look(intent)));
                    settled++;
                } catch (StorageException e) {
                    failures.note(e);
                }
            }
            page = usage.abandoned(PAGE, page.get(page.size() - 1).id(), clock.instant());
        }
        failures.rethrow();
        return settled;
    }

    /** Defers intents whose requests may still change the store. */
    void markUncertain(List<ProjectUsage.Intent> intents) {
        if (intents.isEmpty()) {
            return;
        }
        try {
            usage.markUncertain(intents, nextReadTime());
        } catch (StorageException e) {
            intents.forEach(intent -> leftOver.add(new LeftOver(intent, false)));
        }
    }

    private void record(List<ProjectUsage.Result> results) {
        List<ProjectUsage.Result> open = results;
        try {
            for (int looks = 0; !open.isEmpty(); looks++) {
                List<ProjectUsage.Intent> again = usage.settle(open);
                if (looks == MAX_READS) {
                    markUncertain(again);
                    return;
                }
                open = look(again);
            }
        } catch (StorageException e) {
            open.forEach(result -> leftOver.add(new LeftOver(result.intent(), true)));
        }
    }

    private List<ProjectUsage.Result> look(List<ProjectUsage.Intent> intents) {
        List<ProjectUsage.Result> results = new ArrayList<>();
        for (ProjectUsage.Intent intent : intents) {
            try {
                results.add(look(intent));
            } catch (StorageException e) {
                markUncertain(List.of(intent));
            }
        }
        return results;
    }

    private ProjectUsage.Result look(ProjectUsage.Intent intent) {
        Optional<String> project = quotas.of(intent.key()).map(Quota::project);
        if (project.isEmpty()) {
            return new ProjectUsage.Result(intent, OptionalLong.empty());
        }
        OptionalLong size = store.stat(intent.key())
                .map(info -> OptionalLong.of(info.size()))
                .orElse(OptionalLong.empty());
        return new ProjectUsage.Result(intent.in(project.get()), size);
    }

    private Instant nextReadTime() {
        return clock.instant().plus(SETTLE_DELAY);
    }

    /**
     * An intent that could not be recorded.
     *
     * @param ended whether the store has responded, so that its object can be measured without delay
     */
    private record LeftOver(ProjectUsage.Intent intent, boolean ended) {}
}
