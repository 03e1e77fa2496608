package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.link.Links;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.OwnerLimits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The job limits of one caller: two unfinished jobs with five files in total, two Idempotency-Keys and one event stream. */
@Timeout(30)
class JobLimitsTest {

    private static final String API = "/api/v1/jobs";

    private static final Limits LIMITS = new Limits(
            0,
            0,
            0,
            TransferLimit.NONE,
            0,
            Duration.ofSeconds(10),
            ConnectionLimit.NONE,
            new OwnerLimits(1, 2, 2, new JobLimits(2, 2, 5), Links.Limits.DEFAULT, 1));

    private final InMemoryJobs jobs = new InMemoryJobs();
    private final RunningService service = RunningService.over(new InMemoryStorage(), jobs, LIMITS);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void submission_besideAsManyOpenJobsAsThereMayBe_is429_untilOneIsCancelled() {
        String first = submitted(1);
        String second = submitted(1);
        post(API + "/" + second + "/pause");

        assertRefused(submit(1), "You have 2 unfinished jobs", "cancel", "\"max_open_jobs\":2");
        assertThat(post(API + "/" + first + "/cancel").statusCode()).isEqualTo(200);
        assertThat(submit(1).statusCode()).isEqualTo(202);
    }

    @Test
    void retry_besideAsManyOpenJobsAsThereMayBe_is429_untilOneEnds() {
        String failed = submitted(1);
        work(failed, ItemState.FAILED);
        String second = submitted(1);
        submitted(1);

        assertRefused(post(API + "/" + failed + "/retry"), "2 unfinished jobs", "cancel", "\"max_open_jobs\":2");
        work(second, ItemState.SUCCEEDED);
        assertThat(post(API + "/" + failed + "/retry").statusCode()).isEqualTo(200);
    }

    @Test
    void submission_ofMoreFilesThanOpenJobsMayHave_is429_untilThereIsRoom() {
        String first = submitted(3);

        assertRefused(submit(3), "may have 5 files together", "cancel", "\"max_open_job_items\":5");
        work(first, ItemState.SUCCEEDED);
        assertThat(submit(3).statusCode()).isEqualTo(202);
    }

    @Test
    void submission_withMoreIdempotencyKeysThanAreKept_is429_untilAJobIsDeleted() {
        String first = id(submit(1, "k1"));
        work(first, ItemState.SUCCEEDED);
        String second = id(submit(1, "k2"));

        assertRefused(submit(1, "k3"), "Idempotency-Keys of 2 of your jobs", "delete", "\"max_idempotency_keys\":2");
        assertThat(id(submit(1, "k2"))).isEqualTo(second);
        work(submitted(1), ItemState.SUCCEEDED);
        assertThat(service.send("DELETE", API + "/" + first).statusCode()).isEqualTo(204);
        assertThat(submit(1, "k3").statusCode()).isEqualTo(202);
    }

    @Test
    void eventStream_besideAsManyAsThereMayBe_is429_untilOneEnds() throws Exception {
        String events = API + "/" + submitted(1) + "/events";
        HttpResponse<InputStream> stream = open(events);
        assertThat(stream.statusCode()).isEqualTo(200);

        assertRefused(service.get(events), "Too many event streams are open", "close some");
        assertThat(post(events.replace("/events", "/cancel")).statusCode()).isEqualTo(200);
        try (InputStream rest = stream.body()) {
            assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8)).contains("cancelled");
        }
        assertThat(service.get(events).statusCode()).isEqualTo(200);
    }

    private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(service.request(path).build(), BodyHandlers.ofInputStream());
    }

    private static void assertRefused(HttpResponse<byte[]> refused, String... message) {
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(RunningService.text(refused))
                .contains("\"error\":\"TooManyRequests\"")
                .contains(message);
    }

    private String submitted(int files) {
        return id(submit(files));
    }

    private HttpResponse<byte[]> submit(int files) {
        return service.postJson(API, deletion(files));
    }

    private HttpResponse<byte[]> submit(int files, String key) {
        HttpRequest.Builder request = service.request(API)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(deletion(files)));
        return service.send(request);
    }

    private static String deletion(int files) {
        return IntStream.range(0, files)
                .mapToObj(i -> "\"raw/p/" + i + "\"")
                .collect(Collectors.joining(",", "{\"operation\":\"delete\",\"source\":{\"keys\":[", "]}}"));
    }

    private HttpResponse<byte[]> post(String path) {
        return service.send("POST", path);
    }

    /** Ends a job by recording a result for all its items. */
    private void work(String id, ItemState state) {
        Claim claim =
                jobs.claim(new JobId(id), 10, RunningService.CLOCK.instant()).orElseThrow();
        List<ItemResult> results = claim.items().stream()
                .map(item -> new ItemResult(
                        item.number(), 1, state, 0, Optional.empty(), Optional.empty(), RunningService.CLOCK.instant()))
                .toList();
        jobs.record(claim, results, RunningService.CLOCK.instant());
    }

    private static String id(HttpResponse<byte[]> submitted) {
        assertThat(submitted.statusCode()).isEqualTo(202);
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(RunningService.text(submitted));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }
}
