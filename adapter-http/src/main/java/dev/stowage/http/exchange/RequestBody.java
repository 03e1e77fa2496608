package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.OptionalLong;

/** The raw body of a request, as something to store. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * The body, to be read once; nothing is read, nor is a client told to go on ({@code 100-continue}), before it is opened.
     *
     * @throws RequestException 415 when it comes in a content coding, which would be lost: files are stored without
     * @throws InvalidInput when it is only a range of a file (RFC 9110, section 14.5)
     */
    public static Content of(Context ctx) {
        HttpServletRequest request = ctx.req();
        refuseCoding(request);
        if (request.getHeader("Content-Range") != null) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A file can't be replaced in part; send all of it, without Content-Range",
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

    /** The declared type, or {@link ContentType#OCTET_STREAM}. @throws InvalidInput when it is no media type */
    public static ContentType type(Context ctx) {
        String type = ctx.req().getHeader("Content-Type");
        return type == null || type.isBlank() ? ContentType.OCTET_STREAM : new ContentType(type.strip());
    }

    /** @throws RequestException 415 when the body comes in a content coding */
    public static void refuseCoding(HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        String amazon = request.getHeader("x-amz-content-sha256");
        boolean coded = coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
        if (coded || (amazon != null && amazon.startsWith("STREAMING-"))) {
            throw RequestException.unsupportedMediaType(
                    "Send the file's bytes as they are, without Content-Encoding; it is not stored");
        }
    }
}
