package dev.stowage.http.ietf;

import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.RouteGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The routes of the draft. */
public final class DraftModule {

    private DraftModule() {}

    /** @param uploadTtl how long an upload without activity is kept */
    public static List<RouteGroup> routes(
            ResumableUploads uploads, Duration uploadTtl, InstantSource clock, Json json) {
        DraftResponse answer = new DraftResponse(uploads.maxSize(), uploadTtl, clock, json);
        return List.of(new DraftCreateRoutes(uploads, answer), new DraftUploadRoutes(uploads, answer));
    }
}
