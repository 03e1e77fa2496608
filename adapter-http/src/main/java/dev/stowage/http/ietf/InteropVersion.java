package dev.stowage.http.ietf;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the draft's interop version of a request. A client with an unsupported version is refused, as is one that sends the first part of
 * a file to a route that takes whole files: otherwise that part would be stored as the file.
 */
public final class InteropVersion {

    private static final String VERSION = "Upload-Draft-Interop-Version";
    private static final String INCOMPLETE = "Upload-Incomplete";
    private static final List<String> SPOKEN = List.of("6", "8");
    private static final Set<HandlerType> WITH_BODY = Set.of(HandlerType.POST, HandlerType.PUT, HandlerType.PATCH);

    private InteropVersion() {}

    /** @throws InvalidInput when the request follows an unsupported version, or is not for this route */
    public static void check(Context ctx) {
        boolean route = isRoute(ctx.path());
        if (ctx.method().equals(HandlerType.OPTIONS) || !(route || WITH_BODY.contains(ctx.method()))) {
            return;
        }
        Optional<String> version = header(ctx, VERSION);
        if (version.isPresent() && !SPOKEN.contains(version.get())) {
            throw InvalidInput.ofField(
                    VERSION,
                    "The supported interop versions of the draft are " + String.join(" and ", SPOKEN)
                            + "; use one of these");
        }
        Optional<String> incomplete = header(ctx, INCOMPLETE);
        if (incomplete.isPresent() && (route || !incomplete.get().equals("?0"))) {
            throw InvalidInput.ofField(
                    INCOMPLETE,
                    "Upload-Incomplete belongs to an older draft; send Upload-Complete to " + Routes.RESUMABLE);
        }
        if (WITH_BODY.contains(ctx.method())) {
            checkComplete(route, version.isPresent(), header(ctx, DraftHeaders.COMPLETE));
        }
    }

    private static void checkComplete(boolean route, boolean draft, Optional<String> complete) {
        if (complete.isEmpty() ? draft : !Set.of("?0", "?1").contains(complete.get())) {
            throw InvalidInput.ofField(DraftHeaders.COMPLETE, DraftHeaders.COMPLETE + " must be ?0 or ?1");
        }
        if (!route && complete.filter("?0"::equals).isPresent()) {
            throw InvalidInput.ofField(
                    DraftHeaders.COMPLETE,
                    "This path stores whole files. Create a resumable upload with POST " + Routes.RESUMABLE + "?key=…");
        }
    }

    private static boolean isRoute(String path) {
        return path.equals(Routes.RESUMABLE) || path.startsWith(Routes.RESUMABLE + "/");
    }

    private static Optional<String> header(Context ctx, String name) {
        return Optional.ofNullable(ctx.req().getHeader(name)).map(String::strip);
    }
}
