package dev.stowage.http.objects;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletion of many files at once. */
public final class DeleteBatchRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/delete/batch";

    private final Files files;
    private final Json json;

    public DeleteBatchRoute(Files files, Json json) {
        this.files = files;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(PATH, this::deleteBatch).withBody(RouteBody.JSON).withErrors(RouteError.TOO_MANY_KEYS));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Delete up to 1000 files",
            description = "Each key has its own result; a failure of one does not affect the others. "
                    + "A key that is listed twice is deleted once, and both results are the same.",
            operationId = "deleteFiles",
            tags = ApiDoc.FILES,
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = DeleteBatch.Request.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = DeleteBatch.Response.class))
            })
    void deleteBatch(Context ctx) throws IOException {
        List<@Nullable String> keys =
                Json.required("keys", json.read(ctx, DeleteBatch.Request.class).keys());
        Files.checkDeletedKeys(keys.size());
        DeleteBatch.Item[] results = new DeleteBatch.Item[keys.size()];
        List<ObjectKey> valid = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            String key = Json.required("keys[" + i + "]", keys.get(i));
            try {
                valid.add(new ObjectKey(key));
                places.add(i);
            } catch (InvalidInput e) {
                results[i] = DeleteBatch.Item.failed(key, e);
            }
        }
        if (!valid.isEmpty()) {
            List<DeleteResult> deleted = files.delete(Caller.of(ctx), valid);
            for (int i = 0; i < deleted.size(); i++) {
                results[places.get(i)] = DeleteBatch.Item.of(deleted.get(i));
            }
        }
        json.write(ctx, 200, DeleteBatch.Response.of(List.of(results)));
    }
}
