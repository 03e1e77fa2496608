package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.service.SlowCrowd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With five hundred clients that send a byte per second and five hundred that never read, fifty others still get their responses within
 * twice their usual time.
 *
 * <p>Other load on the machine only increases what is measured. So the minimum of several rounds is used, both with and without the slow
 * clients, and times below a few milliseconds, less than one time slice of the system's scheduler, are rounded up
 * to that.
 */
@Tag("heavy")
class SlowClientsIT {

    private static final int CROWD = 500;
    private static final int CLIENTS = 50;
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 15;
    private static final long PAUSE_MILLIS = 100;
    private static final double MEDIAN_FLOOR_MILLIS = 20;
    private static final double TAIL_FLOOR_MILLIS = 100;

    /** The stall budget of a body is half a minute. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(40);

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @TempDir
    Path folder;

    private ServiceProcess service;
    private Api api;

    /** In milliseconds. */
    private record Times(double median, double tail) {

        static Times of(double[] sorted) {
            return new Times(sorted[sorted.length / 2], sorted[sorted.length * 95 / 100]);
        }

        Times minimum(Times other) {
            return new Times(Math.min(median, other.median), Math.min(tail, other.tail));
        }
    }

    @BeforeEach
    void start() {
        service = ServiceProcess.start(folder, Map.of(), List.of("-Xmx256m"));
        api = new Api(service.address());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        service.close();
    }

    @Test
    @Timeout(180)
    void slowClients_delayNobody_andLeaveNothingBehind() throws Exception {
        api.store("raw/slow/large.bin", new byte[32 << 20]);
        round();
        Times usual = rounds();
        long blobs = blobs();

        try (SlowCrowd crowd = new SlowCrowd(service.address())) {
            long began = System.nanoTime();
            for (int i = 0; i < CROWD; i++) {
                crowd.readNothing(Paths.DOWNLOAD + "raw/slow/large.bin");
                crowd.sendBody(Paths.OBJECT + "raw/slow/never-" + i, 1_000_000);
            }
            for (int i = 0; i < CROWD / 5; i++) {
                crowd.sendHead();
            }
            Times beside = rounds();
            Measured.report(
                    "50 clients: median %.1f ms, 95th percentile %.1f ms; beside 1100 slow ones: %.1f ms, %.1f ms; peak RSS %s MiB"
                            .formatted(
                                    usual.median, usual.tail, beside.median, beside.tail, Measured.peakMiB(service)));

            assertThat(beside.median).isLessThan(2 * usual.median + MEDIAN_FLOOR_MILLIS);
            assertThat(beside.tail).isLessThan(2 * usual.tail + TAIL_FLOOR_MILLIS);
            TimeUnit.NANOSECONDS.sleep(GIVEN_UP.toNanos() - (System.nanoTime() - began));
            assertThat(crowd.answers())
                    .filteredOn(answer -> !answer.isEmpty())
                    .hasSize(CROWD)
                    .allMatch(answer ->
                            answer.startsWith("HTTP/1.1 408 ") && answer.contains("\"error\":\"InvalidRequest\""));
            assertThat(blobs()).isEqualTo(blobs);
        }
        assertThat(api.get(Paths.LIST + "?prefix=raw/slow/never").json().path("files"))
                .isEmpty();
    }

    private Times rounds() throws Exception {
        Times minimum = round();
        for (int i = 1; i < ROUNDS; i++) {
            minimum = minimum.minimum(round());
        }
        return minimum;
    }

    /** The time of fifty concurrent clients, each of which stores, reads and requests metadata, with a pause in between. */
    private Times round() throws Exception {
        List<Callable<double[]>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String key = "raw/quick/" + i;
            clients.add(() -> client(key));
        }
        double[] all = new double[0];
        for (Future<double[]> client : threads.invokeAll(clients, 1, TimeUnit.MINUTES)) {
            double[] times = client.get();
            all = Arrays.copyOf(all, all.length + times.length);
            System.arraycopy(times, 0, all, all.length - times.length, times.length);
        }
        Arrays.sort(all);
        return Times.of(all);
    }

    private double[] client(String key) throws InterruptedException {
        double[] times = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            long began = System.nanoTime();
            int status = switch (i % 3) {
                case 0 -> api.store(key, new byte[10_000]).status();
                case 1 -> api.get(Paths.DOWNLOAD + key).status();
                default -> api.get(Paths.METADATA + key).status();
            };
            times[i] = (System.nanoTime() - began) / 1e6;
            assertThat(status).isIn(200, 201);
        }
        return times;
    }

    private long blobs() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data/blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
