package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.WebhookReceiver;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points while clients change files: each of three webhooks gets every acknowledged change, in the order of its
 * file, and none that has not been made. One receiver fails half the time, one is slow, one is away for a third of the rounds. Each file has
 * one client, so its history is known: whether a change without a response was made is looked up after the crash.
 */
@Tag("heavy")
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY, StandKind.POSTGRES})
class WebhookCrashIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 2);
    private static final Map<String, String> SETTINGS =
            Map.of("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1", "SWEEP_INTERVAL", "1s");
    private static final int CLIENTS = 4;
    private static final int KEYS_OF_EACH = 3;
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final Duration DELIVERED = Duration.ofMinutes(4).plusSeconds(10L * ROUNDS);
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Less than the time that is left of a claim while its attempt may still be running. */
    private static final Duration RUNNING = Duration.ofSeconds(30);

    private static final Duration LONGEST_CLAIM = Duration.ofSeconds(62);
    private static final String DELETED = "deleted";

    private final AtomicBoolean away = new AtomicBoolean();
    private final List<WebhookReceiver> receivers = List.of(
            new WebhookReceiver(event -> {
                noteIfPremature(event);
                return ThreadLocalRandom.current().nextBoolean() ? 204 : 503;
            }),
            new WebhookReceiver(WebhookCrashIT::slowly),
            new WebhookReceiver(() -> away.get() ? 0 : 200));

    /** What was made of each file, in this order. */
    private final Map<String, List<Change>> histories = new ConcurrentHashMap<>();

    /** What was asked for, whether it was made or not. */
    private final Map<String, List<String>> requests = new ConcurrentHashMap<>();

    /** Changes without a response, by file. */
    private final Map<String, String> unanswered = new ConcurrentHashMap<>();

    /** Events that arrived before their changes could be seen. */
    private final List<String> premature = new CopyOnWriteArrayList<>();

    private volatile Optional<Api> running = Optional.empty();
    private final AtomicInteger sizes = new AtomicInteger(1000);

    @TempDir
    Path folder;

    /**
     * A change of a file.
     *
     * @param state the size, which no other change has, or {@link #DELETED}
     */
    private record Change(String state, boolean isAcknowledged) {}

    private static int slowly() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
            return 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @AfterEach
    void close() {
        receivers.forEach(WebhookReceiver::close);
    }

    @Test
    void acknowledgedChanges_reachEveryReceiver_inOrder() throws Exception {
        Random random = new Random(42);
        List<String> webhooks = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            away.set(round >= ROUNDS / 3 && round < 2 * ROUNDS / 3);
            try (ServiceProcess service = stand.another(folder, SETTINGS, ServiceProcess.SHORT_LIVED)) {
                Api client = new Api(service.address());
                running = Optional.of(client);
                lookUpUnanswered(client);
                webhooks = webhooks.isEmpty() ? subscribe(client) : webhooks;
                changeUntilKilled(service, round, 300 + random.nextInt(1500));
            }
        }
        away.set(false);
        stand.leases(folder).expire(Set.of());
        try (RunningService service = stand.another(folder, SETTINGS)) {
            Api client = new Api(service.address());
            running = Optional.of(client);
            lookUpUnanswered(client);
            for (String webhook : webhooks) {
                awaitDelivery(client, webhook);
            }
            for (WebhookReceiver receiver : receivers) {
                check(client, receiver);
            }
        }
        assertThat(premature).isEmpty();
        Measured.report("%d changes of %d files in %d rounds on %s; %s events accepted by the receivers"
                .formatted(
                        count(),
                        histories.size(),
                        ROUNDS,
                        source.kind(),
                        receivers.stream()
                                .map(receiver -> receiver.accepted().size())
                                .toList()));
    }

    private List<String> subscribe(Api client) {
        List<String> ids = new ArrayList<>();
        for (WebhookReceiver receiver : receivers) {
            Map<String, Object> webhook = Map.of(
                    "url",
                    receiver.url(),
                    "events",
                    List.of("file.created", "file.updated", "file.deleted"),
                    "prefix",
                    key(""));
            ids.add(client.post(WEBHOOKS, webhook).expect(201).json().path("id").asText());
        }
        return ids;
    }

    private void changeUntilKilled(ServiceProcess service, int round, int millis) throws InterruptedException {
        int before = count();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            String name = "c" + i;
            Random random = new Random(31L * round + i);
            clients.execute(() -> changeFiles(new Api(service.address()), name, random));
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        for (int i = 0; i < 3000 && count() < before + CLIENTS; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        service.kill();
        clients.shutdown();
        assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private int count() {
        return histories.values().stream().mapToInt(List::size).sum();
    }

    private void changeFiles(Api client, String name, Random random) {
        try {
            while (true) {
                String key = key(name + "-" + random.nextInt(KEYS_OF_EACH));
                if (random.nextInt(4) == 0) {
                    delete(client, key);
                } else {
                    put(client, key);
                }
                // Slower than the slow receiver, so that its deliveries end some time.
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (UncheckedIOException killed) {
            // A change that was not acknowledged may have been made or not.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Api client, String key) {
        int size = sizes.incrementAndGet();
        request(key, Integer.toString(size));
        client.store(key, bytes(size)).expect(200, 201);
        made(key, new Change(Integer.toString(size), true));
    }

    private void delete(Api client, String key) {
        request(key, DELETED);
        Reply reply = client.delete(Paths.OBJECT + Api.encode(key)).expect(204, 404);
        if (reply.status() == 204) {
            made(key, new Change(DELETED, true));
        } else {
            unanswered.remove(key);
        }
    }

    private void request(String key, String state) {
        requests.computeIfAbsent(key, unused -> new CopyOnWriteArrayList<>()).add(state);
        unanswered.put(key, state);
    }

    private void made(String key, Change change) {
        histories.computeIfAbsent(key, unused -> new CopyOnWriteArrayList<>()).add(change);
        unanswered.remove(key);
    }

    private void lookUpUnanswered(Api client) {
        unanswered.forEach((key, state) -> {
            List<Change> history = histories.getOrDefault(key, List.of());
            String before = history.isEmpty()
                    ? DELETED
                    : history.get(history.size() - 1).state();
            if (state(client, key).equals(state) && !state.equals(before)) {
                made(key, new Change(state, false));
            }
        });
        unanswered.clear();
    }

    private static String state(Api client, String key) {
        Reply now = client.head(Paths.DOWNLOAD + Api.encode(key)).expect(200, 404);
        return now.status() == 404 ? DELETED : now.header("Content-Length");
    }

    /** Compares an event with its file, which may have been changed again since, but only by later requests. */
    private void noteIfPremature(JsonNode event) {
        String key = event.path("data").path("key").asText();
        try {
            String now = running.map(client -> state(client, key)).orElseThrow();
            List<String> asked = requests.getOrDefault(key, List.of());
            if (asked.lastIndexOf(now) < asked.indexOf(change(event))) {
                premature.add(event + " while the file was " + now);
            }
        } catch (UncheckedIOException killed) {
            // The file can't be looked up.
        }
    }

    /** Hurries pending deliveries, whose next attempt may be far away. */
    private static void awaitDelivery(Api client, String webhook) throws InterruptedException {
        long end = System.nanoTime() + DELIVERED.toNanos();
        int quiet = 0;
        while (quiet < 5) {
            List<JsonNode> deliveries = pending(client, webhook);
            quiet = deliveries.isEmpty() ? quiet + 1 : 0;
            for (JsonNode delivery : deliveries) {
                if (isWaiting(delivery)) {
                    client.post(
                                    WEBHOOKS + "/" + webhook + "/deliveries/"
                                            + delivery.path("number").asText() + "/redeliver",
                                    "")
                            .expect(200);
                }
            }
            assertThat(System.nanoTime())
                    .as("%s deliveries are pending", deliveries.size())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1000);
        }
        assertThat(client.get(WEBHOOKS + "/" + webhook + "/deliveries?state=dead")
                        .json()
                        .path("deliveries"))
                .isEmpty();
    }

    /** Returns all of them, the oldest last: of each file, only the oldest has a next attempt. */
    private static List<JsonNode> pending(Api client, String webhook) {
        String first = WEBHOOKS + "/" + webhook + "/deliveries?limit=1000&state=pending";
        List<JsonNode> pending = new ArrayList<>();
        for (String page = first; !page.isEmpty(); ) {
            JsonNode found = client.get(page).expect(200).json();
            found.path("deliveries").forEach(pending::add);
            String next = found.path("next_cursor").asText("");
            page = next.isEmpty() || next.equals("null") ? "" : first + "&cursor=" + next;
        }
        return pending;
    }

    /**
     * Whether it waits for its next attempt, and long enough not to be delivered before it is sent again: that would be out of order. An
     * attempt that is running has a time, too, up to a minute ahead.
     */
    private static boolean isWaiting(JsonNode delivery) {
        if (delivery.path("next_at").isNull()) {
            return false;
        }
        Duration left = Duration.between(
                Instant.now(), Instant.parse(delivery.path("next_at").asText()));
        return (left.compareTo(SOON) > 0 && left.compareTo(RUNNING) < 0) || left.compareTo(LONGEST_CLAIM) > 0;
    }

    private void check(Api client, WebhookReceiver receiver) {
        Map<String, List<JsonNode>> received = new HashMap<>();
        for (JsonNode event : receiver.accepted()) {
            received.computeIfAbsent(event.path("data").path("key").asText(), unused -> new ArrayList<>())
                    .add(event);
        }
        assertThat(histories.keySet()).as("changed files").containsAll(received.keySet());
        histories.forEach((key, history) -> {
            List<JsonNode> events = received.getOrDefault(key, List.of());
            assertThat(events)
                    .extracting(event -> event.path("id").asLong())
                    .as("order of %s", key)
                    .isSorted();
            List<String> told = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (JsonNode event : events) {
                if (ids.add(event.path("id").asText())) {
                    told.add(change(event));
                }
            }
            assertTells(key, told, history);
            assertThat(told.isEmpty() ? DELETED : told.get(told.size() - 1))
                    .as("the last event of %s", key)
                    .isEqualTo(state(client, key));
        });
    }

    private static String change(JsonNode event) {
        return event.path("type").asText().equals("file.deleted")
                ? DELETED
                : event.path("data").path("size").asText();
    }

    /** Events may be repeated. Of changes without a response, those that were changed again before the service saw them have no event. */
    private static void assertTells(String key, List<String> told, List<Change> history) {
        int next = 0;
        for (String state : told) {
            int found = next;
            while (found < history.size()
                    && !history.get(found).isAcknowledged()
                    && !history.get(found).state().equals(state)) {
                found++;
            }
            if (found < history.size() && history.get(found).state().equals(state)) {
                next = found + 1;
            } else {
                assertThat(next > 0 ? history.get(next - 1).state() : "nothing")
                        .as("change %d of %s, of %s, before %s in %s", next, key, history, state, told)
                        .isEqualTo(state);
            }
        }
        assertThat(history.subList(next, history.size()))
                .as("changes of %s, of %s, that are missing in %s", key, history, told)
                .noneMatch(Change::isAcknowledged);
    }
}
