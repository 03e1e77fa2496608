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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * file, and none that has not been made. One receiver fails half the time, one is slow, one is away for a third of the rounds.
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
    private static final Duration DELIVERED = Duration.ofMinutes(4);

    private final AtomicBoolean away = new AtomicBoolean();
    private final List<WebhookReceiver> receivers = List.of(
            new WebhookReceiver(() -> ThreadLocalRandom.current().nextBoolean() ? 204 : 503),
            new WebhookReceiver(WebhookCrashIT::slowly),
            new WebhookReceiver(() -> away.get() ? 0 : 200));

    /** By file. Each file has one client. */
    private final Map<String, List<String>> acknowledged = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> attempted = new ConcurrentHashMap<>();
    private final AtomicInteger sizes = new AtomicInteger(1000);

    @TempDir
    Path folder;

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
                webhooks = webhooks.isEmpty() ? subscribe(new Api(service.address())) : webhooks;
                changeUntilKilled(service, round, 300 + random.nextInt(1500));
            }
        }
        away.set(false);
        stand.leases(folder).expire(Set.of());
        try (RunningService service = stand.another(folder, SETTINGS)) {
            Api client = new Api(service.address());
            for (String webhook : webhooks) {
                awaitDelivery(client, webhook);
            }
            for (WebhookReceiver receiver : receivers) {
                check(client, receiver);
            }
        }
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
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }

    private void changeFiles(Api client, String name, Random random) {
        try {
            while (true) {
                String key = key(name + "-" + random.nextInt(KEYS_OF_EACH));
                List<String> done = acknowledged.computeIfAbsent(key, unused -> new ArrayList<>());
                if (random.nextInt(4) == 0) {
                    Reply reply = client.delete(Paths.OBJECT + Api.encode(key)).expect(204, 404);
                    if (reply.status() == 204) {
                        done.add("deleted");
                    }
                } else {
                    put(client, key, done);
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

    private void put(Api client, String key, List<String> done) {
        int size = sizes.incrementAndGet();
        attempted.computeIfAbsent(key, unused -> ConcurrentHashMap.newKeySet()).add(Integer.toString(size));
        client.store(key, bytes(size)).expect(200, 201);
        done.add(Integer.toString(size));
    }

    /** Hurries pending deliveries, whose next attempt may be far away. */
    private static void awaitDelivery(Api client, String webhook) throws InterruptedException {
        long end = System.nanoTime() + DELIVERED.toNanos();
        String pending = WEBHOOKS + "/" + webhook + "/deliveries?limit=1000&state=pending";
        int quiet = 0;
        while (quiet < 5) {
            JsonNode deliveries = client.get(pending).expect(200).json().path("deliveries");
            quiet = deliveries.isEmpty() ? quiet + 1 : 0;
            for (JsonNode delivery : deliveries) {
                if (!delivery.path("next_at").isNull()
                        && delivery.path("attempts").asInt() > 0) {
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

    private void check(Api client, WebhookReceiver receiver) {
        Map<String, List<JsonNode>> received = new HashMap<>();
        for (JsonNode event : receiver.accepted()) {
            received.computeIfAbsent(event.path("data").path("key").asText(), unused -> new ArrayList<>())
                    .add(event);
        }
        acknowledged.forEach((key, changes) -> {
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
            assertThat(told.stream().filter(change -> !change.equals("deleted")))
                    .as("changes of %s that were told but not made", key)
                    .isSubsetOf(attempted.getOrDefault(key, Set.of()));
            assertContains(key, told, changes);
            assertLast(client, key, told);
        });
    }

    private static String change(JsonNode event) {
        return event.path("type").asText().equals("file.deleted")
                ? "deleted"
                : event.path("data").path("size").asText();
    }

    /** Others may be in between: those that were made but not acknowledged, and repetitions. */
    private static void assertContains(String key, List<String> told, List<String> changes) {
        Iterator<String> position = told.iterator();
        for (int i = 0; i < changes.size(); i++) {
            boolean found = false;
            while (!found && position.hasNext()) {
                found = position.next().equals(changes.get(i));
            }
            assertThat(found)
                    .as("change %d of %s, of %s, is in order in %s", i, key, changes, told)
                    .isTrue();
        }
    }

    private static void assertLast(Api client, String key, List<String> told) {
        Reply now = client.head(Paths.DOWNLOAD + Api.encode(key));
        String last = told.isEmpty() ? "deleted" : told.get(told.size() - 1);
        assertThat(now.status() == 404 ? "deleted" : now.header("Content-Length"))
                .as("the file %s after its last event", key)
                .isEqualTo(last);
    }
}
