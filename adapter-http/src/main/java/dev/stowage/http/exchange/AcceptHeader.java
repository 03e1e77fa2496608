package dev.stowage.http.exchange;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The header {@code Accept} (RFC 9110, section 12.5.1), for routes whose answer in another type has to be asked for by its name. */
public final class AcceptHeader {

    private AcceptHeader() {}

    /**
     * Whether the request names the media type, in any case and with a weight other than 0. Ranges such as {@code *}{@code /*} name none.
     *
     * @param type in lower case, without parameters
     */
    public static boolean names(Context ctx, String type) {
        return Collections.list(ctx.req().getHeaders("Accept")).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(range -> Stream.of(range.split(";"))
                        .map(part -> part.strip().toLowerCase(Locale.ROOT))
                        .toList())
                .anyMatch(
                        range -> range.get(0).equals(type) && parameters(range).noneMatch(AcceptHeader::isZero));
    }

    private static Stream<String> parameters(List<String> range) {
        return range.stream().skip(1);
    }

    private static boolean isZero(String parameter) {
        return parameter.matches("q=0(\\.0*)?");
    }
}
