package dev.stowage.core.error;

import java.util.Map;

/** The project has no room for that: its quota is used up. Nothing was stored. */
public final class QuotaExceeded extends StorageException {

    /**
     * @param used what the project's files take, those that are being written included, in bytes
     * @param limit what they may take, in bytes
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
