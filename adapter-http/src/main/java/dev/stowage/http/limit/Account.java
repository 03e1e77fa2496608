package dev.stowage.http.limit;

import dev.stowage.http.access.Caller;
import dev.stowage.http.access.RouteAccess;
import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * On whom a request is counted.
 *
 * @param isKnown whether that is a principal, of which there are no more than keys and tokens were given out
 * @param name the principal's id, or the client's address
 */
record Account(boolean isKnown, String name) {

    /** Behind a proxy that is believed, an address is whatever it says. */
    private static final int MAX_LENGTH = 64;

    /** A single client has a whole network of these addresses (RFC 6177, section 2). */
    private static final int NETWORK_BYTES = 8;

    /** The caller where that is somebody in particular; whoever brings a signed URL, or need not say who they are, by the address. */
    static Account of(Context ctx) {
        Optional<String> principal = ctx.routeRoles().contains(RouteAccess.PRINCIPAL)
                ? Caller.of(ctx).id()
                : Optional.empty();
        return principal.map(id -> new Account(true, id)).orElseGet(() -> new Account(false, address(ctx.ip())));
    }

    static String address(String text) {
        if (text.indexOf(':') >= 0) {
            try {
                // With a colon it is a literal, or none: nothing is asked of a name server.
                InetAddress address = InetAddress.getByName(text);
                return address instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                        : address.getHostAddress();
            } catch (UnknownHostException e) {
                return shortened(text);
            }
        }
        return shortened(text);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }
}
