package dev.stowage.core.error;

import java.util.Map;

/** The project's quota is used up. Nothing was stored. */
public final class QuotaExceeded extends StorageException {

    /**
     * @param used the total size of the project's files in bytes, including those that are being written
     * @param limit the quota in bytes
     */
    public QuotaExceeded(String project, long used, long limit) {
        super(
                ErrorCode.QUOTA_EXCEEDED,
                "The project " + project + " uses " + used + " of the " + limit
                        + " bytes of its quota, and this request needs more"
                        + " than is left. Delete files of the project, or ask the operator for a larger quota.",
                Map.of("project", project, "used", used, "limit", limit),
                null);
    }
}
