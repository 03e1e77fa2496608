package dev.stowage.core.port;

import java.util.Map;

/** Verifies the URLs that a {@link UrlSigner} signed, for stores whose URLs lead to this service. Safe for concurrent use. */
public interface UrlVerifier {

    /** The path prefix of all signed URLs of this service; the key follows. */
    String PATH = "/api/v1/signed/";

    /**
     * Returns what the URL permits.
     *
     * @param method of the request; {@code HEAD} counts as {@code GET}
     * @param key the path after {@link #PATH}, percent-decoded
     * @param query the query parameters, percent-decoded, with one value each
     * @throws dev.stowage.core.error.AccessDenied when anything was altered, added or left out, the method differs, or the URL has expired
     */
    UrlGrant verify(String method, String key, Map<String, String> query);
}
