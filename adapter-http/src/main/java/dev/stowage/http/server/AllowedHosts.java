package dev.stowage.http.server;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host names that requests may use. The page of any site can let its own host name resolve to a loopback address (DNS rebinding) and
 * then read the responses of a local service, unless the service refuses that name.
 */
final class AllowedHosts {

    /** Any name. */
    static final String ANY = "*";

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]+\\]");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.[0-9]{1,3}){3}|::1");

    private final boolean loopback;
    private final Set<String> names;

    /**
     * @param loopback whether empty {@code names} allow loopback names only; otherwise they allow any name
     * @param names as returned by {@link #parse}
     */
    AllowedHosts(boolean loopback, Set<String> names) {
        this.loopback = loopback;
        this.names = Set.copyOf(names);
    }

    /** @throws IllegalArgumentException when it is neither a list of host names nor {@code *} */
    static Set<String> parse(String text) {
        Set<String> names = new LinkedHashSet<>();
        List<String> parts =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        for (String name : parts) {
            if (!name.equals(ANY) && !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "is not a list of host names such as files.example.com, 192.0.2.1, [2001:db8::1], without scheme or port, nor *");
            }
            names.add(normal(name));
        }
        return names;
    }

    /** @param host of a request, without its port */
    boolean allow(String host) {
        String name = normal(host);
        return names.contains(ANY)
                || names.contains(name)
                || (names.isEmpty() && !loopback)
                || LOOPBACK.matcher(name).matches();
    }

    /** Names are compared in lower case, without the trailing dot, and addresses without brackets. */
    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
