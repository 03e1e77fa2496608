package dev.stowage.core.object;

/**
 * An entity tag as a client sends it (RFC 9110, section 8.8.3).
 *
 * @param value the text between the quotes; may be empty, which matches no object
 * @param weak whether it was preceded by {@code W/}
 */
public record EntityTag(String value, boolean weak) {

    /** Compares strongly (section 8.8.3.2): a weak tag never matches. */
    public boolean matchesStrongly(Etag etag) {
        return !weak && value.equals(etag.value());
    }

    /** Compares weakly. */
    public boolean matchesWeakly(Etag etag) {
        return value.equals(etag.value());
    }

    /** Returns the tag as in a header field. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + value + '"';
    }
}
