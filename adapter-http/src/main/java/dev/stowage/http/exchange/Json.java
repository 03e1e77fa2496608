package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.json.JsonCodec;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** JSON bodies of requests and responses. */
public final class Json {

    private final JsonCodec codec;

    public Json(JsonCodec codec) {
        this.codec = codec;
    }

    /**
     * Reads the body, at most {@link JsonCodec#MAX_BYTES}. The body must be declared as JSON, because pages of other origins can make a
     * browser send some other types without a preflight (Fetch, section 4.1).
     *
     * @throws RequestException 415 when its type is missing or is not JSON, or it has a content coding
     * @throws InvalidInput when it does not match {@code type}, or is too large
     * @throws dev.stowage.core.error.ChecksumMismatch when it does not match a digest sent with it
     * @throws IOException when it can't be received
     */
    public <T> T read(Context ctx, Class<T> type) throws IOException {
        if (!isJson(RequestHeaders.contentType(ctx))) {
            throw RequestException.unsupportedMediaType("Send JSON, with Content-Type: application/json");
        }
        if (RequestBody.isCoded(ctx.req())) {
            throw RequestException.unsupportedMediaType("Send the JSON as it is, without Content-Encoding");
        }
        if (ctx.req().getContentLengthLong() > JsonCodec.MAX_BYTES) {
            throw new InvalidInput(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "A JSON body may have at most " + JsonCodec.MAX_BYTES + " bytes; send several smaller requests",
                    Map.of("max_size", JsonCodec.MAX_BYTES));
        }
        try (InputStream body =
                ContentStream.open(body(ctx), RequestHeaders.digests(ctx).all())) {
            return codec.read(body, type);
        }
    }

    /** Returns the value of a required field. @throws InvalidInput when it is null */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw InvalidInput.ofField(field, "The field " + field + " is missing");
        }
        return value;
    }

    /** Responds with {@code body} as JSON. */
    public void write(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(codec.write(body));
    }

    /** Returns the JSON of a value, for responses that consist of several. */
    public byte[] bytes(Object value) {
        return codec.write(value);
    }

    private static Content body(Context ctx) {
        return Content.once(new ClientStream(ctx.req()), OptionalLong.empty());
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
