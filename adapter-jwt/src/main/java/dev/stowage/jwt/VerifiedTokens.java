package dev.stowage.jwt;

import dev.stowage.core.access.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cache of tokens whose signature was verified recently, because verifying it for each request takes time. The keys are SHA-256 digests
 * of tokens, so the cache contains no credentials. Safe for concurrent use.
 */
final class VerifiedTokens {

    /** The maximum number of tokens; each takes about a kilobyte, or more when it grants many rights. */
    static final int MAX_TOKENS_CACHED = 2000;

    /**
     * The maximum length of a cached token, in characters. Longer ones are verified each time, because thousands of tokens with very many
     * rights could fill the memory.
     */
    static final int LONGEST = 4096;

    private final Map<String, Verified> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MAX_TOKENS_CACHED;
        }
    };

    /** Not called Entry, because some compilers then take it for the inherited {@link Map.Entry} in the map above. */
    private record Verified(Principal principal, KeySet keys, Instant end) {}

    /** Returns the principal of {@code token}, if it was verified with the same keys and has not expired. */
    Optional<Principal> find(String token, KeySet keys, Instant now) {
        String digest = digest(token);
        synchronized (entries) {
            Optional<Verified> entry = Optional.ofNullable(entries.get(digest));
            if (entry.isPresent()
                    && !(entry.get().keys() == keys && now.isBefore(entry.get().end()))) {
                entries.remove(digest);
                return Optional.empty();
            }
            return entry.map(Verified::principal);
        }
    }

    /** @param end when {@code token} expires */
    void add(String token, Principal principal, KeySet keys, Instant end) {
        if (token.length() <= LONGEST) {
            String digest = digest(token);
            synchronized (entries) {
                entries.put(digest, new Verified(principal, keys, end));
            }
        }
    }

    /** The number of cached tokens. */
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static String digest(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
