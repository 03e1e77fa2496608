package dev.stowage.local.url;

import dev.stowage.core.config.Secret;
import dev.stowage.core.disk.SecretFile;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Signs and verifies URLs of the service itself.
 *
 * <p>The signature covers the method, the key and all parameters, so adding a parameter invalidates it like changing
 * or removing one.
 */
public final class LocalUrlSigner implements UrlSigner, UrlVerifier {

    private static final String EXPIRES = "expires";
    private static final String SIGNATURE = "signature";
    private static final SecretFile SECRET = new SecretFile("url-signing.key", "the URLs signed so far");

    private final Signature signature;
    private final InstantSource clock;

    LocalUrlSigner(Secret secret, InstantSource clock) {
        signature = new Signature(secret);
        this.clock = clock;
    }

    /** Copies the secret to another data folder, so that URLs stay valid there. Does nothing when there is none yet. */
    public static void copySecret(Path dataFolder, Path target) throws IOException {
        SECRET.copy(dataFolder, target);
    }

    /** Uses the secret in the data folder, which is created if it is missing. */
    public static LocalUrlSigner open(Path dataFolder, InstantSource clock) throws IOException {
        return new LocalUrlSigner(SECRET.loadOrCreate(dataFolder), clock);
    }

    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        SortedMap<String, String> parameters = GrantQuery.parameters(grant);
        // Whole seconds, rounded up: the URL is valid for at least the requested time.
        Instant end = clock.instant().plus(expiresIn).plusNanos(999_999_999);
        parameters.put(EXPIRES, Long.toString(end.getEpochSecond()));
        String key = grant.key().value();
        parameters.put(SIGNATURE, signature.of(GrantQuery.method(grant), key, parameters));
        Map<String, String> headers = grant instanceof UrlGrant.Upload upload
                ? upload.contentType()
                        .map(type -> Map.of("Content-Type", type.value()))
                        .orElse(Map.of())
                : Map.of();
        return new SignedUrl(URI.create(PATH + grant.key().encoded() + "?" + query(parameters)), headers);
    }

    @Override
    public UrlGrant verify(String method, String key, Map<String, String> query) {
        String signedMethod = method.equals("HEAD") ? "GET" : method;
        SortedMap<String, String> parameters = new TreeMap<>(query);
        String given = parameters.remove(SIGNATURE);
        String actual = signature.of(signedMethod, key, parameters);
        if (given == null || !sameBytes(given, actual)) {
            throw new AccessDenied("The signed URL is not valid for this request; use it unchanged");
        }
        // The signature is ours, so the parameter is present and well-formed.
        long end = Long.parseLong(parameters.getOrDefault(EXPIRES, "0"));
        if (clock.instant().getEpochSecond() >= end) {
            throw new AccessDenied("The signed URL has expired; request a new one");
        }
        return GrantQuery.grant(signedMethod, new ObjectKey(key), parameters);
    }

    /** Compares in constant time. */
    private static boolean sameBytes(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&");
        parameters.forEach((name, value) -> query.add(name + "=" + encoded(value)));
        return query.toString();
    }

    /** Encodes a value by RFC 3986. */
    private static String encoded(String value) {
        // Form encoding, except for three characters.
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
