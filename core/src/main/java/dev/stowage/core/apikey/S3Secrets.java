package dev.stowage.core.apikey;

import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the secrets of S3 key pairs. Verifying a signature of S3 needs the secret itself, not a digest of it; deriving it from a master
 * secret, which is not in the database, avoids storing it. Safe for concurrent use.
 */
public final class S3Secrets {

    /** The minimum length of a master secret in characters. */
    public static final int MIN_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** Separates these secrets from others that might be derived later. */
    private static final String PURPOSE = "stowage-s3-key-v1";

    /** 160 bits, so that a secret has the usual 40 characters. */
    private static final int BYTES = 20;

    private final Secret master;

    /** @param master at least {@link #MIN_LENGTH} characters; the same in all processes on the same records */
    public S3Secrets(Secret master) {
        this.master = master;
    }

    /** Returns the current secret of a key's pair; empty when the key has none. */
    Optional<Secret> current(StoredKey stored) {
        return stored.key().s3() ? Optional.of(derive(stored.key().id(), stored.digest())) : Optional.empty();
    }

    /** Returns the secrets of a key's pair that are valid at that moment. */
    List<Secret> valid(StoredKey stored, Instant now) {
        return stored.key().s3()
                ? stored.valid(now).stream()
                        .map(digest -> derive(stored.key().id(), digest))
                        .toList()
                : List.of();
    }

    /**
     * Returns the secret that belongs to a key since the rotation that created {@code digest}.
     *
     * @param digest its random salt identifies the rotation
     */
    private Secret derive(String id, SecretDigest digest) {
        // None of the parts contains a line break, so different parts can't have the same text.
        byte[] input = String.join("\n", PURPOSE, id, digest.salt()).getBytes(StandardCharsets.UTF_8);
        return new Secret(HexFormat.of().formatHex(Arrays.copyOf(mac().doFinal(input), BYTES)));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(master.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
