package dev.stowage.http.access;

import io.javalin.security.RouteRole;

/** Who may call a route. Each route declares it. */
public enum RouteAccess implements RouteRole {
    /** Authenticated principals; the core decides what they may do. */
    PRINCIPAL,
    /** Anyone with a URL that was signed for this request. */
    SIGNED_URL,
    /** Everyone. Such a route returns no data of users. */
    PUBLIC
}
