package dev.stowage.http.digest;

import dev.stowage.core.error.NotSupported;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Digests in trailer fields (RFC 9110, section 6.5). They come behind the bytes and are refused, as nothing has computed them by then. */
public final class Trailers {

    private Trailers() {}

    /**
     * Refuses digests that the head of a message announces for its trailer.
     *
     * @param values of a header, by its name
     * @throws NotSupported when there is one
     */
    static void refuseAnnounced(Function<String, List<String>> values) {
        refuse(Stream.of("Trailer", "x-amz-trailer")
                .flatMap(name -> values.apply(name).stream())
                .flatMap(value -> Stream.of(value.split(",")))
                .toList());
    }

    /**
     * Refuses digests that came in a trailer, announced or not.
     *
     * @param names of the trailer's fields
     * @throws NotSupported when there is one
     */
    public static void refuse(Collection<String> names) {
        for (String name : names) {
            if (DigestHeaders.isDigest(name)) {
                throw new NotSupported("The digest " + name.strip()
                        + " is announced as a trailer, which is not supported; send it as a header");
            }
        }
    }
}
