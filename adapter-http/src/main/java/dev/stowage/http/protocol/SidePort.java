package dev.stowage.http.protocol;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;

/**
 * The port of another protocol.
 *
 * @param port 0 for any free port
 * @param domain a host name that requests may use, and the end of others, beside those in the settings
 * @param handler handles its requests
 * @param errors the form of errors that occur before the handler
 */
public record SidePort(int port, Optional<String> domain, Handler handler, SideErrors errors) {

    /** The name of the connector. */
    public static final String CONNECTOR = "side";

    /** Whether a request came by the port of another protocol. */
    public static boolean received(Request request) {
        return CONNECTOR.equals(request.getConnectionMetaData().getConnector().getName());
    }

    /** Whether a host name, without a port, is one of the protocol. */
    public boolean isOwnHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return domain.filter(own -> name.equals(own) || name.endsWith("." + own))
                .isPresent();
    }
}
