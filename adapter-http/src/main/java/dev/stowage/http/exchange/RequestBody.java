package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The raw body of a request, as something to store. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * The body, to be read once; nothing is read, nor is a client told to go on ({@code 100-continue}), before it is opened.
     *
     * @throws RequestException 415 when it comes in a content coding, which would be lost
     * @throws InvalidInput when it is only a range of a file (RFC 9110, section 14.5)
     */
    public static Content of(Context ctx) {
        refuseCoding(ctx.req());
        return content(ctx.req());
    }

    /**
     * The body of a request whose {@code Content-Encoding} is the stored file's: the bytes are stored in that coding. As {@link #of}
     * otherwise.
     *
     * @throws RequestException 415 when AWS's SDKs have framed it for signing, as the frames would be stored
     * @throws InvalidInput when it is only a range of a file
     */
    public static Content ofFile(Context ctx) {
        refuseFrames(ctx.req());
        return content(ctx.req());
    }

    private static Content content(HttpServletRequest request) {
        if (request.getHeader("Content-Range") != null) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A file can't be replaced in part; send all of it without Content-Range",
                    Map.of("field", "Content-Range"));
        }
        long length = request.getContentLengthLong();
        boolean none = length < 0 && request.getHeader("Transfer-Encoding") == null;
        OptionalLong known = length >= 0 || none ? OptionalLong.of(Math.max(length, 0)) : OptionalLong.empty();
        return Content.once(new ClientStream(request), known);
    }

    /** Whether there is one, of whatever length; of an empty one it need not be known. */
    public static boolean isPresent(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.req().getHeader("Transfer-Encoding") != null;
    }

    /** The declared type; empty when there is none. @throws InvalidInput when it is no media type */
    public static Optional<ContentType> declaredType(Context ctx) {
        String type = ctx.req().getHeader("Content-Type");
        return type == null || type.isBlank() ? Optional.empty() : Optional.of(new ContentType(type.strip()));
    }

    /** The declared type, or {@link ContentType#OCTET_STREAM}. @throws InvalidInput when it is no media type */
    public static ContentType type(Context ctx) {
        return declaredType(ctx).orElse(ContentType.OCTET_STREAM);
    }

    /** @throws RequestException 415 when the body comes in a content coding */
    public static void refuseCoding(HttpServletRequest request) {
        refuseFrames(request);
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw RequestException.unsupportedMediaType(
                    "The body of this request can't have a Content-Encoding. Send it"
                            + " without one, and give the coding of the stored file as the attribute content_encoding");
        }
    }

    private static void refuseFrames(HttpServletRequest request) {
        String amazon = request.getHeader("x-amz-content-sha256");
        if (amazon != null && amazon.startsWith("STREAMING-")) {
            throw RequestException.unsupportedMediaType(
                    "Bodies in signed chunks (aws-chunked) are not supported. Send the plain bytes of the file");
        }
    }
}
