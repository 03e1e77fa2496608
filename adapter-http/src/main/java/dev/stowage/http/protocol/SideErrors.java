package dev.stowage.http.protocol;

import org.eclipse.jetty.server.Response;

/** The form that errors of the server itself have in another protocol: for malformed HTTP, refused hosts, or a server that is stopping. */
@FunctionalInterface
public interface SideErrors {

    /**
     * Returns the body of a response, and sets the header fields that describe it.
     *
     * @param status of the response, which is set already
     * @param message for people
     * @param path of the request; {@code /} when it is not known
     */
    byte[] document(Response response, int status, String message, String path, String requestId);
}
