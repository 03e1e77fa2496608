package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs jobs: copies files, moves the copies, and deletes them. Each item has one result. Items that were taken over from a node are
 * stored again under the key from which they were moved or deleted, and must stay.
 */
final class Jobs implements Client {

    static final String PROJECT = "jobs";
    /** The prefix of the keys of all copies. */
    static final String RESULTS = "processed/" + PROJECT + "/";

    private static final String SOURCE = "raw/" + PROJECT + "/";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final int items;
    private final Acknowledged files;
    private final Balancer balancer;
    private final Duration pause;
    private final Map<String, String> sources = new TreeMap<>();
    private int rounds;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();
    private volatile boolean atWork;
    private volatile long longestPause;

    /**
     * @param items how many items each job has
     * @param pause after three jobs
     */
    Jobs(int items, Acknowledged files, Balancer balancer, Duration pause) {
        this.items = items;
        this.files = files;
        this.balancer = balancer;
        this.pause = pause;
    }

    /** Stores the files through all nodes. */
    void fill(List<Node> nodes) throws InterruptedException {
        List<CompletableFuture<Void>> filling = IntStream.range(0, nodes.size())
                .mapToObj(first ->
                        CompletableFuture.runAsync(() -> fill(nodes.get(first).api(), first, nodes.size())))
                .toList();
        filling.forEach(CompletableFuture::join);
        sources.putAll(list(SOURCE));
        assertThat(sources).hasSize(items);
    }

    private void fill(Api api, int first, int step) {
        for (int i = first; i < items; i += step) {
            api.store(SOURCE + "f" + i, Acknowledged.bytes(10 + i % 50));
        }
    }

    @Override
    public void step() throws InterruptedException {
        String copies = RESULTS + "copy" + rounds + "/";
        String moved = RESULTS + "moved" + rounds + "/";
        rounds++;
        run("copy", SOURCE, copies);
        assertThat(list(copies)).isEqualTo(sources);
        List<String> stay = run("move", copies, moved);
        assertThat(list(copies).keySet()).isEqualTo(Set.copyOf(stay));
        assertThat(list(moved)).isEqualTo(sources);
        stay = run("delete", moved, "");
        assertThat(list(moved).keySet()).isEqualTo(Set.copyOf(stay));
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }

    /** Checks that nothing has changed since the jobs ended. */
    void check() throws InterruptedException {
        assertThat(list(SOURCE)).isEqualTo(sources);
        assertThat(list(RESULTS).keySet()).allMatch(name -> files.has(RESULTS + name));
    }

    /** The number of jobs that have ended. */
    int ended() {
        return ended.get();
    }

    /** The number of files that were stored again. */
    int restored() {
        return restored.get();
    }

    /** The longest time without progress of the job that ended last. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause);
    }

    /** Whether a job has done a part of its items, and no more. */
    boolean isAtWork() {
        return atWork;
    }

    /** Runs a job to its end; returns the names under which files were stored again. */
    private List<String> run(String operation, String from, String to) throws InterruptedException {
        Map<String, ?> request = Map.of(
                "operation",
                operation,
                "source",
                Map.of("prefix", from),
                "target",
                to.isEmpty() ? Map.of() : Map.of("prefix", to));
        JobClient job = balancer.get(api -> JobClient.submit(api, request, operation + ":" + from + ":" + to));
        JsonNode end = await(job);
        assertThat(end.path("state").asText()).as(end.toString()).isEqualTo("succeeded");
        assertThat(end.at("/progress/total").asInt()).as(end.toString()).isEqualTo(items);
        assertThat(end.at("/progress/succeeded").asInt()).as(end.toString()).isEqualTo(items);
        List<JsonNode> results = balancer.get(job::items);
        assertThat(results)
                .hasSize(items)
                .allMatch(item -> item.path("state").asText().equals("succeeded"))
                .extracting(item -> item.path("key").asText())
                .doesNotHaveDuplicates();
        List<String> stored = operation.equals("copy") ? List.of() : storeAgain(results);
        ended.incrementAndGet();
        return stored.stream().map(key -> key.substring(from.length())).toList();
    }

    /** Stores files again like a user who has seen that the item is done. */
    private List<String> storeAgain(List<JsonNode> results) throws InterruptedException {
        List<String> keys = new ArrayList<>();
        for (JsonNode item : results) {
            if (item.path("attempts").asInt() > 1) {
                String key = item.path("key").asText();
                Reply unused = balancer.get(api -> api.store(key, Acknowledged.bytes(100)));
                files.add(key, 100);
                keys.add(key);
            }
        }
        restored.addAndGet(keys.size());
        return keys;
    }

    private JsonNode await(JobClient job) throws InterruptedException {
        long began = System.nanoTime();
        long changed = began;
        long pause = 0;
        int done = 0;
        JsonNode now = balancer.get(job::get);
        while (!now.hasNonNull("finished_at")) {
            assertThat(System.nanoTime() - began).as(now.toString()).isLessThan(LIMIT.toNanos());
            TimeUnit.MILLISECONDS.sleep(50);
            now = balancer.get(job::get);
            int succeeded = now.at("/progress/succeeded").asInt();
            if (succeeded != done) {
                pause = Math.max(pause, System.nanoTime() - changed);
                changed = System.nanoTime();
                done = succeeded;
            }
            atWork = done > 0 && done < items * 2 / 3;
        }
        atWork = false;
        longestPause = Math.max(pause, System.nanoTime() - changed);
        return now;
    }

    /** The files under a prefix: names with sizes and ETags. */
    private Map<String, String> list(String prefix) throws InterruptedException {
        Map<String, String> names = new TreeMap<>();
        String token = "";
        do {
            String path = Paths.LIST + "?prefix=" + Api.query(prefix) + token;
            JsonNode page = balancer.get(api -> api.get(path).expect(200)).json();
            page.path("files")
                    .forEach(file -> names.put(
                            file.path("key").asText().substring(prefix.length()),
                            file.path("size").asText() + " " + file.path("etag").asText()));
            token = page.path("is_truncated").asBoolean()
                    ? "&continuation_token="
                            + Api.query(page.path("next_continuation_token").asText())
                    : "";
        } while (!token.isEmpty());
        return names;
    }
}
