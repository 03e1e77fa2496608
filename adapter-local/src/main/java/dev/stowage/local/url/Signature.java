package dev.stowage.local.url;

import dev.stowage.core.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 of a request. Each text is preceded by its length, so that different requests can't have the same input. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    /** Separates these signatures from others that might use the secret later. */
    private static final String PURPOSE = "stowage-signed-url-v1";

    private final Secret secret;

    /** @param secret in hexadecimal digits */
    Signature(Secret secret) {
        this.secret = secret;
    }

    String of(String method, String key, SortedMap<String, String> parameters) {
        Mac mac = mac();
        add(mac, PURPOSE);
        add(mac, method);
        add(mac, key);
        parameters.forEach((name, value) -> {
            add(mac, name);
            add(mac, value);
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret.value()), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static void add(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }
}
