package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.ServiceProcess;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multipart uploads survive {@code kill -9}: acknowledged parts are there, and every session goes on to its end. */
class SessionCrashIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 3);
    private static final int CLIENTS = 4;
    private static final List<Integer> PARTS = List.of(5 * 1024 * 1024, 1000);

    /** Longer than driving on what a crash left takes. */
    private static final int TRIES = 100;

    @TempDir
    Path folder;

    @Test
    void sessions_surviveKills_andComplete() throws Exception {
        Random random = new Random(43);
        Queue<Session> begun = new ConcurrentLinkedQueue<>();
        int finished = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            ServiceProcess service = ServiceProcess.start(folder, stand.settings(), List.of());
            Api client = new Api(service.address());
            for (Session left : new ArrayList<>(begun)) {
                left.finish(client);
                finished++;
            }
            abortUnknown(client, begun);
            begun.clear();
            assertThat(listed(client)).isEmpty();
            if (round == ROUNDS) {
                service.close();
            } else {
                uploadUntilKilled(service, round, begun, 200 + random.nextInt(1300));
            }
        }
        assertThat(finished).isGreaterThan(ROUNDS);
    }

    private void uploadUntilKilled(ServiceProcess service, int round, Queue<Session> begun, int millis)
            throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            String name = "crash-" + round + "-" + i;
            clients.execute(() -> upload(new Api(service.address()), name, begun));
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        service.kill();
        clients.shutdown();
        assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private void upload(Api client, String name, Queue<Session> begun) {
        try {
            for (int i = 0; ; i++) {
                Session session = Session.create(client, key(name + "-" + i));
                begun.add(session);
                session.putMissing(client);
                session.complete(client);
            }
        } catch (UncheckedIOException killed) {
            // The service is gone; what it acknowledged is checked when it is back.
        }
    }

    /** Sessions whose creation was never acknowledged: nobody comes back for them, and in the end they would expire. */
    private void abortUnknown(Api client, Queue<Session> finished) {
        for (JsonNode open : listed(client)) {
            String id = open.path("upload_id").asText();
            assertThat(finished).noneMatch(session -> session.id().equals(id));
            String query = "?key=" + Api.query(open.path("key").asText()) + "&upload_id=" + Api.query(id);
            assertThat(client.delete(Paths.MULTIPART + "abort" + query).status())
                    .isEqualTo(204);
        }
    }

    private JsonNode listed(Api client) {
        return client.get(Paths.MULTIPART + "list?prefix=" + Api.query(key("")))
                .json()
                .path("uploads");
    }

    /** An upload, and what was acknowledged of it. */
    private record Session(String key, String id, Map<Integer, String> acknowledged) {

        static Session create(Api client, String key) {
            Reply created = client.post(Paths.MULTIPART + "create", Map.of("key", key));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            return new Session(key, created.json().path("upload_id").asText(), new ConcurrentHashMap<>());
        }

        void putMissing(Api client) {
            for (int number = 1; number <= PARTS.size(); number++) {
                if (!acknowledged.containsKey(number)) {
                    Reply part = client.put(
                            Paths.MULTIPART + "upload-part" + query() + "&part_number=" + number,
                            bytes(PARTS.get(number - 1)));
                    assertThat(part.status()).as(part.text()).isEqualTo(200);
                    acknowledged.put(number, part.json().path("etag").asText());
                }
            }
        }

        Reply complete(Api client) {
            return client.post(Paths.MULTIPART + "complete", Map.of("key", key, "upload_id", id));
        }

        void finish(Api client) throws InterruptedException {
            Reply status = client.get(Paths.MULTIPART + "status" + query());
            assertThat(status.status()).as(status.text()).isEqualTo(200);
            if (status.json().path("state").asText().equals("open")) {
                assertThat(stored(client)).as(key).containsAllEntriesOf(acknowledged);
                putMissing(client);
            }
            Reply completed = complete(client);
            for (int i = 0; i < TRIES && completed.status() == 409; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
                completed = complete(client);
            }
            assertThat(completed.status()).as(completed.text()).isEqualTo(200);
            int size = PARTS.stream().mapToInt(Integer::intValue).sum();
            ByteBuffer whole = ByteBuffer.allocate(size);
            PARTS.forEach(part -> whole.put(bytes(part)));
            assertThat(client.get(Paths.DOWNLOAD + key).body()).as(key).isEqualTo(whole.array());
        }

        private Map<Integer, String> stored(Api client) {
            Map<Integer, String> parts = new HashMap<>();
            client.get(Paths.MULTIPART + "list-parts" + query())
                    .json()
                    .path("parts")
                    .forEach(part -> parts.put(
                            part.path("part_number").asInt(), part.path("etag").asText()));
            return parts;
        }

        private String query() {
            return "?key=" + Api.query(key) + "&upload_id=" + Api.query(id);
        }
    }
}
