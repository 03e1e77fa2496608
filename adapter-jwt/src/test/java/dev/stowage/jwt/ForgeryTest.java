package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stowage.core.config.Secret;
import dev.stowage.jwt.Tokens.Signer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens forged without the issuer's private keys. */
final class ForgeryTest {

    private static final Signer GOOD = Signers.rs256(Keys.RSA);
    private static final Signer NONE = content -> new byte[0];

    private final Fixture fixture = new Fixture(Keys.set(Keys.RSA, Keys.P256));

    @Test
    void theSameToken_signedByTheRightKey_isValid() {
        assertThat(fixture.admits(Tokens.raw(header("RS256"), Tokens.claims(), GOOD)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", " none", "", "RS256 ", "rs256"})
    void noAlgorithm_howeverSpelled_isRefused(String algorithm) {
        assertThat(fixture.admits(Tokens.raw(header(algorithm), Tokens.claims(), NONE)))
                .isFalse();
        assertThat(fixture.admits(Tokens.raw("{\"alg\":\"" + algorithm + "\"}", Tokens.claims(), GOOD)))
                .isFalse();
        assertThat(fixture.admits(Tokens.raw(header(algorithm), Tokens.claims(), GOOD)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("publicSecrets")
    void hmacWithThePublicKey_inWhateverForm_isRefused(byte[] secret) {
        for (String bits : new String[] {"256", "384", "512"}) {
            Signer hmac = Signers.hmac("HmacSHA" + bits, secret);
            assertThat(fixture.admits(Tokens.raw(header("HS" + bits), Tokens.claims(), hmac)))
                    .isFalse();
            assertThat(fixture.admits(Tokens.raw("{\"alg\":\"HS" + bits + "\"}", Tokens.claims(), hmac)))
                    .isFalse();
        }
    }

    static Stream<byte[]> publicSecrets() throws JOSEException {
        byte[] der = Keys.RSA.toRSAPublicKey().getEncoded();
        byte[] modulus = Keys.RSA.getModulus().decodeToBigInteger().toByteArray();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
        return Stream.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                pem.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII),
                base64.getBytes(StandardCharsets.US_ASCII),
                modulus,
                Arrays.copyOfRange(modulus, 1, modulus.length),
                Keys.RSA.getModulus().toString().getBytes(StandardCharsets.US_ASCII),
                Keys.RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                Keys.set(Keys.RSA, Keys.P256).getBytes(StandardCharsets.UTF_8),
                BigInteger.valueOf(65537).toByteArray());
    }

    @Test
    void aSymmetricKeyInTheSet_isNotUsed() {
        byte[] secret = "a secret of thirty-two bytes, so".getBytes(StandardCharsets.US_ASCII);
        String oct = "{\"kty\":\"oct\",\"kid\":\"rsa-1\",\"alg\":\"HS256\",\"k\":\"" + Tokens.part(secret) + "\"}";
        Fixture shared = new Fixture("{\"keys\":[" + oct + "]}");

        assertThat(shared.admits(Tokens.raw(header("HS256"), Tokens.claims(), Signers.hmac("HmacSHA256", secret))))
                .isFalse();
    }

    @Test
    void anAlteredPayload_isRefused() {
        String[] parts = Tokens.of(Keys.RSA).value().split("\\.", -1);
        String more = Tokens.part(JSONObjectUtils.toJSONString(Tokens.claims("stowage_projects", "p1")));

        assertThat(fixture.admits(new Secret(parts[0] + "." + more + "." + parts[2])))
                .isFalse();
    }

    @Test
    void anyCharacterChanged_isRefused() {
        String token = Tokens.of(Keys.RSA).value();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(fixture.admits(new Secret(altered)))
                    .as("character %s", i)
                    .isFalse();
        }
    }

    @Test
    void anotherSpellingOfTheSameBytes_isRefused() {
        String token = Tokens.of(Keys.RSA).value();
        // 256 bytes leave four bits of the last character unused.
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String other = token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);

        assertThat(last % 16).isZero();
        assertThat(fixture.admits(new Secret(token))).isTrue();
        assertThat(fixture.admits(new Secret(other))).isFalse();
        assertThat(fixture.admits(new Secret(token + "A"))).isFalse();
    }

    @Test
    void anotherKeyUnderAKnownName_isRefused() {
        RSAKey own = new RSAKey.Builder(Keys.OTHER_RSA).keyID("rsa-1").build();

        assertThat(fixture.admits(Tokens.of(own))).isFalse();
    }

    @Test
    void aKeyBroughtInTheHeader_isNotFollowed() {
        String own = Keys.OTHER_RSA.toPublicJWK().toJSONString();
        String url = "https://evil.example/jwks";
        for (String extra : new String[] {
            "\"jwk\":" + own, "\"jku\":\"" + url + "\"", "\"x5u\":\"" + url + "\"", "\"kid\":\"rsa-1\",\"jwk\":" + own
        }) {
            String header = "{\"alg\":\"RS256\"," + extra + "}";
            assertThat(fixture.admits(Tokens.raw(header, Tokens.claims(), Signers.rs256(Keys.OTHER_RSA))))
                    .as(extra)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[\"b64\"],\"b64\":true",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"b64\":false",
                "\"crit\":[]"
            })
    void anExtension_isRefused_evenWellSigned(String extension) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"," + extension + "}";

        assertThat(fixture.admits(Tokens.raw(header, Tokens.claims(), GOOD))).isFalse();
    }

    @Test
    void twoAlgorithmsInOneHeader_areRefused() {
        String header = "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";

        assertThat(fixture.admits(Tokens.raw(header, Tokens.claims(), GOOD))).isFalse();
    }

    @Test
    void anEncryptedToken_isRefused() throws JOSEException {
        JWEObject encrypted = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                        .keyID("rsa-1")
                        .build(),
                new Payload(JSONObjectUtils.toJSONString(Tokens.claims())));
        encrypted.encrypt(new RSAEncrypter(Keys.RSA.toRSAPublicKey()));

        assertThat(fixture.admits(new Secret(encrypted.serialize()))).isFalse();
        assertThat(fixture.admits(Tokens.raw(
                        "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\",\"kid\":\"rsa-1\"}", Tokens.claims(), GOOD)))
                .isFalse();
    }

    @Test
    void aSignatureOfZeros_isRefused() {
        // CVE-2022-21449.
        for (Map.Entry<String, String> key :
                Map.of("RS256", "rsa-1", "ES256", "ec-256").entrySet()) {
            String header = "{\"alg\":\"" + key.getKey() + "\",\"kid\":\"" + key.getValue() + "\"}";
            for (int length : new int[] {1, 64, 256}) {
                assertThat(fixture.admits(Tokens.raw(header, Tokens.claims(), content -> new byte[length])))
                        .isFalse();
            }
        }
    }

    private static String header(String algorithm) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa-1\"}";
    }
}
