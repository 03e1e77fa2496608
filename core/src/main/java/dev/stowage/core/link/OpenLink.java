package dev.stowage.core.link;

import dev.stowage.core.access.Link;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A link that somebody has opened by its token. Immutable. */
public final class OpenLink {

    private static final String ALGORITHM = "HmacSHA256";
    /** Of a time in seconds, until the year 33658. */
    private static final int MAX_DIGITS = 12;

    private final StoredLink stored;
    private final Principal bearer;

    OpenLink(StoredLink stored, Principal bearer) {
        this.stored = stored;
        this.bearer = bearer;
    }

    /** Returns the link. */
    public Link link() {
        return stored.link();
    }

    /** Returns who uses the link: with the rights that the link grants and its owner has at this moment. */
    public Principal bearer() {
        return bearer;
    }

    StoredLink stored() {
        return stored;
    }

    /** Returns a text that proves, until that time, that its bearer has sent the password: for a cookie. Any node can verify it. */
    public String proof(Instant expiresAt) {
        return expiresAt.getEpochSecond() + "." + sign(expiresAt.getEpochSecond());
    }

    /** Whether the link needs no password, or {@code proof} is one that has not expired. */
    public boolean isProved(String proof, Instant now) {
        if (stored.password().isEmpty()) {
            return true;
        }
        int dot = proof.indexOf('.');
        if (dot < 1 || dot > MAX_DIGITS) {
            return false;
        }
        try {
            long expiry = Long.parseLong(proof.substring(0, dot));
            byte[] given = proof.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
            return now.getEpochSecond() < expiry
                    && MessageDigest.isEqual(given, sign(expiry).getBytes(StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Signs with the hash of the password, which is secret and differs for each link. */
    private String sign(long expiry) {
        Secret key = stored.password().orElseThrow();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] signed = mac.doFinal(Long.toString(expiry).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
