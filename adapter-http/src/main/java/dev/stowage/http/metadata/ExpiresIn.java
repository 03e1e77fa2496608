package dev.stowage.http.metadata;

import dev.stowage.core.object.OwnExpiry;
import dev.stowage.http.exchange.QueryParameters;
import io.javalin.http.Context;
import java.util.Optional;

/** The parameter {@code expires_in} of uploads: after how many seconds the file is deleted by itself. */
public final class ExpiresIn {

    /** Its name in queries, forms, JSON and the metadata of resumable uploads. */
    public static final String NAME = "expires_in";

    /** For the OpenAPI document. */
    public static final String DESCRIPTION = "Deletes the file so many seconds after it was stored: 1 to 3155760000";

    /** For the OpenAPI document. */
    public static final String EXAMPLE = "86400";

    private ExpiresIn() {}

    /**
     * Returns the expiry in the query; empty when there is none. An empty value is refused, so that a script whose variable is not set does
     * not store a file for ever.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is not a number, or out of bounds
     */
    public static Optional<OwnExpiry> ofQuery(Context ctx) {
        return Optional.ofNullable(QueryParameters.of(ctx).asMap().get(NAME)).map(OwnExpiry::inSeconds);
    }
}
