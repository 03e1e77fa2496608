package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.port.Page;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listing of an upload's parts. */
public final class ListPartsRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/list-parts";

    private final Uploads uploads;
    private final Json json;

    public ListPartsRoute(Uploads uploads, Json json) {
        this.uploads = uploads;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::list).withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "List the parts of an upload",
            operationId = "listParts",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(
                        name = "key",
                        required = true,
                        description = "The file's key",
                        example = ApiDoc.KEY_EXAMPLE),
                @OpenApiParam(
                        name = "upload_id",
                        required = true,
                        description = ApiDoc.UPLOAD_ID,
                        example = ApiDoc.UPLOAD_ID_EXAMPLE),
                @OpenApiParam(
                        name = "max_parts",
                        type = Integer.class,
                        description = "Maximum number of parts in a page: 1 to 1000, default 1000",
                        example = "100"),
                @OpenApiParam(
                        name = "part_number_marker",
                        type = Integer.class,
                        description = "next_part_number_marker of the previous page",
                        example = "100")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Parts.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        UploadParameters upload = UploadParameters.of(query);
        Page<PartInfo, PartNumber> page = uploads.listParts(
                Caller.of(ctx),
                upload.key(),
                upload.uploadId(),
                query.number("max_parts").orElse(Uploads.MAX_PARTS),
                // S3 clients request the first page with 0.
                query.number("part_number_marker").filter(marker -> marker != 0).map(PartNumber::new));
        json.write(ctx, 200, Parts.of(page));
    }

    @OpenApiName("Parts")
    record Parts(
            List<Part> parts,

            @OpenApiName("next_part_number_marker")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("100")
            @Nullable
            Integer nextPartNumberMarker) {

        static Parts of(Page<PartInfo, PartNumber> page) {
            return new Parts(
                    page.items().stream().map(Part::of).toList(),
                    page.next().map(PartNumber::value).orElse(null));
        }
    }

    @OpenApiName("Part")
    record Part(
            @OpenApiName("part_number") @OpenApiExample("1") int partNumber,

            @OpenApiDescription("In bytes") @OpenApiExample("8388608")
            long size,

            @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
            String etag,

            @OpenApiName("last_modified") @OpenApiExample("2025-11-30T12:00:00Z")
            Instant lastModified) {

        static Part of(PartInfo part) {
            return new Part(part.number().value(), part.size(), part.etag().value(), part.lastModified());
        }
    }
}
