package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** The API keys of a service, for callers with the action {@code admin}. Thread-safe. */
public final class RemoteKeys {

    private static final String KEYS = "/api/v1/keys";

    private final ApiConnection connection;

    RemoteKeys(ApiConnection connection) {
        this.connection = connection;
    }

    /** Creates a key whose rights are part of the caller's own. */
    public IssuedKey create(NewApiKey key) throws InterruptedException {
        return IssuedKey.of(connection.call(ApiRequest.post(KEYS, key.json())).json());
    }

    /**
     * Returns a page of keys, oldest first, including expired and revoked ones.
     *
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<KeyDetails> list(Optional<String> cursor) throws InterruptedException {
        String target =
                KEYS + cursor.map(text -> "?cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("keys", KeyDetails::of), json.optionalText("next_cursor"));
    }

    /** Returns a key. @throws StowageException with status 404 when there is none */
    public KeyDetails get(String id) throws InterruptedException {
        return KeyDetails.of(connection.call(ApiRequest.get(path(id))).json());
    }

    /**
     * Gives a key a new secret. Each call makes another one.
     *
     * @param overlap how long the current secret stays valid; to the second
     */
    public IssuedKey rotate(String id, Duration overlap) throws InterruptedException {
        ObjectNode json = JsonFields.newObject().put("overlap", overlap.toSeconds());
        return IssuedKey.of(
                connection.call(ApiRequest.post(path(id) + "/rotate", json)).json());
    }

    /** Revokes a key, permanently and at once. Does nothing when it is revoked already. */
    public void revoke(String id) throws InterruptedException {
        connection.call(ApiRequest.delete(path(id)));
    }

    private static String path(String id) {
        return KEYS + "/" + UrlText.query(id);
    }
}
