package dev.stowage.http.jobs;

import dev.stowage.core.access.Principal;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobStatus;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.CredentialEnded;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.events.EventStreams;
import dev.stowage.http.exchange.CredentialCheck;
import dev.stowage.http.exchange.Json;
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
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A job's progress as server-sent events (WHATWG HTML, section 9.2). Each stream polls the job a few times a second, so the number of
 * streams is bounded.
 */
public final class JobEventsRoute implements RouteGroup, AutoCloseable {

    private static final String PATH = Routes.JOBS + "/{id}/events";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Jobs jobs;
    private final Json json;
    private final EventStreams streams;

    /**
     * @param places the slots of streams
     * @param interval between two polls of a job
     */
    public JobEventsRoute(Jobs jobs, OwnerSlots places, Duration interval, Json json) {
        this.jobs = jobs;
        this.streams = new EventStreams(places, interval);
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::events)
                .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.TOO_MANY_STREAMS));
    }

    /** Ends all streams within one poll interval; their clients reconnect with the id of the last event. Idempotent. */
    @Override
    public void close() {
        streams.close();
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "Follow a job by server-sent events",
            description =
                    "The events are progress and state, each with the values at that time; the stream ends with the job. A client that"
                            + " reconnects with Last-Event-ID gets the changes since then, or 204 if there will be none.",
            operationId = "followJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            headers =
                    @OpenApiParam(
                            name = LAST_EVENT_ID,
                            description = "The id of the last event received",
                            example = "42"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        from = String.class,
                                        mimeType = EventStreams.TYPE,
                                        example = JobDoc.EVENT)),
                @OpenApiResponse(
                        status = "204",
                        description = "The job has ended, and the client has received its last event"),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open event streams")
            })
    void events(Context ctx) throws IOException {
        JobStatus status = jobs.get(Caller.of(ctx), new JobId(ctx.pathParam("id")));
        OptionalLong seen = lastEventId(ctx);
        if (status.job().state().isFinished() && seen.orElse(-1) == status.revision()) {
            ctx.status(204);
            return;
        }
        streams.respond(ctx, "poll the job instead", out -> follow(ctx, status, seen, new EventWriter(out, json)));
    }

    private void follow(Context ctx, JobStatus first, OptionalLong seen, EventWriter events) throws IOException {
        Principal caller = Caller.of(ctx);
        CredentialCheck credential = CredentialCheck.of(ctx.req());
        JobStatus status = first;
        if (status.revision() != seen.orElse(-1)) {
            events.write(status);
        }
        long quiet = 0;
        while (!status.job().state().isFinished() && !streams.awaitEnd()) {
            long before = status.revision();
            try {
                credential.check();
                status = jobs.get(caller, status.job().id());
            } catch (NotFound | CredentialEnded gone) {
                return;
            }
            quiet += streams.interval().toMillis();
            if (status.revision() != before) {
                events.write(status);
                quiet = 0;
            } else if (quiet >= EventStreams.HEARTBEAT.toMillis()) {
                events.heartbeat();
                quiet = 0;
            }
        }
    }

    private static OptionalLong lastEventId(Context ctx) {
        String id = Objects.requireNonNullElse(ctx.req().getHeader(LAST_EVENT_ID), "")
                .strip();
        try {
            return id.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(id));
        } catch (NumberFormatException e) {
            throw InvalidInput.ofField(
                    LAST_EVENT_ID,
                    LAST_EVENT_ID + " must be the id of an event of this job; without it, the stream begins with the"
                            + " current state");
        }
    }
}
