package dev.stowage.core.key;

/**
 * The keys of the service's internal objects, which are not yet files. Listings omit them, clients can't write to them, and their names
 * can't be guessed.
 */
public final class HiddenKeys {

    private static final String PREFIX = ".stowage/";

    private HiddenKeys() {}

    /** Whether {@code text}, a key or the beginning of one, is hidden from clients. */
    public static boolean contains(String text) {
        return text.startsWith(PREFIX);
    }

    /** Returns the key of a partial upload. */
    public static ObjectKey partial(String id) {
        return new ObjectKey(PREFIX + "pieces/" + id);
    }
}
