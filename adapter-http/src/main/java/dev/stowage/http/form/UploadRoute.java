package dev.stowage.http.form;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.objects.StoredFile;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.Optional;

/** Upload of one file as a form. */
public final class UploadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/upload";

    /** Each field may appear once, so this is enough to report which one is invalid. */
    private static final int MAX_PARTS = 16;

    private final FormUpload upload;
    private final long maxFileSize;
    private final String bucket;
    private final JsonCodec codec;
    private final Json json;

    /**
     * @param spools temporary disk space for files that arrive before their key
     * @param maxFileSize the same limit as that of {@code files}, in bytes
     */
    public UploadRoute(Storage storage, Files files, SpoolSpace spools, long maxFileSize, JsonCodec codec) {
        this.upload = new FormUpload(files, spools, maxFileSize);
        this.maxFileSize = maxFileSize;
        this.bucket = storage.bucket();
        this.codec = codec;
        this.json = new Json(codec);
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(PATH, this::upload)
                .withBody(RouteBody.FILE)
                .withConditions(RouteConditions.WRITE)
                .withErrors(RouteError.INVALID_REQUEST, RouteError.INVALID_FILE_EXPIRY));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Store a file from a form",
            description =
                    "The fields may come before or after the file. An existing file is replaced atomically. If anything in the form is "
                            + "invalid, nothing is stored.",
            operationId = "uploadFile",
            tags = ApiDoc.FILES,
            queryParams =
                    @OpenApiParam(
                            name = ExpiresIn.NAME,
                            type = Long.class,
                            description = ExpiresIn.DESCRIPTION + "; the same as the form field",
                            example = ExpiresIn.EXAMPLE),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(mimeType = "multipart/form-data", from = UploadFormSchema.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The file is stored",
                        content = @OpenApiContent(from = StoredFile.class))
            })
    void upload(Context ctx) throws IOException {
        FormReader reader = FormRequest.open(ctx, MAX_PARTS, maxFileSize);
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        Optional<OwnExpiry> expiry = ExpiresIn.ofQuery(ctx);
        Principal caller = Caller.of(ctx);
        FormFields fields = new FormFields(UploadFields.LIMITS);
        ObjectInfo stored = upload.upload(
                caller, new FileForm(reader, fields), new UploadFields(fields, expiry, codec), conditions);
        ctx.header("ETag", stored.etag().quoted());
        json.write(ctx, 201, StoredFile.of(bucket, stored));
    }
}
