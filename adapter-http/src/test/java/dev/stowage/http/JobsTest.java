package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {

    private static final String API = "/api/v1/jobs";
    private static final String DELETE = "{\"operation\":\"delete\",\"source\":{\"keys\":[\"raw/p/a\",\"raw/p/b\"]}}";
    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");

    private final InMemoryJobs jobs = new InMemoryJobs();
    private final RunningService service = RunningService.over(new InMemoryStorage(), jobs);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void submit_isAccepted_andTellsWhereTheJobIs() {
        HttpResponse<byte[]> submitted = service.postJson(
                API,
                "{\"operation\":\"copy\",\"source\":{\"prefix\":\"raw/p/\"},\"target\":{\"prefix\":\"processed/p/\"},"
                        + "\"options\":{\"priority\":3,\"on_error\":\"stop\",\"failure_threshold\":7}}");

        assertThat(submitted.statusCode()).isEqualTo(202);
        String id = field(submitted, "id");
        assertThat(submitted.headers().firstValue("Location")).hasValue(API + "/" + id);
        assertThat(RunningService.text(submitted))
                .isEqualTo(
                        "{\"id\":\"" + id + "\",\"operation\":\"copy\",\"state\":\"queued\","
                                + "\"source\":{\"prefix\":\"raw/p/\"},"
                                + "\"target\":{\"prefix\":\"processed/p/\",\"strip_prefix\":\"raw/p/\"},"
                                + "\"options\":{\"dry_run\":false,\"on_error\":\"stop\",\"max_attempts\":5,\"concurrency\":8,"
                                + "\"priority\":3,\"failure_threshold\":7},"
                                + "\"created_at\":\"2025-11-30T12:00:00Z\",\"started_at\":null,\"finished_at\":null,"
                                + "\"progress\":{\"total\":0,\"total_final\":false,\"succeeded\":0,\"failed\":0,\"skipped\":0,"
                                + "\"unaddressable\":0,\"bytes\":0,\"items_per_second\":0.0,\"eta_seconds\":null},\"error\":null}");
        assertThat(RunningService.text(service.get(API + "/" + id))).isEqualTo(RunningService.text(submitted));
    }

    @Test
    void submit_withAFilter_returnsIt() {
        String filter = "{\"older_than\":86400,\"newer_than\":864000,\"larger_than\":0,\"smaller_than\":10000000000,"
                + "\"name\":\"*.csv\",\"content_type\":\"text/*\",\"metadata\":{\"owner\":\"Ada\"}}";
        HttpResponse<byte[]> submitted = service.postJson(
                API, "{\"operation\":\"verify\",\"source\":{\"prefix\":\"raw/p/\",\"filter\":" + filter + "}}");

        assertThat(submitted.statusCode()).isEqualTo(202);
        assertThat(RunningService.text(submitted))
                .contains("\"source\":{\"prefix\":\"raw/p/\",\"filter\":" + filter + "}");
    }

    @Test
    void submit_ofAnImport_returnsItsSource_andWhetherItOverwrites() {
        String source = "\"source\":{\"from\":\"old\",\"prefix\":\"photos/\"}";

        HttpResponse<byte[]> kept =
                service.postJson(API, "{\"operation\":\"import\"," + source + ",\"target\":{\"prefix\":\"raw/p/\"}}");
        HttpResponse<byte[]> replaced = service.postJson(
                API,
                "{\"operation\":\"import\",\"source\":{\"from\":\"old\",\"keys\":[\"raw/p/a\"]},\"target\":{\"overwrite\":true}}");

        assertThat(kept.statusCode()).isEqualTo(202);
        assertThat(RunningService.text(kept))
                .contains(source
                        + ",\"target\":{\"prefix\":\"raw/p/\",\"strip_prefix\":\"photos/\",\"overwrite\":false}");
        assertThat(replaced.statusCode()).isEqualTo(202);
        assertThat(RunningService.text(replaced)).contains("\"target\":{\"overwrite\":true}");
        assertThat(RunningService.text(service.get(API + "/" + field(replaced, "id"))))
                .isEqualTo(RunningService.text(replaced));
    }

    @Test
    void submit_againWithTheSameKey_givesTheSameJob_andAnotherBody422() {
        String first = field(submit(DELETE, "k1"), "id");

        assertThat(field(submit(DELETE, "k1"), "id")).isEqualTo(first);
        assertThat(field(submit(DELETE, "k2"), "id")).isNotEqualTo(first);
        HttpResponse<byte[]> other = submit(DELETE.replace("raw/p/b", "raw/p/c"), "k1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(RunningService.text(other)).contains("\"error\":\"IdempotencyKeyReused\"");
        assertThat(submit(DELETE, "with space").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                | operation
                    {"operation":"delete"}                                                            | source
                    {"operation":"delete","source":{}}                                                | source
                    {"operation":"delete","source":{"keys":["raw/p/a"],"prefix":"raw/"}}              | source
                    {"operation":"delete","source":{"keys":[]}}                                       | source.keys
                    {"operation":"delete","source":{"keys":["a",null]}}                               | source.keys[1]
                    {"operation":"shred","source":{"prefix":"raw/"}}                                  | operation
                    {"operation":"delete","source":{"prefix":"raw/"},"options":{"concurrency":0}}     | options.concurrency
                    {"operation":"delete","source":{"prefix":"raw/"},"options":{"priority":"high"}}   | options.priority
                    {"operation":"delete","source":{"prefix":"raw/"},"options":{"on_error":"panic"}}  | options.on_error
                    {"operation":"delete","source":{"prefix":"raw/"},"option":{}}                     | option
                    {"operation":"copy","source":{"prefix":"raw/p/"}}                                 | target.prefix
                    {"operation":"delete","source":{"prefix":"raw/","filter":{}}}                     | source.filter
                    {"operation":"import","source":{"prefix":"raw/p/"}}                               | source.from
                    {"operation":"import","source":{"from":"none","prefix":"raw/p/"}}                 | source.from
                    {"operation":"import","source":{"from":"Old!","prefix":"raw/p/"}}                 | source.from
                    {"operation":"verify","source":{"from":"old","prefix":"raw/p/"}}                  | source.from
                    {"operation":"copy","source":{"prefix":"raw/p/"},"target":{"overwrite":true}}     | source.from
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"older":1}}}            | source.filter.older
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"older_than":"1d"}}}    | source.filter.older_than
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"older_than":0}}}       | source.filter.older_than
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"older_than":99999999999999999999}}} | source.filter.older_than
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"content_type":""}}}    | source.filter.content_type
                    {"operation":"delete","source":{"prefix":"raw/","filter":{"name":"a/*"}}}         | source.filter.name
                    {"operation":"copy","source":{"manifest":"raw/p/x"},"target":{"prefix":"raw/q/"}} | source.manifest
                    """)
    void submit_ofNonsense_namesTheField(String body, String field) {
        HttpResponse<byte[]> refused = service.postJson(API, body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(refused)).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void submit_ofABadKey_saysWhatIsWrongWithIt() {
        HttpResponse<byte[]> refused =
                service.postJson(API, "{\"operation\":\"delete\",\"source\":{\"keys\":[\"raw/../a\"]}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(refused)).contains("\"InvalidKey\"", "dot_segment");
    }

    @Test
    void jobThatIsNotThere_isA404_everywhere() {
        for (String path : List.of("", "/items", "/report", "/events")) {
            HttpResponse<byte[]> missing = service.get(API + "/none" + path);
            assertThat(missing.statusCode()).as(path).isEqualTo(404);
            assertThat(RunningService.text(missing)).contains("\"error\":\"JobNotFound\"");
        }
        for (String action : List.of("cancel", "pause", "resume", "retry")) {
            assertThat(service.send("POST", API + "/none/" + action).statusCode())
                    .isEqualTo(404);
        }
        assertThat(service.send("DELETE", API + "/none").statusCode()).isEqualTo(404);
        assertThat(service.get(API + "/a%20b").statusCode()).isEqualTo(404);
    }

    @Test
    void list_isPaged_andFiltered() {
        String first = field(submit(DELETE, "1"), "id");
        String second = field(submit(DELETE, "2"), "id");

        HttpResponse<byte[]> page = service.get(API + "?limit=1");
        assertThat(RunningService.text(page)).contains(second).doesNotContain(first);
        String cursor = field(page, "next_cursor");
        assertThat(RunningService.text(service.get(API + "?limit=1&cursor=" + cursor)))
                .contains(first)
                .contains("\"next_cursor\":null");
        assertThat(RunningService.text(service.get(API + "?state=running"))).startsWith("{\"jobs\":[],");
        assertThat(RunningService.text(service.get(API + "?operation=delete&state=queued")))
                .contains(first, second);
        assertThat(service.get(API + "?state=busy").statusCode()).isEqualTo(400);
        assertThat(service.get(API + "?limit=0").statusCode()).isEqualTo(400);
        assertThat(service.get(API + "?cursor=x").statusCode()).isEqualTo(400);
    }

    @Test
    void items_andReports_tellEach() {
        String id = field(submit(DELETE.replace("raw/p/b", "raw/p/\\\"b\\\",c"), "1"), "id");
        finish(id, ItemState.SUCCEEDED, ItemState.FAILED);

        assertThat(RunningService.text(service.get(API + "/" + id + "/items?state=failed")))
                .isEqualTo("{\"items\":[{\"key\":\"raw/p/\\\"b\\\",c\",\"state\":\"failed\",\"attempts\":1,"
                        + "\"error\":\"FileNotFound\",\"message\":\"No file\"}],\"next_cursor\":null}");
        String paged = RunningService.text(service.get(API + "/" + id + "/items?limit=1"));
        assertThat(paged).contains("\"key\":\"raw/p/a\"", "\"next_cursor\":\"1\"");
        HttpResponse<byte[]> csv = service.get(API + "/" + id + "/report?format=csv");
        assertThat(RunningService.text(csv))
                .isEqualTo(String.join(
                        "\r\n",
                        "key,state,attempts,error,message",
                        "raw/p/a,succeeded,1,,",
                        "\"raw/p/\"\"b\"\",c\",failed,1,FileNotFound,No file",
                        ""));
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"job-" + id + ".csv\"");
        assertThat(RunningService.text(service.get(API + "/" + id + "/report")).lines())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "{\"key\":\"raw/p/a\",\"state\":\"succeeded\",\"attempts\":1,\"error\":null,\"message\":null}");
        assertThat(service.get(API + "/" + id + "/report?format=xml").statusCode())
                .isEqualTo(400);
        assertThat(service.get(API + "/" + id + "/items?state=lost").statusCode())
                .isEqualTo(400);
        assertThat(service.send("HEAD", API + "/" + id + "/report").statusCode())
                .isEqualTo(200);
    }

    @Test
    void list_ofAnOperationOrStateThatDoesNotExist_isABadRequest() {
        for (String query : List.of("operation=shred", "operation=%00", "state=lost")) {
            assertThat(service.get(API + "?" + query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(service.get(API + "?operation=copy").statusCode()).isEqualTo(200);
    }

    @Test
    void pauseResumeCancel_changeTheState_andSayWhenTheyCannot() {
        String id = field(submit(DELETE, "1"), "id");

        assertThat(field(act(id, "pause", 200), "state")).isEqualTo("paused");
        assertThat(field(act(id, "pause", 200), "state")).isEqualTo("paused");
        assertThat(field(act(id, "resume", 200), "state")).isEqualTo("queued");
        assertThat(field(act(id, "resume", 200), "state")).isEqualTo("queued");
        act(id, "retry", 409);
        assertThat(service.send("DELETE", API + "/" + id).statusCode()).isEqualTo(409);
        assertThat(field(act(id, "cancel", 200), "state")).isEqualTo("cancelled");
        assertThat(field(act(id, "cancel", 200), "state")).isEqualTo("cancelled");
        act(id, "pause", 409);
        act(id, "resume", 409);
        assertThat(service.send("DELETE", API + "/" + id).statusCode()).isEqualTo(204);
        assertThat(service.get(API + "/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void retry_makesFailedItemsPendingAgain() {
        String id = field(submit(DELETE, "1"), "id");
        finish(id, ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(field(service.get(API + "/" + id), "state")).isEqualTo("partially_failed");

        assertThat(field(act(id, "retry", 200), "state")).isEqualTo("queued");

        assertThat(RunningService.text(service.get(API + "/" + id + "/items?state=pending")))
                .contains("raw/p/b")
                .doesNotContain("raw/p/a");
    }

    @Test
    void events_followTheJobToItsEnd() throws Exception {
        String id = field(submit(DELETE, "1"), "id");
        CompletableFuture<HttpResponse<byte[]>> following =
                CompletableFuture.supplyAsync(() -> service.get(API + "/" + id + "/events"));
        Claim claim = jobs.claim(new JobId(id), 2, NOW).orElseThrow();
        jobs.record(claim, List.of(result(1, ItemState.SUCCEEDED), result(2, ItemState.SUCCEEDED)), NOW);

        HttpResponse<byte[]> events = following.get(20, TimeUnit.SECONDS);

        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        String text = new String(events.body(), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("event: progress\ndata: {\"total\":2,")
                .contains("event: state\ndata: {\"id\":\"" + id + "\",\"state\":\"succeeded\",\"error\":null}\n\n");
        Matcher ids = Pattern.compile("id: (\\d+)\n").matcher(text);
        String last = "";
        while (ids.find()) {
            last = ids.group(1);
        }
        assertThat(service.send(service.request(API + "/" + id + "/events").header("Last-Event-ID", last))
                        .statusCode())
                .isEqualTo(204);
        assertThat(RunningService.text(
                        service.send(service.request(API + "/" + id + "/events").header("Last-Event-ID", "0"))))
                .contains("\"state\":\"succeeded\"");
    }

    @Test
    void events_afterAnIdThatIsNone_areAnErrorThatNamesTheHeader() throws Exception {
        String id = field(submit(DELETE, "1"), "id");

        HttpResponse<byte[]> answer =
                service.send(service.request(API + "/" + id + "/events").header("Last-Event-ID", "x"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(answer)).contains("\"field\":\"Last-Event-ID\"");
    }

    @Test
    void events_ofAJobDeletedMeanwhile_end() throws Exception {
        String id = field(submit(DELETE, "1"), "id");
        BatchJob job = jobs.find(new JobId(id)).orElseThrow().job();
        CompletableFuture<HttpResponse<byte[]>> following =
                CompletableFuture.supplyAsync(() -> service.get(API + "/" + id + "/events"));
        assertThat(jobs.change(job, job.to(JobState.CANCELLED, NOW))).isTrue();
        jobs.remove(job.id());

        assertThat(following.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 404);
    }

    private HttpResponse<byte[]> submit(String body, String idempotencyKey) {
        return service.send(service.request(API)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> act(String id, String action, int status) {
        HttpResponse<byte[]> answer = service.send("POST", API + "/" + id + "/" + action);
        assertThat(answer.statusCode()).as(action).isEqualTo(status);
        return answer;
    }

    private void finish(String id, ItemState first, ItemState second) {
        Claim claim = jobs.claim(new JobId(id), 2, NOW).orElseThrow();
        jobs.record(claim, List.of(result(1, first), result(2, second)), NOW);
        jobs.giveBack(claim, false, NOW);
    }

    private static ItemResult result(long number, ItemState state) {
        boolean failed = state == ItemState.FAILED;
        return new ItemResult(
                number,
                1,
                state,
                0,
                failed ? Optional.of("FileNotFound") : Optional.empty(),
                failed ? Optional.of("No file") : Optional.empty(),
                NOW);
    }

    private static String field(HttpResponse<byte[]> answer, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(RunningService.text(answer));
        assertThat(field.find()).as(RunningService.text(answer)).isTrue();
        return field.group(1);
    }
}
