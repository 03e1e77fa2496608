package dev.stowage.http.digest;

import dev.stowage.core.error.NotSupported;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Digests in trailer fields (RFC 9110, section 6.5). They are refused: they arrive after the bytes, when it is too late to compute them.
 */
public final class Trailers {

    private Trailers() {}

    /**
     * Refuses digests that the header section announces for the trailer section.
     *
     * @param values returns the values of a header, by its name
     * @throws NotSupported when there is a digest
     */
    static void refuseAnnounced(Function<String, List<String>> values) {
        refuse(Stream.of("Trailer", "x-amz-trailer")
                .flatMap(name -> values.apply(name).stream())
                .flatMap(value -> Stream.of(value.split(",")))
                .toList());
    }

    /**
     * Refuses digests in a trailer section, announced or not.
     *
     * @param names the names of the trailer fields
     * @throws NotSupported when there is a digest
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
