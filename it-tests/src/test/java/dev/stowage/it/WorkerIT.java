package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.SlowUpload;
import dev.stowage.it.store.OpenUploads;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stowage worker} beside a {@code serve} without background work, on one database. */
@RunsOn({StandKind.EMBEDDED, StandKind.LOCALSTACK, StandKind.POSTGRES})
class WorkerIT extends ServiceSuite {

    private static final int MIB = 1 << 20;

    /** Longer than it takes until the leftovers of a crashed process are deleted, once its lease has expired. */
    private static final Duration CLEAN = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void leftoversOfACrash_areDeletedByTheWorker_andNothingElse() throws Exception {
        Assumptions.assumeTrue(stand.outside().isPresent(), "The embedded store sends no large file in parts");
        try (OpenUploads open = stand.openUploads(folder);
                ServiceProcess worker = ServiceProcess.startWorker(folder, settings(Map.of("SWEEP_INTERVAL", "1s")))) {
            Set<String> running = stand.leases(folder).held();
            ServiceProcess serve = ServiceProcess.start(
                    folder, settings(Map.of("WORKER_ENABLED", "false")), ServiceProcess.SHORT_LIVED);
            MultipartClient.create(new Api(serve.address()), key("client.bin"));
            try (SlowUpload large = SlowUpload.begin(serve.address(), key("large.bin"), 40L * MIB)) {
                large.send(12 * MIB);
                awaitKey(open, key("large.bin"));
                serve.kill();
            }
            stand.leases(folder).expire(running);

            open.awaitNone(key("large.bin"), CLEAN);

            assertThat(open.keys(key(""))).containsExactly(key("client.bin"));
            // The line is logged when the task is done, which is a moment after the store has no such upload.
            awaitLog(worker, "Aborted uploads of ended processes");
        }
    }

    @Test
    void worker_exitsOnSigterm() {
        ServiceProcess worker = ServiceProcess.startWorker(folder, stand.settings(folder));
        worker.terminate();

        assertThat(worker.awaitEnd()).isZero();
    }

    private static void awaitKey(OpenUploads open, String key) throws InterruptedException {
        for (int i = 0; i < 150 && !open.keys(key).contains(key); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(open.keys(key)).containsExactly(key);
    }

    private static void awaitLog(ServiceProcess process, String text) throws InterruptedException {
        for (int i = 0; i < 100 && !process.log().contains(text); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(process.log()).contains(text);
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(stand.settings(folder));
        settings.putAll(Map.of("S3_MULTIPART_THRESHOLD", "5MiB", "S3_MULTIPART_CHUNKSIZE", "5MiB"));
        settings.putAll(more);
        return settings;
    }
}
