package dev.stowage.http.exchange;

import dev.stowage.http.digest.DigestHeaders;
import dev.stowage.http.error.RequestException;
import io.javalin.http.Context;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives access to the header fields of a request without the web framework. */
public final class RequestHeaders {

    private static final Pattern CHARSET = Pattern.compile("(?i);[ \\t]*charset[ \\t]*=[ \\t]*\"?([^\";]*)");

    private RequestHeaders() {}

    /**
     * Returns the declared type of a body that the service parses; empty when there is none. Unlike the servlet API it does not fail with
     * an exception that would be reported as a defect.
     *
     * @throws RequestException 415 when it names an unsupported charset
     */
    public static String contentType(Context ctx) {
        String type = Objects.requireNonNullElse(ctx.req().getHeader("Content-Type"), "");
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !isCharset(charset.group(1).strip())) {
            throw RequestException.unsupportedMediaType("The charset in Content-Type is not supported. Send UTF-8");
        }
        return type;
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    /** Returns the values of a field, one for each field line, by its case-insensitive name; empty when it is missing. */
    public static Function<String, List<String>> of(Context ctx) {
        return name -> Collections.list(ctx.req().getHeaders(name));
    }

    /** Returns the digests in the request. */
    public static DigestHeaders digests(Context ctx) {
        return new DigestHeaders(names(ctx), of(ctx));
    }

    /** Returns the names of all fields. */
    public static List<String> names(Context ctx) {
        return Collections.list(ctx.req().getHeaderNames());
    }
}
