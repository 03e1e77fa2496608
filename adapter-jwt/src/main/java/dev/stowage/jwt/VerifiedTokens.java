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
 * Tokens whose signature was found to be good not long ago, as checking it again with each request takes time. Known by their SHA-256, so
 * nothing here is a credential. Safe for concurrent use.
 */
final class VerifiedTokens {

    /** At the most; each takes about a kilobyte, and more when it grants much. */
    static final int MOST = 2000;

    /** In characters: what is longer is checked each time, as it may grant so much that thousands of them fill the memory. */
    static final int LONGEST = 4096;

    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(Principal principal, KeySet keys, Instant end) {}

    /** Who brings {@code token}, when it was found to be good with the same keys and has not ended. */
    Optional<Principal> find(String token, KeySet keys, Instant now) {
        String digest = digest(token);
        synchronized (entries) {
            Optional<Entry> entry = Optional.ofNullable(entries.get(digest));
            if (entry.isPresent()
                    && !(entry.get().keys() == keys && now.isBefore(entry.get().end()))) {
                entries.remove(digest);
                return Optional.empty();
            }
            return entry.map(Entry::principal);
        }
    }

    /** @param end from when on {@code token} is no longer good */
    void add(String token, Principal principal, KeySet keys, Instant end) {
        if (token.length() <= LONGEST) {
            String digest = digest(token);
            synchronized (entries) {
                entries.put(digest, new Entry(principal, keys, end));
            }
        }
    }

    /** How many are known. */
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
