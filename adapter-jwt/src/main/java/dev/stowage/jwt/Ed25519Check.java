package dev.stowage.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Verifies Ed25519 (RFC 8032) with the JDK; the library's own check needs Google's Tink. */
final class Ed25519Check implements SignatureCheck {

    private static final String ALGORITHM = "Ed25519";

    /** The prefix of the 32 bytes of a key in the encoding that the JDK reads (RFC 8410, section 4). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublicKey key;

    /** @throws GeneralSecurityException when {@code x} is not a public key */
    Ed25519Check(byte[] x) throws GeneralSecurityException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(PREFIX);
        encoded.writeBytes(x);
        key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
