package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.KilledClients;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.OpenUploads;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points while clients send files and multipart uploads: everything acknowledged is stored, every upload can
 * be completed, files with an expiry of their own are gone after it, and nothing is left in the store.
 */
class CrashIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 2);
    /** Of the clients. A single round runs beside other tests, to which it leaves time. */
    private static final Duration PAUSE = ROUNDS > 1 ? Duration.ZERO : Duration.ofMillis(50);

    private static final int CLIENTS_OF_EACH_KIND = 2;
    private static final int MIB = 1 << 20;
    private static final List<byte[]> PARTS = List.of(bytes(5 * MIB), bytes(1000));

    /** Every tenth file is large enough to be sent to the store in parts. */
    private static final Map<String, String> SMALL_PARTS =
            Map.of("S3_MULTIPART_THRESHOLD", "5MiB", "S3_MULTIPART_CHUNKSIZE", "5MiB");

    private static final Map<String, String> SWEEPING =
            Map.of("S3_MULTIPART_THRESHOLD", "5MiB", "S3_MULTIPART_CHUNKSIZE", "5MiB", "SWEEP_INTERVAL", "1s");

    private static final int LARGE = 6 * MIB;

    /** Longer than it takes until the leftovers of a crashed process are deleted, once its lease has expired. */
    private static final Duration CLEAN = Duration.ofSeconds(60);

    private final Map<String, Integer> files = new ConcurrentHashMap<>();
    private final Queue<MultipartClient> begun = new ConcurrentLinkedQueue<>();
    private final Queue<String> expiring = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @Test
    void acknowledgedFilesAndParts_surviveKills_andNothingIsLeft() throws Exception {
        Random random = new Random(42);
        int finished = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ServiceProcess service = stand.another(folder, SMALL_PARTS, ServiceProcess.SHORT_LIVED);
            finished += finishAll(new Api(service.address()));
            sendUntilKilled(service, round, 200 + random.nextInt(1300));
        }
        stand.leases(folder).expire(Set.of());

        try (OpenUploads open = stand.openUploads(folder);
                RunningService service = stand.another(folder, SWEEPING)) {
            Api client = new Api(service.address());
            finished += finishAll(client);
            files.forEach((key, size) ->
                    assertThat(client.get(Paths.DOWNLOAD + key).body()).as(key).isEqualTo(bytes(size)));
            assertThat(finished).isGreaterThan(ROUNDS);
            assertThat(files).hasSizeGreaterThan(ROUNDS);
            awaitExpiry(client);
            open.awaitNone(key(""), CLEAN);
        }
    }

    private void sendUntilKilled(ServiceProcess service, int round, int millis) throws InterruptedException {
        KilledClients clients = new KilledClients(UncheckedIOException.class, PAUSE);
        for (int i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
            String name = round + "-" + i;
            clients.add(number -> putFile(new Api(service.address()), name, number));
            clients.add(number -> upload(new Api(service.address()), name, number));
        }
        int stored = (round + 1) * CLIENTS_OF_EACH_KIND;
        clients.run(service, () -> begun.size() >= CLIENTS_OF_EACH_KIND && files.size() >= stored, millis);
    }

    private void putFile(Api client, String name, int number) {
        String key = key("file-" + name + "-" + number);
        int size = number % 10 == 1 ? LARGE : 1000 + number;
        client.store(key, bytes(size));
        files.put(key, size);
        if (number % 3 == 0) {
            String brief = key("brief-" + name + "-" + number);
            assertThat(client.put(Paths.OBJECT + brief + "?expires_in=1", bytes(size))
                            .status())
                    .isIn(200, 201);
            expiring.add(brief);
        }
    }

    private void awaitExpiry(Api client) throws InterruptedException {
        long end = System.nanoTime() + CLEAN.toNanos();
        for (String key : expiring) {
            while (client.head(Paths.EXISTS + key).status() != 404) {
                assertThat(System.nanoTime()).as("%s has expired", key).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private void upload(Api client, String name, int number) {
        MultipartClient upload = MultipartClient.create(client, key("upload-" + name + "-" + number));
        begun.add(upload);
        upload.putMissing(client, PARTS);
        upload.complete(client);
    }

    /** Resumes acknowledged uploads as their clients would, and aborts those whose creation was not acknowledged. */
    private int finishAll(Api client) throws InterruptedException {
        for (MultipartClient upload : begun) {
            finish(client, upload);
        }
        abortUnknown(client);
        assertThat(MultipartClient.listed(client, key(""))).isEmpty();
        int finished = begun.size();
        begun.clear();
        return finished;
    }

    private void finish(Api client, MultipartClient upload) throws InterruptedException {
        if (upload.state(client).equals("open")) {
            assertThat(upload.stored(client)).as(upload.key()).containsAllEntriesOf(upload.acknowledged());
            upload.putMissing(client, PARTS);
        }
        Reply completed = upload.complete(client);
        for (int i = 0; i < 100 && completed.status() == 409; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            completed = upload.complete(client);
        }
        assertThat(completed.status()).as(completed.text()).isEqualTo(200);
        ByteBuffer whole =
                ByteBuffer.allocate(PARTS.stream().mapToInt(part -> part.length).sum());
        PARTS.forEach(whole::put);
        assertThat(client.get(Paths.DOWNLOAD + upload.key()).body())
                .as(upload.key())
                .isEqualTo(whole.array());
    }

    private void abortUnknown(Api client) {
        JsonNode listed = client.get(Paths.MULTIPART + "list?prefix=" + Api.query(key("")))
                .json()
                .path("uploads");
        for (JsonNode open : listed) {
            String id = open.path("upload_id").asText();
            assertThat(begun).noneMatch(upload -> upload.id().equals(id));
            String query = "?key=" + Api.query(open.path("key").asText()) + "&upload_id=" + Api.query(id);
            assertThat(client.delete(Paths.MULTIPART + "abort" + query).status())
                    .isEqualTo(204);
        }
    }
}
