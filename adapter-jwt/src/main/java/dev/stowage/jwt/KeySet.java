package dev.stowage.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that signatures are checked with. Immutable, so safe for concurrent use. */
final class KeySet {

    /** How many keys are tried on one token that names none: so many checks a wrong token may cost. */
    private static final int MOST_TRIED = 8;

    private final List<VerificationKey> keys;

    private KeySet(List<VerificationKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads a JSON Web Key Set; keys that can't be used here are left out, as RFC 7517, section 5, has it.
     *
     * @throws IllegalArgumentException when it is none; the message has nothing of the document
     */
    static KeySet parse(String document) {
        try {
            List<Object> entries = JSONObjectUtils.getJSONArray(JsonObjects.object(document), "keys");
            if (entries != null) {
                return new KeySet(
                        entries.stream().flatMap(entry -> key(entry).stream()).toList());
            }
        } catch (ParseException e) {
            // As below.
        }
        throw new IllegalArgumentException("it is no JSON Web Key Set");
    }

    /** How many keys there are. */
    int size() {
        return keys.size();
    }

    /** Whether the key that {@code token} names is here; true when it names none. */
    boolean knowsKeyOf(SignedToken token) {
        return token.keyId().isEmpty() || keys.stream().anyMatch(key -> key.id().equals(token.keyId()));
    }

    /** Whether {@code token} was signed with one of the keys that fit it. */
    boolean verifies(SignedToken token) {
        Stream<VerificationKey> fitting = keys.stream().filter(key -> key.fits(token));
        return fitting.limit(MOST_TRIED).anyMatch(key -> token.passes(key.check()));
    }

    private static Optional<VerificationKey> key(Object entry) {
        try {
            return entry instanceof Map<?, ?> ? VerificationKey.of(JWK.parse(members(entry))) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            // Whatever the library throws at a key that it can't read, the other keys are good.
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // Names of members are texts.
    private static Map<String, Object> members(Object entry) {
        return (Map<String, Object>) entry;
    }
}
