package dev.stowage.core.quota;

import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;

/** The reservation for an object of unknown size. Grows in steps. Safe for concurrent use. */
final class QuotaReservation implements SizeCheck {

    private static final long SMALLEST_STEP = 64 << 10;
    private static final long LARGEST_STEP = 8 << 20;

    private final ProjectUsage usage;
    private final Quota quota;
    private ProjectUsage.Intent intent;

    QuotaReservation(ProjectUsage usage, Quota quota, ProjectUsage.Intent intent) {
        this.usage = usage;
        this.quota = quota;
        this.intent = intent;
    }

    /** Doubles the reservation when it is used up, so that small bodies reserve little, and large ones extend it rarely. */
    @Override
    public synchronized void check(long size) {
        while (size > intent.allowed()) {
            long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, intent.allowed()));
            intent = usage.extend(intent, quota, step);
        }
    }
}
