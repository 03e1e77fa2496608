package dev.stowage.client;

import java.util.Optional;

/**
 * A new API key, or an existing one with a new secret. {@link #toString} leaves the secrets out.
 *
 * @param key what its owner sends; the service does not show it again
 * @param secretAccessKey the secret of its S3 key pair, whose access key id is {@code id}; empty without a pair
 */
public record IssuedKey(String id, String key, Optional<String> secretAccessKey) {

    static IssuedKey of(JsonFields json) {
        return new IssuedKey(json.text("id"), json.text("key"), json.optionalText("secret_access_key"));
    }

    @Override
    public String toString() {
        return "IssuedKey[id=" + id + "]";
    }
}
