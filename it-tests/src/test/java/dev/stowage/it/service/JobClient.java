package dev.stowage.it.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A batch job from a client's view. */
public final class JobClient {

    private final String id;

    private JobClient(String id) {
        this.id = id;
    }

    /** A job that was submitted before. */
    public static JobClient of(String id) {
        return new JobClient(id);
    }

    /** Submits a job, and checks that it is accepted. */
    public static JobClient submit(Api api, String operation, Map<String, ?> source, Map<String, ?> target) {
        return submit(api, Map.of("operation", operation, "source", source, "target", target));
    }

    /** Submits a job with all parameters. */
    public static JobClient submit(Api api, Map<String, ?> request) {
        Reply submitted = api.post(Paths.JOBS, request).expect(202);
        return new JobClient(submitted.json().path("id").asText());
    }

    /** Submits a job with a key, so that it can be submitted again if the response is lost. */
    public static JobClient submit(Api api, Map<String, ?> request, String idempotencyKey) {
        Reply submitted =
                api.post(Paths.JOBS, request, "Idempotency-Key", idempotencyKey).expect(202, 200);
        return new JobClient(submitted.json().path("id").asText());
    }

    public String id() {
        return id;
    }

    /** The current state of the job. */
    public JsonNode get(Api api) {
        return api.get(path("")).expect(200).json();
    }

    /** The state of the job after its end. */
    public JsonNode await(Api api, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode job = get(api);
        while (job.path("finished_at").isNull()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not finished in " + limit + ": " + job);
            }
            TimeUnit.MILLISECONDS.sleep(50);
            job = get(api);
        }
        return job;
    }

    /** Cancels, pauses, resumes or retries it. */
    public Reply act(Api api, String action) {
        return api.post(path("/" + action), "");
    }

    /** All of its items, from its report. */
    public List<JsonNode> items(Api api) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    api.get(path("/items?limit=1000" + cursor)).expect(200).json();
            page.path("items").forEach(items::add);
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return items;
    }

    /** A path below the job's. */
    public String path(String rest) {
        return Paths.JOBS + "/" + id + rest;
    }
}
