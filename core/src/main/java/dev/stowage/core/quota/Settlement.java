package dev.stowage.core.quota;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ProjectUsage;
import dev.stowage.core.usage.Quota;
import dev.stowage.core.usage.UsageIntent;
import dev.stowage.core.usage.UsageResult;
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
 * Brings intents to their end: by what the store has answered, by a look at what it has, or by leaving them to a later look. None of
 * that fails, as what it is about is done; what can't be put on record now is when the record answers again. Safe for concurrent use.
 */
final class Settlement {

    /** How long a store may take to do what it has not answered to. */
    private static final Duration DOUBT = Duration.ofMinutes(5);

    /** Each look but the first is owed to somebody who came and went in the moment of the one before. */
    private static final int MAX_LOOKS = 10;

    private final ObjectStore store;
    private final ProjectUsage usage;
    private final ProjectQuotas quotas;
    private final InstantSource clock;

    /** What the record did not take; at most what was under way when it failed, as nothing begins before this is empty. */
    private final Queue<UsageIntent> leftOver = new ConcurrentLinkedQueue<>();

    Settlement(ObjectStore store, ProjectUsage usage, ProjectQuotas quotas, InstantSource clock) {
        this.store = store;
        this.usage = usage;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * Leaves to a later look what could not be put on record before.
     *
     * @throws StorageException when the record still does not answer
     */
    void catchUp() {
        for (UsageIntent intent = leftOver.peek(); intent != null; intent = leftOver.peek()) {
            usage.markUncertain(List.of(intent), dueForALook());
            boolean unused = leftOver.remove(intent);
        }
    }

    /** Settles intents by sizes that the store told, where nobody else had a hand in the objects, and otherwise by a look. */
    void settle(List<UsageResult> told) {
        List<UsageResult> results = new ArrayList<>();
        List<UsageIntent> open = new ArrayList<>();
        for (UsageResult result : told) {
            if (result.intent().alone()) {
                results.add(result);
            } else {
                open.add(result.intent());
            }
        }
        results.addAll(look(open));
        record(results);
    }

    /** Settles intents by a look at their objects, which nothing that was begun for them changes any more. */
    void lookAndSettle(List<UsageIntent> intents) {
        record(look(intents));
    }

    /**
     * Settles an intent by a look at its object.
     *
     * @throws StorageException when the store does not answer; the intent is as it was
     */
    void lookOrFail(UsageIntent intent) {
        record(List.of(look(intent)));
    }

    /** Leaves intents to a later look: what was begun may still happen. */
    void markUncertain(List<UsageIntent> intents) {
        if (intents.isEmpty()) {
            return;
        }
        try {
            usage.markUncertain(intents, dueForALook());
        } catch (StorageException e) {
            leftOver.addAll(intents);
        }
    }

    private void record(List<UsageResult> results) {
        List<UsageResult> open = results;
        try {
            for (int looks = 0; !open.isEmpty(); looks++) {
                List<UsageIntent> again = usage.settle(open);
                if (looks == MAX_LOOKS) {
                    markUncertain(again);
                    return;
                }
                open = look(again);
            }
        } catch (StorageException e) {
            open.forEach(result -> leftOver.add(result.intent()));
        }
    }

    private List<UsageResult> look(List<UsageIntent> intents) {
        List<UsageResult> results = new ArrayList<>();
        for (UsageIntent intent : intents) {
            try {
                results.add(look(intent));
            } catch (StorageException e) {
                markUncertain(List.of(intent));
            }
        }
        return results;
    }

    private UsageResult look(UsageIntent intent) {
        Optional<String> project = quotas.of(intent.key()).map(Quota::project);
        if (project.isEmpty()) {
            return new UsageResult(intent, OptionalLong.empty());
        }
        OptionalLong size = store.stat(intent.key())
                .map(info -> OptionalLong.of(info.size()))
                .orElse(OptionalLong.empty());
        return new UsageResult(intent.in(project.get()), size);
    }

    private Instant dueForALook() {
        return clock.instant().plus(DOUBT);
    }
}
