package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The rules by which files of a service expire. Thread-safe. */
public final class RemoteLifecycle {

    private static final String LIFECYCLE = "/api/v1/lifecycle";

    private final ApiConnection connection;

    RemoteLifecycle(ApiConnection connection) {
        this.connection = connection;
    }

    /** Returns the rules for prefixes under which the caller may delete every file. */
    public ExpiryRules rules() throws InterruptedException {
        return ExpiryRules.of(connection.call(ApiRequest.get(LIFECYCLE)).json().node());
    }

    /**
     * Replaces all rules that {@link #rules} returns. Does nothing when they are the same. Of two callers that read the rules and replace
     * them at the same time, the later one wins.
     */
    public ExpiryRules replace(ExpiryRules rules) throws InterruptedException {
        return ExpiryRules.of(
                connection.call(ApiRequest.put(LIFECYCLE, rules.json())).json().node());
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
