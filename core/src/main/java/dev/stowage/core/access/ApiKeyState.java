package dev.stowage.core.access;

/** Whether an API key can be used. */
public enum ApiKeyState {
    /** It is valid. */
    ACTIVE("active"),
    /** Its lifetime has ended. */
    EXPIRED("expired"),
    /** It was revoked, whether or not it has expired. */
    REVOKED("revoked");

    private final String id;

    ApiKeyState(String id) {
        this.id = id;
    }

    /** Returns the name in APIs, such as {@code active}. */
    public String id() {
        return id;
    }
}
