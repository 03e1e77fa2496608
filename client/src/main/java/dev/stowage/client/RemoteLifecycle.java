package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rules by which files of a service expire. Thread-safe. */
public final class RemoteLifecycle {

    private static final String LIFECYCLE = "/api/v1/lifecycle";

    private static final int ATTEMPTS = 10;

    private final ApiConnection connection;

    RemoteLifecycle(ApiConnection connection) {
        this.connection = connection;
    }

    /** Returns the rules for prefixes under which the caller may delete every file. */
    public ExpiryRules rules() throws InterruptedException {
        return rules(connection.call(ApiRequest.get(LIFECYCLE)));
    }

    /**
     * Replaces all rules that {@link #rules} returns. Does nothing when they are the same. Rules that were made of those that a service has
     * returned replace only that version; others replace any.
     *
     * @return the rules as stored
     * @throws StowageException with {@code PreconditionFailed} when the rules have been changed since they were read
     */
    public ExpiryRules replace(ExpiryRules rules) throws InterruptedException {
        ApiRequest request = ApiRequest.put(LIFECYCLE, rules.json());
        return rules(connection.call(
                rules.etag().map(etag -> request.with("If-Match", etag)).orElse(request)));
    }

    /**
     * Reads the rules, changes them, and stores them; again when somebody else has changed them meanwhile, up to ten times, with growing
     * pauses, and for no longer than the client's retry timeout.
     *
     * @param change makes new rules of the current ones; may be called several times
     * @return the rules as stored
     * @throws StowageException with {@code PreconditionFailed} when others keep changing the rules
     */
    public ExpiryRules change(UnaryOperator<ExpiryRules> change) throws InterruptedException {
        RetryPolicy.Attempts attempts = connection.retries().begin();
        for (int attempt = 1; ; attempt++) {
            try {
                return replace(change.apply(rules()));
            } catch (StowageException e) {
                if (e.status() != 412 || attempt == ATTEMPTS || !attempts.pause(Duration.ZERO)) {
                    throw e;
                }
            }
        }
    }

    private static ExpiryRules rules(ApiResponse response) {
        // Proxies that compress responses mark their ETags as weak.
        Optional<String> etag = response.header("ETag").map(tag -> tag.replaceFirst("^W/", ""));
        return ExpiryRules.of(response.json().node(), etag);
    }

    /**
     * Returns which files the rules of the service would delete now.
     *
     * @param cursor {@link ExpiringFiles#next} of the previous request; empty for the first one
     */
    public ExpiringFiles preview(Optional<String> cursor) throws InterruptedException {
        return preview(JsonFields.newObject(), cursor);
    }

    /** As {@link #preview(Optional)}, for rules that need not be those of the service. */
    public ExpiringFiles preview(ExpiryRules rules, Optional<String> cursor) throws InterruptedException {
        return preview(rules.json(), cursor);
    }

    private ExpiringFiles preview(ObjectNode json, Optional<String> cursor) throws InterruptedException {
        cursor.ifPresent(text -> json.put("cursor", text));
        ApiRequest request = ApiRequest.post(LIFECYCLE + "/preview", json).repeatable(true);
        return ExpiringFiles.of(connection.call(request).json());
    }
}
