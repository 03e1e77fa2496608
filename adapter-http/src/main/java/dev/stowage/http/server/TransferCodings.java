package dev.stowage.http.server;

import dev.stowage.core.error.NotSupported;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/**
 * Refuses bodies with a transfer coding other than chunked (RFC 9112, section 7). None is decoded here, so the coded bytes would be stored.
 */
final class TransferCodings {

    private TransferCodings() {}

    /** @throws NotSupported when there is a coding other than a single chunked */
    static void check(Context ctx) {
        List<String> codings = Collections.list(ctx.req().getHeaders("Transfer-Encoding"));
        boolean plain = codings.isEmpty()
                || (codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked"));
        if (!plain) {
            throw new NotSupported("The only supported transfer coding is chunked; send the plain bytes");
        }
    }
}
