package dev.stowage.core.key;

/**
 * Where the service keeps what is nobody's file yet: no listing shows it, no client stores anything there, and the names are ones that
 * nobody can guess.
 */
public final class HiddenKeys {

    private static final String PREFIX = ".stowage/";

    private HiddenKeys() {}

    /** Whether {@code text}, a key or the beginning of one, is hidden from clients. */
    public static boolean contains(String text) {
        return text.startsWith(PREFIX);
    }

    /** The key of a piece of a file. */
    public static ObjectKey partial(String id) {
        return new ObjectKey(PREFIX + "pieces/" + id);
    }
}
