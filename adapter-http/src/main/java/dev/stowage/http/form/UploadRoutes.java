package dev.stowage.http.form;

import dev.stowage.core.file.PutFile;
import dev.stowage.core.file.StatFile;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Storage;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.objects.StoredFile;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import java.io.IOException;

/** Uploads by forms: one file with its fields, or a batch. */
public final class UploadRoutes implements RouteGroup {

    /** Fields may be there once each, so this leaves room for telling what is wrong. */
    private static final int MAX_PARTS = 16;

    private final FormUpload upload;
    private final StatFile statFile;
    private final BatchFiles batch;
    private final SpoolSpace spools;
    private final long maxFileSize;
    private final String bucket;
    private final JsonCodec codec;
    private final Json json;

    /**
     * @param spools where files wait that come before their key
     * @param maxFileSize as {@code putFile} has it, in bytes
     */
    public UploadRoutes(Storage storage, PutFile putFile, SpoolSpace spools, long maxFileSize, JsonCodec codec) {
        this.upload = new FormUpload(putFile, storage.objects(), spools, maxFileSize);
        this.statFile = new StatFile(storage.objects());
        this.batch = new BatchFiles(putFile, new ErrorMapper());
        this.spools = spools;
        this.maxFileSize = maxFileSize;
        this.bucket = storage.bucket();
        this.codec = codec;
        this.json = new Json(codec);
    }

    @Override
    public void register(Routes routes) {
        routes.post(Routes.FILES + "/upload", this::upload);
        routes.post(Routes.FILES + "/upload/batch", this::uploadBatch);
    }

    void upload(Context ctx) throws IOException {
        FormReader reader = FormRequest.open(ctx, MAX_PARTS, maxFileSize);
        WriteConditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        FormFields fields = new FormFields(UploadFields.LIMITS);
        ObjectInfo stored = upload.upload(
                new FileForm(reader, fields),
                new UploadFields(fields, codec),
                key -> conditions.decide(key, () -> statFile.stat(key)));
        ctx.header("ETag", stored.etag().quoted());
        json.write(ctx, 201, StoredFile.of(bucket, stored));
    }

    void uploadBatch(Context ctx) throws IOException {
        FormReader reader = FormRequest.open(ctx, 2 * BatchForm.MAX_FILES);
        try (BatchForm form = new BatchForm(batch, spools, maxFileSize)) {
            json.write(ctx, 200, BatchAnswer.of(bucket, form.upload(reader)));
        }
    }
}
