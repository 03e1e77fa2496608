package dev.stowage.http.form;

import dev.stowage.core.file.Files;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.FailureLog;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.metadata.ExpiresIn;
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

/** Upload of many files as one form. */
public final class BatchUploadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/upload/batch";

    private final Files files;
    private final SpoolSpace spools;
    private final long maxFileSize;
    private final String bucket;
    private final Json json;
    private final FailureLog failures = new FailureLog(System::nanoTime);

    /**
     * @param spools temporary disk space for files that arrive before their keys
     * @param maxFileSize the same limit as that of {@code files}, in bytes
     */
    public BatchUploadRoute(Files files, SpoolSpace spools, long maxFileSize, String bucket, Json json) {
        this.files = files;
        this.spools = spools;
        this.maxFileSize = maxFileSize;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(PATH, this::uploadBatch)
                .withBody(RouteBody.FILES)
                .withConditions(RouteConditions.WRITE)
                .withErrors(RouteError.INVALID_REQUEST, RouteError.INVALID_FILE_EXPIRY, RouteError.TOO_MANY_TRANSFERS));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Store many files from a form",
            description =
                    "The first file is stored at the first key, and so on. Each file is stored on its own: a failure is reported in "
                            + "its result, and the other files are kept. Of several files with the same key, the last one is kept.",
            operationId = "uploadBatch",
            tags = ApiDoc.FILES,
            queryParams =
                    @OpenApiParam(
                            name = ExpiresIn.NAME,
                            type = Long.class,
                            description = ExpiresIn.DESCRIPTION + ". For all files; the same as the form field",
                            example = ExpiresIn.EXAMPLE),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(mimeType = "multipart/form-data", from = BatchFormSchema.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The result of each file",
                        content = @OpenApiContent(from = BatchResponse.class)),
                @OpenApiResponse(
                        status = "503",
                        description =
                                "Too many transfers are running; failures of the store are reported in the results")
            })
    void uploadBatch(Context ctx) throws IOException {
        FormReader reader = FormRequest.open(ctx, 2 * BatchForm.MAX_FILES + 2);
        BatchOptions options = new BatchOptions(WriteConditions.parse(RequestHeaders.of(ctx)), ExpiresIn.ofQuery(ctx));
        BatchFiles batch = new BatchFiles(files, Caller.of(ctx), new ErrorMapper(), failures);
        try (BatchForm form = new BatchForm(batch, spools, maxFileSize, options)) {
            json.write(ctx, 200, BatchResponse.of(bucket, form.upload(reader)));
        }
    }
}
