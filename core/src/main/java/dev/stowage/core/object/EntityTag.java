package dev.stowage.core.object;

/**
 * An entity tag as a client sends it (RFC 9110, section 8.8.3).
 *
 * @param value what stands between the quotes; may be empty, and so name no object of ours
 * @param weak whether {@code W/} stood before it
 */
public record EntityTag(String value, boolean weak) {

    /** Strong comparison (section 8.8.3.2): a weak tag never matches. */
    public boolean matchesStrongly(Etag etag) {
        return !weak && value.equals(etag.value());
    }

    /** Weak comparison. */
    public boolean matchesWeakly(Etag etag) {
        return value.equals(etag.value());
    }

    /** As it stands in a header field. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + value + '"';
    }
}
