package dev.stowage.s3api.operation;

import dev.stowage.core.key.PercentEncoding;
import java.util.Objects;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** The URL of an object, as its client reaches the service. Clients hand it on as what they have stored. */
final class ObjectUrl {

    private ObjectUrl() {}

    /** Returns the URL of the object that a request is about. */
    static String of(Request request) {
        return origin(request.getHttpURI()) + path(request);
    }

    /** Returns the URL of an object in the bucket that a request is about. */
    static String inBucket(Request request, String name) {
        String path = path(request);
        return origin(request.getHttpURI()) + path + (path.endsWith("/") ? "" : "/") + PercentEncoding.encodePath(name);
    }

    /** A client of HTTP/1.0 may send no host; what is left is relative to wherever it has sent the request. */
    private static String origin(HttpURI uri) {
        return uri.getAuthority() == null ? "" : uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String path(Request request) {
        return Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
    }
}
