package dev.stowage.http;

import dev.stowage.core.file.StatFile;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.objects.StatRoutes;
import dev.stowage.http.route.RouteGroup;
import java.util.List;

/** All routes, wired to their use cases. */
final class ApiRoutes {

    private final Storage storage;
    private final ObjectStore objects;
    private final Json json;

    ApiRoutes(Storage storage, JsonCodec codec) {
        this.storage = storage;
        this.objects = storage.objects();
        this.json = new Json(codec);
    }

    /** In the order in which they are tried: what takes whole keys comes last. */
    List<RouteGroup> groups() {
        return List.of(new StatRoutes(new StatFile(objects), storage.bucket(), json));
    }
}
