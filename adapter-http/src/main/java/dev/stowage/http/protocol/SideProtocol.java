package dev.stowage.http.protocol;

import dev.stowage.core.Services;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.jetty.server.Handler;

/**
 * Another protocol that the server speaks.
 *
 * @param port on the same host; 0 for any free port
 * @param domain a host name that requests may use, and the end of others, beside those in the settings
 * @param handler returns the handler of its requests, which are not authenticated yet
 * @param errors the form of errors that occur before the handler
 */
public record SideProtocol(
        int port, Optional<String> domain, BiFunction<Services, RequestControl, Handler> handler, SideErrors errors) {

    /** Returns the port with the handler of its requests. */
    public SidePort over(Services services, RequestControl control) {
        return new SidePort(port, domain, handler.apply(services, control), errors);
    }
}
