package dev.stowage.webhook;

import dev.stowage.core.error.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The URL of a receiver. Only forms that all programs read in the same way are accepted, so that what is checked is what is requested.
 *
 * @param uri http or https, with a host and without user name and fragment
 */
record Receiver(URI uri) {

    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    /** A name of letters, digits and hyphens whose last label is not a number, or an IPv4 address in dotted decimal. */
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z]([a-z0-9-]*[a-z0-9])?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    /** @throws InvalidInput when it is not valid; the message says what to change */
    static Receiver parse(String url) {
        if (url.length() > MAX_LENGTH) {
            throw invalid("url may have at most " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("url is not a URL; characters other than those of RFC 3986 must be percent-encoded");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("url must begin with https:// or http://");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            throw invalid("url must not contain a user name; sign in by a path or a query that can't be guessed, or"
                    + " check the signature");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(host).matches()
                && !IPV4.matcher(host).matches()
                && !IPV6.matcher(host).matches()) {
            throw invalid("url must have a host: a name in ASCII without a dot at its end (xn--… for others), an IPv4"
                    + " address in dotted decimal, or an IPv6 address in brackets");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw invalid("url must have a port between 1 and " + MAX_PORT + ", or none");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("url must not have a fragment (#), which is never sent");
        }
        return new Receiver(uri);
    }

    /** Returns the host, with an IPv6 address without brackets. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static InvalidInput invalid(String message) {
        return InvalidInput.ofField("url", message);
    }
}
