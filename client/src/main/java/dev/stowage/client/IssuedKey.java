package dev.stowage.client;

/**
 * A new API key, or an existing one with a new secret. {@link #toString} leaves the key out.
 *
 * @param key what its owner sends; the service does not show it again
 */
public record IssuedKey(String id, String key) {

    static IssuedKey of(JsonFields json) {
        return new IssuedKey(json.text("id"), json.text("key"));
    }

    @Override
    public String toString() {
        return "IssuedKey[id=" + id + "]";
    }
}
