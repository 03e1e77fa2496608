package dev.stowage.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys for the tests, and the documents in which issuers publish them. Generating keys is slow, so the tests share these. */
final class Keys {

    static final RSAKey RSA = rsa("rsa-1", 2048);
    static final RSAKey OTHER_RSA = rsa("rsa-2", 2048);
    static final ECKey P256 = ec("ec-256", Curve.P_256);

    private Keys() {}

    static RSAKey rsa(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID(id)
                    .build();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** The key set of the public halves. */
    static String set(JWK... keys) {
        return set(Stream.of(keys).map(key -> key.toPublicJWK().toJSONString()).toList());
    }

    /** The key set of keys given as JSON. */
    static String set(List<String> keys) {
        return keys.stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
