package dev.stowage.http.route;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.http.exchange.ClientStream;
import dev.stowage.http.exchange.RequestBody;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Refuses bodies that a route would ignore, so that no client believes that its fields had an effect. */
final class NoBody {

    /** More than an empty JSON object with some white space has. */
    private static final int MAX_BYTES = 64;

    private NoBody() {}

    /**
     * Accepts a request without a body, and one with an empty JSON object, which some clients send with every request.
     *
     * @throws InvalidInput when the request has any other body, of which no more than its beginning has been read
     * @throws IOException when the body can't be received
     */
    static void check(Context ctx) throws IOException {
        if (RequestBody.isPresent(ctx) && !isEmptyObject(ctx)) {
            throw InvalidInput.ofField("body", "This request takes no body and would ignore one; send it without");
        }
    }

    private static boolean isEmptyObject(Context ctx) throws IOException {
        if (ctx.req().getContentLengthLong() > MAX_BYTES) {
            return false;
        }
        try (InputStream body = new ClientStream(ctx.req())) {
            String text = new String(body.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8).strip();
            return text.isEmpty()
                    || (text.startsWith("{")
                            && text.endsWith("}")
                            && text.substring(1, text.length() - 1).isBlank());
        }
    }
}
