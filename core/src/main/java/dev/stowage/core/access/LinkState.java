package dev.stowage.core.access;

/** Whether a link can be used. */
public enum LinkState {
    /** It can. */
    ACTIVE("active"),
    /** Its lifetime has ended. */
    EXPIRED("expired"),
    /** It was used as often as it permits. */
    USED_UP("used_up"),
    /** It was revoked. */
    REVOKED("revoked");

    private final String id;

    LinkState(String id) {
        this.id = id;
    }

    /** Returns the name in APIs, such as {@code active}. */
    public String id() {
        return id;
    }
}
