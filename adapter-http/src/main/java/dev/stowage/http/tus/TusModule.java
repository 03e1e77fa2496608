package dev.stowage.http.tus;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.route.RouteGroup;
import java.time.Duration;
import java.util.List;

/** The routes of tus. */
public final class TusModule {

    private TusModule() {}

    /** @param uploadTtl how long an upload without activity is kept */
    public static List<RouteGroup> routes(ResumableUploads uploads, KeyLayout layout, Duration uploadTtl) {
        TusResponse answer = new TusResponse(uploadTtl);
        return List.of(
                new TusOptionsRoute(uploads.maxSize()),
                new TusCreateRoute(uploads, layout, answer),
                new TusUploadRoutes(uploads, answer));
    }
}
