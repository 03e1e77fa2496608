package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.SlowUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients that disconnect leave nothing behind. */
class CutUploadsIT extends ServiceSuite {

    private static final int UPLOADS = 200;
    private static final int SIZE = 17 * 1024 * 1024;
    private static final Duration SETTLING = Duration.ofSeconds(30);

    @Test
    void uploadsCutAtRandomPoints_leaveNothingBehind() throws Exception {
        Set<String> blobsBefore = blobs();
        Random random = new Random(4711);
        List<Callable<Void>> cuts = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            String key = key("cut-" + i + ".bin");
            // Half of them are cut near the beginning, the others anywhere: within a part, and between two.
            int sent = random.nextBoolean() ? random.nextInt(100_000) : random.nextInt(SIZE);
            cuts.add(() -> cut(key, sent));
        }

        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> cut : clients.invokeAll(cuts, 3, TimeUnit.MINUTES)) {
                cut.get();
            }
        } finally {
            clients.shutdownNow();
        }

        eventually(() -> files() + openUploads() + blobsBeyond(blobsBefore));
    }

    private Void cut(String key, int sent) throws IOException {
        try (SlowUpload upload = SlowUpload.begin(stand.service().address(), key, SIZE)) {
            upload.send(sent);
        }
        return null;
    }

    private long files() {
        return api.get(Paths.LIST + "?prefix=" + Api.query(key("")))
                .json()
                .path("files")
                .size();
    }

    private long openUploads() {
        return stand.outside().map(store -> store.openUploads(key("")).size()).orElse(0);
    }

    private long blobsBeyond(Set<String> before) throws IOException {
        return blobs().stream().filter(name -> !before.contains(name)).count();
    }

    /** The files of the embedded store, both blobs and temporary ones, by name, because they move to another folder. */
    private Set<String> blobs() throws IOException {
        Path blobs = stand.folder().resolve("data/blobs");
        if (!Files.exists(blobs)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.walk(blobs)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    /** The service notices a disconnect at its next read, so the last ones may take a moment. */
    private static void eventually(Callable<Long> left) throws Exception {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (left.call() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(left.call()).as("what is left behind").isZero();
    }
}
