package dev.stowage.jwt;

import com.nimbusds.jose.jwk.RSAKey;
import dev.stowage.jwt.Tokens.Signer;
import java.security.PrivateKey;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signers of tokens that use the JDK only. */
final class Signers {

    private Signers() {}

    static Signer rs256(RSAKey key) {
        return content -> jdk("SHA256withRSA", key.toPrivateKey()).sign(content);
    }

    static Signer jdk(String algorithm, PrivateKey key) {
        return content -> {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        };
    }

    /** @param algorithm such as HmacSHA256 */
    static Signer hmac(String algorithm, byte[] secret) {
        return content -> {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(content);
        };
    }
}
