package dev.stowage.http.limit;

import dev.stowage.core.access.Principal;
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
 * The account that a request is counted for.
 *
 * @param isKnown whether it is a principal, of which there are at most as many as issued keys and tokens
 * @param name the principal's id, or the client's address
 */
public record Account(boolean isKnown, String name) {

    /** Behind a trusted proxy the address can be any text that the proxy sends. */
    private static final int MAX_LENGTH = 64;

    /** A single client may have a whole IPv6 network (RFC 6177, section 2). */
    private static final int NETWORK_BYTES = 8;

    /** Returns the account of the principal; that of the client's address for signed URLs and callers without credentials. */
    static Account of(Context ctx) {
        Optional<String> principal = ctx.routeRoles().contains(RouteAccess.PRINCIPAL)
                ? Caller.of(ctx).id()
                : Optional.empty();
        return of(principal, ctx.ip());
    }

    /** Returns the account of a principal, or that of its address if it has no id. */
    public static Account of(Principal principal, String address) {
        return of(principal.id(), address);
    }

    private static Account of(Optional<String> principal, String address) {
        return principal.map(id -> new Account(true, id)).orElseGet(() -> new Account(false, address(address)));
    }

    static String address(String text) {
        if (text.indexOf(':') >= 0) {
            try {
                // Text with a colon is an address literal or invalid, so no name server is queried.
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
