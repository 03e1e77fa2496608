package dev.stowage.http.trace;

/** The paths that contain a secret, and what is logged instead of them. */
public final class SecretPaths {

    /** Before the token of a link. */
    public static final String LINKS = "/s/";

    private SecretPaths() {}

    /** Returns a path as it may be logged: without the token of a link. */
    public static String logged(String path) {
        if (!path.startsWith(LINKS)) {
            return path;
        }
        int end = path.indexOf('/', LINKS.length());
        return LINKS + "*" + (end < 0 ? "" : path.substring(end));
    }
}
