package dev.stowage.http.exchange;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** The raw body of a request as content to store. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * Returns the body, to be read once. Before it is opened nothing is read, and no {@code 100 Continue} is sent.
     *
     * @throws RequestException 415 when it has a content coding, which would not be stored
     * @throws InvalidInput when it is only a range of a file (RFC 9110, section 14.5)
     */
    public static Content of(Context ctx) {
        refuseCoding(ctx.req());
        return content(ctx.req());
    }

    /**
     * Returns the body of a request whose {@code Content-Encoding} describes the stored file: the bytes are stored in that coding.
     * Otherwise like {@link #of}.
     *
     * @throws RequestException 415 when an AWS SDK has framed it in signed chunks, as the frames would be stored
     * @throws InvalidInput when it is only a range of a file
     */
    public static Content ofFile(Context ctx) {
        refuseFrames(ctx.req());
        return content(ctx.req());
    }

    private static Content content(HttpServletRequest request) {
        if (request.getHeader("Content-Range") != null) {
            throw InvalidInput.ofField(
                    "Content-Range", "A file can't be replaced in part; send all of it without Content-Range");
        }
        long length = request.getContentLengthLong();
        boolean none = length < 0 && request.getHeader("Transfer-Encoding") == null;
        OptionalLong known = length >= 0 || none ? OptionalLong.of(Math.max(length, 0)) : OptionalLong.empty();
        return Content.once(new ClientStream(request), known);
    }

    /** Whether there is a body that is not known to be empty. */
    public static boolean isPresent(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.req().getHeader("Transfer-Encoding") != null;
    }

    /** Returns the declared type; empty when there is none. @throws InvalidInput when it is not a media type */
    public static Optional<ContentType> declaredType(Context ctx) {
        String type = ctx.req().getHeader("Content-Type");
        return type == null || type.isBlank() ? Optional.empty() : Optional.of(new ContentType(type.strip()));
    }

    /** Returns the declared type, or {@link ContentType#OCTET_STREAM}. @throws InvalidInput when it is not a media type */
    public static ContentType type(Context ctx) {
        return declaredType(ctx).orElse(ContentType.OCTET_STREAM);
    }

    /** @throws RequestException 415 when the body, which is a file or contains one, has a content coding */
    public static void refuseCoding(HttpServletRequest request) {
        refuseFrames(request);
        if (isCoded(request)) {
            throw RequestException.unsupportedMediaType(
                    "The body of this request can't have a Content-Encoding. Send it"
                            + " without one, and give the coding of the stored file as the attribute content_encoding");
        }
    }

    /** Whether the body has a content coding (RFC 9110, section 8.4), which the service never decodes. */
    static boolean isCoded(HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
    }

    private static void refuseFrames(HttpServletRequest request) {
        String amazon = request.getHeader("x-amz-content-sha256");
        if (amazon != null && amazon.startsWith("STREAMING-")) {
            throw RequestException.unsupportedMediaType(
                    "Bodies in signed chunks (aws-chunked) are not supported. Send the plain bytes of the file");
        }
    }
}
