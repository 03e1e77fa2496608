package dev.stowage.http.route;

import dev.stowage.core.error.InvalidInput;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Predicate;

/**
 * The conditional header fields (RFC 9110, section 13.1) that a route honors. A request with another one is refused, so that no condition
 * is ignored. That includes {@code If-Modified-Since} on methods other than {@code GET} and {@code HEAD}, for which it is not defined.
 *
 * @param honored the names of the header fields; unmodifiable
 */
public record RouteConditions(List<String> honored) {

    /** All header fields that any route honors. */
    public static final List<String> FIELDS =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Source-Match");

    /** For routes without a file that a condition could apply to. */
    public static final RouteConditions NONE = new RouteConditions(List.of());

    /** For resources that have an ETag but no date. */
    public static final RouteConditions TAGS = new RouteConditions(List.of("If-Match", "If-None-Match"));

    /** For replacing such a resource. */
    public static final RouteConditions MATCH = new RouteConditions(List.of("If-Match"));

    /** For reading a file. */
    public static final RouteConditions READ =
            new RouteConditions(List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"));

    /** For writing or deleting a file. */
    public static final RouteConditions WRITE =
            new RouteConditions(List.of("If-Match", "If-None-Match", "If-Unmodified-Since"));

    /** Like {@link #WRITE} for the target, with a condition on the source. */
    public static final RouteConditions COPY =
            new RouteConditions(List.of("If-Match", "If-None-Match", "If-Unmodified-Since", "If-Source-Match"));

    public RouteConditions {
        honored = List.copyOf(honored);
    }

    /** @throws InvalidInput when the request has a condition that is not honored */
    public void check(Context ctx) {
        check(field -> ctx.req().getHeader(field) != null);
    }

    /**
     * Likewise for the headers of a part of a form.
     *
     * @param present whether there is a header field of that name
     */
    public void check(Predicate<String> present) {
        for (String field : FIELDS) {
            if (present.test(field) && !honored.contains(field)) {
                throw InvalidInput.ofField(
                        field, field + " is not supported for this request; send the request without this header");
            }
        }
    }
}
