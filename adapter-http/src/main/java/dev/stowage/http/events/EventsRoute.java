package dev.stowage.http.events;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.EventType;
import dev.stowage.core.eventlog.Events;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.CredentialEnded;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.AcceptHeader;
import dev.stowage.http.exchange.CredentialCheck;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.limit.OwnerSlots;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The log of events: as pages, or as server-sent events (WHATWG HTML, section 9.2). Each stream polls the log a few times a second, so the
 * number of streams is bounded.
 */
public final class EventsRoute implements RouteGroup, AutoCloseable {

    private static final String PATH = Routes.API + "events";
    private static final String AFTER = "after";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String NOW = "now";

    private static final int DEFAULT_LIMIT = 100;
    private static final int STREAM_PAGE = 500;

    private final Events events;
    private final Json json;
    private final EventStreams streams;

    /**
     * @param places the slots of streams
     * @param interval between two polls of the log
     */
    public EventsRoute(Events events, OwnerSlots places, Duration interval, Json json) {
        this.events = events;
        this.streams = new EventStreams(places, interval);
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::events).withErrors(RouteError.INVALID_REQUEST, RouteError.TOO_MANY_STREAMS));
    }

    /** Ends all streams within one poll interval; their clients reconnect with the id of the last event. Idempotent. */
    @Override
    public void close() {
        streams.close();
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "List or follow events",
            description =
                    "Changes of the files that you may read, and the ends of your uploads and jobs, oldest first; those of one key are"
                            + " in the order of the changes. With Accept: text/event-stream, a stream that continues until the client"
                            + " closes it; without after, it begins with the next event. A client that reconnects with Last-Event-ID"
                            + " gets the events since then.",
            operationId = "listEvents",
            tags = ApiDoc.EVENTS,
            queryParams = {
                @OpenApiParam(
                        name = AFTER,
                        description =
                                "Only events after the one with this id, or now: only those that are still to come",
                        example = "42"),
                @OpenApiParam(
                        name = "types",
                        description = "Only events of these types, separated by commas",
                        example = "file.created,file.updated"),
                @OpenApiParam(
                        name = "prefix",
                        description = "Only events of files whose keys begin with this",
                        example = "raw/demo/"),
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of events in a page: 1 to 1000, default 100",
                        example = "100")
            },
            headers =
                    @OpenApiParam(
                            name = LAST_EVENT_ID,
                            description =
                                    "The id of the last event received, for a stream; takes precedence over after",
                            example = "42"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = {
                            @OpenApiContent(from = EventView.EventList.class),
                            @OpenApiContent(from = String.class, mimeType = EventStreams.TYPE, example = "id: 42")
                        }),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open event streams")
            })
    void events(Context ctx) throws IOException {
        QueryParameters query = QueryParameters.of(ctx);
        Events.Filter filter =
                new Events.Filter(query.text("types").map(EventsRoute::types).orElse(Set.of()), prefix(query));
        if (AcceptHeader.names(ctx, EventStreams.TYPE)) {
            stream(ctx, filter, start(ctx, query));
        } else {
            Principal caller = Caller.of(ctx);
            int limit = query.number("limit").orElse(DEFAULT_LIMIT);
            long after = position(caller, AFTER, query.text(AFTER).orElse("0"));
            json.write(ctx, 200, EventView.EventList.of(events.after(caller, filter, after, limit)));
        }
    }

    private long start(Context ctx, QueryParameters query) {
        Principal caller = Caller.of(ctx);
        return Optional.ofNullable(ctx.req().getHeader(LAST_EVENT_ID))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .map(last -> position(caller, LAST_EVENT_ID, last))
                .orElseGet(() -> position(caller, AFTER, query.text(AFTER).orElse(NOW)));
    }

    private void stream(Context ctx, Events.Filter filter, long after) throws IOException {
        Principal caller = Caller.of(ctx);
        // Before the response begins: what is wrong with the request is an error, not a stream.
        Events.Page first = events.after(caller, filter, after, STREAM_PAGE);
        streams.respond(ctx, "poll instead", out -> follow(ctx, filter, first, new EventStreamWriter(out, json)));
    }

    private void follow(Context ctx, Events.Filter filter, Events.Page first, EventStreamWriter out)
            throws IOException {
        Principal caller = Caller.of(ctx);
        CredentialCheck credential = CredentialCheck.of(ctx.req());
        Events.Page page = first;
        out.begin(page);
        long quiet = 0;
        while (true) {
            if (page.events().isEmpty()) {
                quiet += streams.interval().toMillis();
            } else {
                out.write(page.events());
                quiet = 0;
            }
            if (quiet >= EventStreams.HEARTBEAT.toMillis()) {
                out.heartbeat(page.position());
                quiet = 0;
            }
            if (streams.isClosing() || (!page.more() && streams.awaitEnd())) {
                return;
            }
            try {
                credential.check();
            } catch (CredentialEnded ended) {
                return;
            }
            page = events.after(caller, filter, page.position(), STREAM_PAGE);
        }
    }

    /** @param field where the position is from */
    private long position(Principal caller, String field, String text) {
        if (text.equals(NOW)) {
            return events.last(caller);
        }
        try {
            long id = Long.parseLong(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Like a negative number.
        }
        throw InvalidInput.ofField(field, field + " must be the id of an event, or now");
    }

    private static Optional<KeyPrefix> prefix(QueryParameters query) {
        return query.text("prefix").map(KeyPrefix::new);
    }

    private static Set<EventType> types(String names) {
        return Stream.of(names.split(",", -1))
                .map(name -> EventType.named(name.strip())
                        .orElseThrow(() -> InvalidInput.ofField(
                                "types",
                                "There is no type '" + name.strip() + "'; the types of events are "
                                        + Stream.of(EventType.values())
                                                .map(EventType::id)
                                                .collect(Collectors.joining(", ")))))
                .collect(Collectors.toSet());
    }
}
