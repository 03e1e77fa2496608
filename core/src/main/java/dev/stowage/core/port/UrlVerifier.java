package dev.stowage.core.port;

import java.util.Map;

/** Reads back what a {@link UrlSigner} signed, for stores whose URLs lead to this service itself. Safe for concurrent use. */
public interface UrlVerifier {

    /** The path of this service, without the key, that all its signed URLs have. */
    String PATH = "/api/v1/signed/";

    /**
     * What the bearer may do.
     *
     * @param method of the request; {@code HEAD} counts as {@code GET}
     * @param key the path after {@link #PATH}, percent-decoded
     * @param query the query's parameters, percent-decoded; each has one value
     * @throws dev.stowage.core.error.AccessDenied when anything was altered, added or left out, the method is another, or the time is over
     */
    UrlGrant verify(String method, String key, Map<String, String> query);
}
