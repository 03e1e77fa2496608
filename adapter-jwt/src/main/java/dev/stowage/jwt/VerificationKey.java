package dev.stowage.jwt;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public key and its algorithms. The key set determines them, never the token (RFC 8725, sections 2.1 and 3.1): no key matches a token
 * with another algorithm, such as HMAC with the public key as the secret.
 *
 * @param id empty when the set has none
 * @param algorithms asymmetric algorithms only
 */
record VerificationKey(Optional<String> id, Set<JWSAlgorithm> algorithms, SignatureCheck check) {

    /** The minimum length of RSA keys in bits (RFC 7518, section 3.3). */
    private static final int SHORTEST_RSA = 2048;

    private static final Map<Curve, JWSAlgorithm> OF_CURVE = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    /** Returns the key; empty when it can't be used to verify signatures: symmetric, short and unknown keys. */
    static Optional<VerificationKey> of(JWK jwk) {
        if (!isForSignatures(jwk)) {
            return Optional.empty();
        }
        try {
            Set<JWSAlgorithm> algorithms = admitted(jwk).stream()
                    .filter(algorithm -> allows(jwk.getAlgorithm(), algorithm))
                    .collect(Collectors.toUnmodifiableSet());
            return algorithms.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new VerificationKey(Optional.ofNullable(jwk.getKeyID()), algorithms, check(jwk)));
        } catch (JOSEException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code token} may have been signed with this key, by its algorithm and key id. */
    boolean fits(SignedToken token) {
        return algorithms.contains(token.header().getAlgorithm())
                && (token.keyId().isEmpty() || token.keyId().equals(id));
    }

    private static boolean isForSignatures(JWK jwk) {
        return (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
                && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    private static boolean allows(@Nullable Algorithm named, JWSAlgorithm algorithm) {
        return named == null || named.equals(algorithm);
    }

    private static Set<JWSAlgorithm> admitted(JWK jwk) {
        if (jwk instanceof RSAKey) {
            return jwk.size() < SHORTEST_RSA ? Set.of() : RSASSAVerifier.SUPPORTED_ALGORITHMS;
        }
        if (jwk instanceof ECKey key) {
            return Optional.ofNullable(OF_CURVE.get(key.getCurve()))
                    .map(Set::of)
                    .orElse(Set.of());
        }
        if (jwk instanceof OctetKeyPair key && key.getCurve().equals(Curve.Ed25519)) {
            return Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
        }
        return Set.of();
    }

    private static SignatureCheck check(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof OctetKeyPair key) {
            return new Ed25519Check(key.getDecodedX());
        }
        JWSVerifier verifier = jwk instanceof RSAKey rsa
                ? new RSASSAVerifier(rsa.toRSAPublicKey())
                : new ECDSAVerifier(jwk.toECKey().toECPublicKey());
        return (header, signed, signature) -> {
            try {
                return verifier.verify(header, signed, signature);
            } catch (JOSEException e) {
                return false;
            }
        };
    }
}
