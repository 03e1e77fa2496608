package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.stowage.core.config.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are used, and by which algorithms. */
final class KeySetTest {

    private static final String GOOD = Keys.RSA.toPublicJWK().toJSONString();

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void anRsaKey_takesEveryAlgorithmOfItsKind(String algorithm) {
        assertThat(admits(Keys.set(Keys.RSA), signed(Keys.RSA, algorithm))).isTrue();
        assertThat(admits(Keys.set(Keys.OTHER_RSA), signed(Keys.RSA, algorithm)))
                .isFalse();
    }

    @Test
    void anEcKey_takesTheAlgorithmOfItsCurve() {
        JWK p384 = Keys.ec("ec", Curve.P_384);
        JWK p521 = Keys.ec("ec", Curve.P_521);

        assertThat(admits(Keys.set(Keys.P256), signed(Keys.P256, "ES256"))).isTrue();
        assertThat(admits(Keys.set(p384), signed(p384, "ES384"))).isTrue();
        assertThat(admits(Keys.set(p521), signed(p521, "ES512"))).isTrue();
        assertThat(admits(Keys.set(p521), signed(p384, "ES384"))).isFalse();
        assertThat(admits(Keys.set(Keys.ec("ec", Curve.P_384)), signed(p384, "ES384")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "Ed25519"})
    void anEd25519Key_takesBothNamesOfItsAlgorithm(String algorithm) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        String x = Tokens.part(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        String set = Keys.set(List.of("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\"" + x + "\"}"));
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"ed\"}";
        Secret token = Tokens.raw(header, Tokens.claims(), Signers.jdk("Ed25519", pair.getPrivate()));
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(admits(set, token)).isTrue();
        assertThat(admits(set, Tokens.raw(header, Tokens.claims(), Signers.jdk("Ed25519", other.getPrivate()))))
                .isFalse();
        assertThat(admits(set, Tokens.raw(header, Tokens.claims(), content -> new byte[64])))
                .isFalse();
    }

    @Test
    void aKeysOwnAlgorithm_isItsOnlyOne() {
        JWK key = new RSAKey.Builder(Keys.RSA).algorithm(JWSAlgorithm.PS256).build();

        assertThat(admits(Keys.set(key), signed(Keys.RSA, "PS256"))).isTrue();
        assertThat(admits(Keys.set(key), signed(Keys.RSA, "RS256"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "RSA-OAEP", "ES256", "A128GCM", "RS257"})
    void aKeyOfAnAlgorithmThatIsNotItsKinds_isNotUsed(String algorithm) {
        String key = GOOD.replaceFirst("\\{", "{\"alg\":\"" + algorithm + "\",");

        assertThat(KeySet.parse(Keys.set(List.of(key))).size()).isZero();
    }

    @Test
    void aKeyForSomethingElse_isNotUsed() {
        JWK sig = new RSAKey.Builder(Keys.RSA).keyUse(KeyUse.SIGNATURE).build();
        JWK enc = new RSAKey.Builder(Keys.RSA).keyUse(KeyUse.ENCRYPTION).build();
        JWK other = new RSAKey.Builder(Keys.RSA).keyUse(new KeyUse("tls")).build();
        JWK verify = new RSAKey.Builder(Keys.RSA)
                .keyOperations(Set.of(KeyOperation.VERIFY))
                .build();
        String encrypt = GOOD.replaceFirst("\\{", "{\"key_ops\":[\"encrypt\"],");

        assertThat(admits(Keys.set(sig), Tokens.of(Keys.RSA))).isTrue();
        assertThat(admits(Keys.set(verify), Tokens.of(Keys.RSA))).isTrue();
        assertThat(admits(Keys.set(enc), Tokens.of(Keys.RSA))).isFalse();
        assertThat(admits(Keys.set(other), Tokens.of(Keys.RSA))).isFalse();
        assertThat(admits(Keys.set(List.of(encrypt)), Tokens.of(Keys.RSA))).isFalse();
    }

    @Test
    void anRsaKeyUnder2048Bits_isNotUsed() {
        RSAKey small = Keys.rsa("small", 2040);
        Secret token = Tokens.raw("{\"alg\":\"RS256\",\"kid\":\"small\"}", Tokens.claims(), Signers.rs256(small));

        assertThat(admits(Keys.set(small), token)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "null",
                "{\"kty\":\"NEW\",\"kid\":\"x\"}",
                "{\"kty\":7}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"none\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AQ\"}",
                "{\"kty\":\"oct\",\"k\":\"AQ\"}",
            })
    void anUnusableKey_doesNotAffectTheOthers(String key) {
        assertThat(KeySet.parse(Keys.set(List.of(key, GOOD, key))).size()).isEqualTo(1);
    }

    @Test
    void aPrivateKeyInTheSet_servesAsItsPublicHalf() {
        assertThat(admits(Keys.set(List.of(Keys.RSA.toJSONString())), Tokens.of(Keys.RSA)))
                .isTrue();
    }

    @Test
    void aTokenOfAKnownKey_isNotTriedOnAnother() {
        JWK renamed = new RSAKey.Builder(Keys.RSA).keyID("renamed").build();
        JWK unnamed = new RSAKey.Builder(Keys.RSA).keyID(null).build();

        assertThat(admits(Keys.set(renamed, Keys.P256), Tokens.of(Keys.RSA))).isFalse();
        assertThat(admits(Keys.set(unnamed), Tokens.of(Keys.RSA))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{}", "{\"keys\":{}}", "{\"keys\":null}", "<html></html>", "{\"keys\":["})
    void anotherDocument_isNoKeySet(String document) {
        assertThatThrownBy(() -> KeySet.parse(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is not a JSON Web Key Set");
    }

    private static boolean admits(String set, Secret token) {
        return new Fixture(set).admits(token);
    }

    private static Secret signed(JWK key, String algorithm) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .keyID(key.getKeyID())
                .build();
        return Tokens.signed(key, header, Tokens.claims());
    }
}
