package dev.stowage.http.route;

/** A group of related routes. */
@FunctionalInterface
public interface RouteGroup {

    /**
     * Adds the routes. Called once, before the server starts.
     *
     * <p>If several routes match a request, the one registered first handles it. So groups with literal paths come before the one that
     * takes whole keys, {@code PUT} and <code>DELETE /api/v1/s3/{key}</code>, which comes last.
     */
    void register(Routes routes);
}
