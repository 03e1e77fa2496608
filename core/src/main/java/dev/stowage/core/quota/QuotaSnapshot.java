package dev.stowage.core.quota;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ProjectUsage;
import dev.stowage.core.usage.Quota;

/**
 * How much room there is for an object at a moment, without any of it being reserved.
 *
 * @param used what was taken of the project's quota, in bytes
 * @param limit of the project, in bytes
 * @param left how large the object may be, in bytes; below 0 when the project is over its quota
 */
record QuotaSnapshot(String project, long used, long limit, long left) implements SizeCheck {

    /** @param quota that has a limit */
    static QuotaSnapshot of(ProjectUsage usage, ObjectKey key, Quota quota) {
        long used = usage.totals(quota.project()).used();
        long limit = quota.limit().orElseThrow();
        return new QuotaSnapshot(
                quota.project(), used, limit, limit - used + usage.size(key).orElse(0));
    }

    /** The same with so many bytes more, or fewer. */
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
