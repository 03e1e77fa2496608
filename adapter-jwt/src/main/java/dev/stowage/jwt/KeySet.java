package dev.stowage.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that verify signatures. Immutable. */
final class KeySet {

    /** The number of keys that are tried for a token that names none, which bounds the cost of an invalid token. */
    private static final int MOST_TRIED = 8;

    private final List<VerificationKey> keys;

    private KeySet(List<VerificationKey> keys) {
        this.keys = keys;
    }

    /**
     * Parses a JSON Web Key Set. Unsupported keys are ignored (RFC 7517, section 5).
     *
     * @throws IllegalArgumentException when it is not a key set; the message contains nothing from the document
     */
    static KeySet parse(String document) {
        try {
            List<Object> entries = JSONObjectUtils.getJSONArray(JsonObjects.object(document), "keys");
            if (entries != null) {
                return new KeySet(
                        entries.stream().flatMap(entry -> key(entry).stream()).toList());
            }
        } catch (ParseException e) {
            // Handled like any other invalid document below.
        }
        throw new IllegalArgumentException("it is not a JSON Web Key Set");
    }

    /** The number of keys. */
    int size() {
        return keys.size();
    }

    /** Whether the set has the key that {@code token} names; true when it names none. */
    boolean knowsKeyOf(SignedToken token) {
        return token.keyId().isEmpty() || keys.stream().anyMatch(key -> key.id().equals(token.keyId()));
    }

    /** Whether {@code token} was signed with one of the keys that match it. */
    boolean verifies(SignedToken token) {
        Stream<VerificationKey> fitting = keys.stream().filter(key -> key.fits(token));
        return fitting.limit(MOST_TRIED).anyMatch(key -> token.passes(key.check()));
    }

    private static Optional<VerificationKey> key(Object entry) {
        try {
            return entry instanceof Map<?, ?> ? VerificationKey.of(JWK.parse(members(entry))) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            // The library may throw any exception for a key that it can't read; the other keys are still valid.
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // The names of members are strings.
    private static Map<String, Object> members(Object entry) {
        return (Map<String, Object>) entry;
    }
}
