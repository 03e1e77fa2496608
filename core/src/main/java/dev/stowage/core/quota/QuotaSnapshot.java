package dev.stowage.core.quota;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;

/**
 * The free quota for an object at one moment, without a reservation.
 *
 * @param used the used part of the project's quota in bytes
 * @param limit of the project in bytes
 * @param left the maximum size of the object in bytes; negative when the project is over its quota
 */
record QuotaSnapshot(String project, long used, long limit, long left) implements SizeCheck {

    /** @param quota with a limit */
    static QuotaSnapshot of(ProjectUsage usage, ObjectKey key, Quota quota) {
        long used = usage.totals(quota.project()).used();
        long limit = quota.limit().orElseThrow();
        return new QuotaSnapshot(
                quota.project(), used, limit, limit - used + usage.size(key).orElse(0));
    }

    /** Returns a snapshot with more or fewer bytes left. */
    QuotaSnapshot plus(long bytes) {
        return new QuotaSnapshot(project, used, limit, left + bytes);
    }

    @Override
    public void check(long size) {
        if (size > left) {
            throw new QuotaExceeded(project, used, limit);
        }
    }
}
