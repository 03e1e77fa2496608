package dev.stowage.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Tokens as issuers create them, and invalid ones. */
final class Tokens {

    static final String ISSUER = "https://issuer.example/";
    static final String AUDIENCE = "stowage";

    /** The initial time of the tests' clock. */
    static final Instant NOW = Instant.parse("2025-01-01T12:00:00Z");

    private Tokens() {}

    /** The claims of a valid token that grants nothing, for an hour. */
    static Map<String, Object> claims() {
        return new HashMap<>(
                Map.of("iss", ISSUER, "aud", AUDIENCE, "sub", "alice", "exp", NOW.getEpochSecond() + 3600));
    }

    /** The same claims with one of another value. */
    static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    /** The same claims without one. */
    static Map<String, Object> claimsWithout(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    /** A valid token signed with {@code key}, an RSA key. */
    static Secret of(JWK key) {
        return of(key, claims());
    }

    /** A token with other claims. */
    static Secret of(JWK key, Map<String, Object> claims) {
        return signed(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims);
    }

    /** A token with another header, signed by its algorithm. */
    static Secret signed(JWK key, JWSHeader header, Map<String, Object> claims) {
        try {
            String start = part(header.toString()) + "." + part(JSONObjectUtils.toJSONString(claims));
            byte[] content = start.getBytes(StandardCharsets.US_ASCII);
            String signature = new DefaultJWSSignerFactory()
                    .createJWSSigner(key, header.getAlgorithm())
                    .sign(header, content)
                    .toString();
            return new Secret(start + "." + signature);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** A token with any header, signed by {@code signer}. */
    static Secret raw(String header, Map<String, Object> claims, Signer signer) {
        return raw(header, JSONObjectUtils.toJSONString(claims), signer);
    }

    /** A token with any header and payload. */
    static Secret raw(String header, String payload, Signer signer) {
        String start = part(header) + "." + part(payload);
        try {
            return new Secret(start + "." + part(signer.sign(start.getBytes(StandardCharsets.US_ASCII))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A token that names an unknown key. */
    static Secret ofUnknownKey() {
        return raw("{\"alg\":\"RS256\",\"kid\":\"" + UUID.randomUUID() + "\"}", claims(), content -> new byte[256]);
    }

    static String part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Creates a signature. */
    interface Signer {
        byte[] sign(byte[] content) throws Exception;
    }
}
