package dev.stowage.core.quota;

import dev.stowage.core.error.FailureBudget;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.records.ProjectUsage;
import java.time.InstantSource;
import java.util.List;

/**
 * Measures the objects that no other process will settle: of processes that ended during a write, of lost responses, and of signed URLs.
 */
final class SettleUsage {

    private static final int PAGE = 100;

    private final ProjectUsage usage;
    private final Settlement settlement;
    private final InstantSource clock;

    SettleUsage(ProjectUsage usage, Settlement settlement, InstantSource clock) {
        this.usage = usage;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** See {@link QuotaStorage#settle}. */
    int settle() {
        settlement.catchUp();
        int settled = 0;
        FailureBudget failures = new FailureBudget();
        List<ProjectUsage.Intent> page = usage.abandoned(PAGE, 0, clock.instant());
        while (!page.isEmpty()) {
            for (ProjectUsage.Intent intent : page) {
                try {
                    // One by one, as several intents may be for the same object.
                    settlement.settleByReading(intent);
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
}
