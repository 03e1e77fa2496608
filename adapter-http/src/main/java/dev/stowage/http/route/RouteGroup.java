package dev.stowage.http.route;

/** Some routes that belong together. */
@FunctionalInterface
public interface RouteGroup {

    /**
     * Adds the routes. Called once, before the server starts.
     *
     * <p>Of several routes that match a request, the one registered first answers. So groups with literal paths stand before the
     * one that takes whole keys, {@code PUT} and <code>DELETE /api/v1/s3/{key}</code>; that one comes last.
     */
    void register(Routes routes);
}
