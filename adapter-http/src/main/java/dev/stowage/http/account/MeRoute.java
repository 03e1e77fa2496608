package dev.stowage.http.account;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Principal;
import dev.stowage.http.access.Caller;
import dev.stowage.http.exchange.Json;
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
import io.javalin.openapi.OpenApiResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the caller is, and what it may do. */
public final class MeRoute implements RouteGroup {

    private static final String PATH = Routes.API + "me";

    private final Json json;

    public MeRoute(Json json) {
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::me));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "Get the caller and its rights",
            description = "Each of the actions is allowed on each of the files.",
            operationId = "me",
            tags = ApiDoc.ACCOUNTS,
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Me.class))})
    void me(Context ctx) {
        json.write(ctx.header("Cache-Control", "no-store"), 200, Me.of(Caller.of(ctx)));
    }

    /** The JSON of a principal. */
    @OpenApiName("Me")
    record Me(
            @OpenApiNullable
            @OpenApiDescription("The id of the API key, or the subject of the token; null for an anonymous caller")
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE)
            @Nullable
            String id,

            @OpenApiDescription("key, token or anonymous") @OpenApiExample("key")
            String kind,

            @OpenApiExample("ci") String name,
            @OpenApiExample("[\"read\", \"write\"]") List<String> actions,
            @OpenApiExample("[\"demo\"]") List<String> projects,

            @OpenApiDescription("The empty prefix stands for all files") @OpenApiExample("[\"raw/shared/\"]")
            List<String> prefixes,

            @OpenApiName("expires_at")
            @OpenApiNullable
            @OpenApiDescription("When the credential expires; null for never")
            @OpenApiExample("2026-02-28T12:00:00Z")
            @Nullable
            Instant expiresAt) {

        static Me of(Principal principal) {
            String whole = principal.id().orElse("");
            boolean key = whole.startsWith(ApiKey.PRINCIPAL);
            String kind = key ? "key" : "token";
            return new Me(
                    principal.id().isEmpty() ? null : whole.substring(whole.indexOf(':') + 1),
                    principal.id().isEmpty() ? "anonymous" : kind,
                    principal.name(),
                    RightsFields.actions(principal.rights()),
                    RightsFields.projects(principal.rights()),
                    RightsFields.prefixes(principal.rights()),
                    principal.expiresAt().orElse(null));
        }
    }
}
