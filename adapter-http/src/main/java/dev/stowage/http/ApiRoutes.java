package dev.stowage.http;

import dev.stowage.core.file.PutFile;
import dev.stowage.core.file.StatFile;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.form.SpoolSpace;
import dev.stowage.http.form.UploadRoutes;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.objects.StatRoutes;
import dev.stowage.http.route.RouteGroup;
import java.nio.file.Path;
import java.util.List;

/** All routes, wired to their use cases. */
final class ApiRoutes {

    /** Of all files together that wait for the fields of their forms, in bytes. */
    private static final long SPOOL_SPACE = 4L << 30;

    private final HttpConfig config;
    private final Storage storage;
    private final KeyLayout layout;
    private final ObjectStore objects;
    private final JsonCodec codec;
    private final Json json;

    ApiRoutes(HttpConfig config, Storage storage, KeyLayout layout, JsonCodec codec) {
        this.config = config;
        this.storage = storage;
        this.layout = layout;
        this.objects = storage.objects();
        this.codec = codec;
        this.json = new Json(codec);
    }

    /** In the order in which they are tried: what takes whole keys comes last. */
    List<RouteGroup> groups() {
        return List.of(forms(), new StatRoutes(new StatFile(objects), storage.bucket(), json));
    }

    private RouteGroup forms() {
        SpoolSpace spools = new SpoolSpace(Path.of(System.getProperty("java.io.tmpdir")), SPOOL_SPACE);
        PutFile putFile = new PutFile(objects, layout, config.maxFileSize());
        return new UploadRoutes(storage, putFile, spools, config.maxFileSize(), codec);
    }
}
