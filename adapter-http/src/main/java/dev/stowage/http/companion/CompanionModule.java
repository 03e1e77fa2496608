package dev.stowage.http.companion;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.upload.UploadEvents;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.RouteGroup;
import java.util.List;

/** The routes for Uppy. */
public final class CompanionModule {

    private CompanionModule() {}

    /**
     * The routes.
     *
     * @param events is notified of uploads; a repeated completion is notified again
     * @param bucket the name of the store's bucket, as shown to clients
     */
    public static List<RouteGroup> routes(
            Uploads uploads, UploadEvents events, KeyLayout layout, AccessPolicy access, String bucket, Json json) {
        return List.of(
                new CompanionUploadRoutes(uploads, events, layout, bucket, json),
                new CompanionPartRoutes(uploads, layout, access, json));
    }
}
