package dev.stowage.http.link;

import dev.stowage.core.Services;
import dev.stowage.http.download.ArchiveDownload;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.RouteGroup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** Links for people without credentials. */
public final class LinkModule {

    private LinkModule() {}

    /** Returns the routes: of those who manage links, and of those who use them. */
    public static List<RouteGroup> routes(
            Services services,
            Downloads downloads,
            ArchiveDownload archives,
            MeterRegistry registry,
            InstantSource clock,
            Json json) {
        LinkMeters meters = new LinkMeters(registry);
        return List.of(
                new LinkRoutes(services.links(), clock, json),
                new OpenLinkRoutes(
                        new LinkAccess(services.links(), meters, clock),
                        services.files(),
                        new LinkDownload(services.links(), downloads, services.archives(), archives, meters),
                        new LinkUpload(services.links(), services.files(), meters),
                        json));
    }
}
