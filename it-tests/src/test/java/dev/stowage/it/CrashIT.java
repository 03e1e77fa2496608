package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.ServiceProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives {@code kill -9}. */
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 4);
    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    @Test
    void acknowledgedFiles_surviveKills() throws Exception {
        Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            ServiceProcess service = ServiceProcess.start(folder, Map.of(), List.of());
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            for (int client = 0; client < CLIENTS; client++) {
                int name = round * CLIENTS + client;
                clients.execute(() -> putUntilKilled(new Api(service.address()), name, acknowledged));
            }
            TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(800));
            service.kill();
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), List.of())) {
            Api api = new Api(service.address());
            assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
            acknowledged.forEach((key, size) ->
                    assertThat(api.get(Paths.DOWNLOAD + key).body()).as(key).isEqualTo(ServiceSuite.bytes(size)));
        }
    }

    private static void putUntilKilled(Api api, int name, Map<String, Integer> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String key = "raw/crash/" + name + "-" + i;
                int size = i % 10 == 9 ? 3_000_000 : 1000 + i;
                api.store(key, ServiceSuite.bytes(size));
                acknowledged.put(key, size);
            }
        } catch (UncheckedIOException killed) {
            // The service is gone; what it had not acknowledged may be there or not.
        }
    }
}
