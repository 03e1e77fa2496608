package dev.stowage.http.access;

import io.javalin.security.RouteRole;

/** Whom a route is for. Every route says so, as it is registered. */
public enum RouteAccess implements RouteRole {
    /** Whoever says who they are; what they may do is for the use case to decide. */
    PRINCIPAL,
    /** Whoever brings a URL that was signed for just this. */
    SIGNED_URL,
    /** Everybody. There is nothing of any user's on such a route. */
    PUBLIC
}
