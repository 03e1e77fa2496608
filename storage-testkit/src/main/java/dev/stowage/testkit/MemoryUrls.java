package dev.stowage.testkit;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Signed URLs of the service itself, in which a random token represents the grant. */
final class MemoryUrls implements UrlSigner, UrlVerifier {

    private static final String TOKEN = "token";

    private final InstantSource clock;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    MemoryUrls(InstantSource clock) {
        this.clock = clock;
    }

    private record Grant(UrlGrant grant, Instant end) {}

    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        String token = UUID.randomUUID().toString();
        grants.put(token, new Grant(grant, clock.instant().plus(expiresIn)));
        return new SignedUrl(URI.create(path(grant.key()) + "?" + TOKEN + "=" + token), headers(grant));
    }

    @Override
    public UrlGrant verify(String method, String key, Map<String, String> query) {
        Grant granted = grants.get(query.getOrDefault(TOKEN, ""));
        if (granted == null
                || query.size() > 1
                || !granted.grant().key().value().equals(key)
                || !methodFits(granted.grant(), method)
                || !clock.instant().isBefore(granted.end())) {
            throw new AccessDenied("The signed URL does not hold");
        }
        return granted.grant();
    }

    private static boolean methodFits(UrlGrant grant, String method) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        return grant instanceof UrlGrant.Download ? reads : method.equals("PUT");
    }

    private static Map<String, String> headers(UrlGrant grant) {
        Optional<ContentType> type = grant instanceof UrlGrant.Upload upload ? upload.contentType() : Optional.empty();
        return type.map(value -> Map.of("Content-Type", value.value())).orElse(Map.of());
    }

    private static String path(ObjectKey key) {
        try {
            return new URI(null, null, PATH + key.value(), null).toASCIIString().replace("+", "%2B");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every key is a valid path", e);
        }
    }
}
