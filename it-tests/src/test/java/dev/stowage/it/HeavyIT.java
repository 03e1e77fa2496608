package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.testkit.Bodies;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the size or the number of files. Takes minutes and tens of gigabytes of disk. */
@Tag("heavy")
class HeavyIT extends ServiceSuite {

    private static final long GIB = 1L << 30;
    private static final Duration LONG = Duration.ofMinutes(15);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void fiveGigabytes_uploadedAndDownloaded_with128MiBOfHeap() throws Exception {
        long size = 5 * GIB;
        try (ServiceProcess service = stand.another(folder, Map.of("S3_MAX_FILE_SIZE", "6GiB"), List.of("-Xmx128m"))) {
            Api its = new Api(service.address());

            long began = System.nanoTime();
            HttpResponse<String> stored = http.send(
                    HttpRequest.newBuilder(its.uri(Paths.OBJECT + key("five.bin")))
                            .timeout(LONG)
                            .PUT(BodyPublishers.fromPublisher(
                                    BodyPublishers.ofInputStream(() -> Bodies.stream(size, 5)), size))
                            .build(),
                    BodyHandlers.ofString());
            double upload = Measured.seconds(began);
            began = System.nanoTime();
            HttpResponse<InputStream> got = http.send(
                    HttpRequest.newBuilder(its.uri(Paths.DOWNLOAD + key("five.bin")))
                            .timeout(LONG)
                            .build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = got.body()) {
                Bodies.verify(body, 0, size, 5);
            }

            assertThat(stored.statusCode()).as(stored.body()).isIn(stand.newFileStatuses());
            Measured.report("%s: 5 GiB up in %s s, down and compared in %s s, peak RSS %s MiB with -Xmx128m"
                    .formatted(stand.bucket(), upload, Measured.seconds(began), Measured.peakMiB(service)));
            its.delete(Paths.OBJECT + key("five.bin"));
        }
    }

    @Test
    void sixtyFourUploadsAtOnce_with256MiBOfHeap() throws Exception {
        long size = 64L << 20;
        int clients = 64;
        try (ServiceProcess service = stand.another(folder, Map.of(), List.of("-Xmx256m"))) {
            Api its = new Api(service.address());
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                long began = System.nanoTime();
                List<Callable<Integer>> uploads = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    int seed = i;
                    uploads.add(() -> http.send(
                                    HttpRequest.newBuilder(its.uri(Paths.OBJECT + key(seed + ".bin")))
                                            .timeout(LONG)
                                            .PUT(BodyPublishers.fromPublisher(
                                                    BodyPublishers.ofInputStream(() -> Bodies.stream(size, seed)),
                                                    size))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode());
                }
                for (Future<Integer> upload : threads.invokeAll(uploads, LONG.toMinutes(), TimeUnit.MINUTES)) {
                    assertThat(upload.get()).isIn(stand.newFileStatuses());
                }
                Measured.report("%s: 64 uploads of 64 MiB at once in %s s, peak RSS %s MiB with -Xmx256m"
                        .formatted(stand.bucket(), Measured.seconds(began), Measured.peakMiB(service)));
                for (int i = 0; i < clients; i++) {
                    Reply read = its.get(Paths.DOWNLOAD + key(i + ".bin"), "Range", "bytes=-16");
                    assertThat(read.status()).isEqualTo(206);
                    its.delete(Paths.OBJECT + key(i + ".bin"));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
