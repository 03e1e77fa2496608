package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.KilledClients;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.OpenUploads;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points while clients send files by tus: no acknowledged byte is lost, no offset is smaller than an
 * acknowledged one, a client that is told that its upload is complete finds the file, and every upload can be completed.
 */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class TusCrashIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 2);
    /** Of the clients. A single round runs beside other tests, to which it leaves time. */
    private static final Duration PAUSE = ROUNDS > 1 ? Duration.ZERO : Duration.ofMillis(200);

    private static final int CLIENTS = 3;
    private static final int MIB = 1 << 20;
    private static final int LARGEST_REQUEST = 6 * MIB;

    /** Most files have several parts. */
    private static final Map<String, String> SMALL_PARTS = Map.of("S3_MULTIPART_CHUNKSIZE", "5MiB");

    private static final Map<String, String> SWEEPING =
            Map.of("S3_MULTIPART_CHUNKSIZE", "5MiB", "SWEEP_INTERVAL", "1s");

    /** Longer than it takes until the leftovers of a crashed process are deleted, once its lease has expired. */
    private static final Duration CLEAN = Duration.ofSeconds(60);

    private final Queue<TusUpload> begun = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @Test
    void acknowledgedBytes_surviveKills_andFilesAreComplete() throws Exception {
        Random random = new Random(7);
        int finished = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ServiceProcess service = stand.another(folder, SMALL_PARTS, ServiceProcess.SHORT_LIVED);
            finished += finishAll(new Api(service.address()), random);
            sendUntilKilled(service, round, 300 + random.nextInt(1700));
        }
        stand.leases(folder).expire(Set.of());

        try (OpenUploads open = stand.openUploads(folder);
                RunningService service = stand.another(folder, SWEEPING)) {
            Api client = new Api(service.address());
            finished += finishAll(client, random);
            assertThat(finished).isGreaterThan(ROUNDS);
            abortUnacknowledged(client);
            open.awaitNone(key(""), CLEAN);
        }
    }

    private void sendUntilKilled(ServiceProcess service, int round, int millis) throws InterruptedException {
        KilledClients clients = new KilledClients(UncheckedIOException.class, PAUSE);
        Api client = new Api(service.address());
        for (int i = 0; i < CLIENTS; i++) {
            String name = round + "-" + i;
            Random random = new Random(name.hashCode());
            clients.add(number -> upload(client, name + "-" + number, random));
        }
        clients.run(service, () -> begun.size() >= CLIENTS, millis);
        assertThat(begun).hasSizeGreaterThanOrEqualTo(CLIENTS);
    }

    private void upload(Api client, String name, Random random) {
        TusUpload upload = TusUpload.create(client, key(name), bytes(1 + random.nextInt(14 * MIB)));
        begun.add(upload);
        while (!upload.isComplete()) {
            upload.send(client, 1 + random.nextInt(LARGEST_REQUEST));
        }
    }

    /** Uploads whose creation was interrupted before it was acknowledged stay open until they expire; all others are complete. */
    private void abortUnacknowledged(Api client) {
        for (JsonNode open : client.get(Paths.MULTIPART + "list?prefix=" + Api.query(key("")))
                .json()
                .path("uploads")) {
            String query = "?key=" + Api.query(open.path("key").asText()) + "&upload_id="
                    + Api.query(open.path("upload_id").asText());
            assertThat(client.delete(Paths.MULTIPART + "abort" + query).status())
                    .isEqualTo(204);
        }
    }

    private int finishAll(Api client, Random random) {
        for (TusUpload upload : begun) {
            long acknowledged = upload.acknowledged();
            assertThat(upload.fetchOffset(client)).as(upload.key()).isBetween(acknowledged, (long)
                    upload.bytes().length);
            while (!upload.isComplete()) {
                upload.send(client, 1 + random.nextInt(LARGEST_REQUEST));
            }
            assertThat(client.get(Paths.DOWNLOAD + upload.key()).body())
                    .as(upload.key())
                    .isEqualTo(upload.bytes());
        }
        int finished = begun.size();
        begun.clear();
        return finished;
    }
}
