package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.example.MemoryProvider;
import dev.stowage.it.service.AdapterFolder;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.testkit.InMemoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload with the maximum number of parts, on a store that accepts parts of any size. */
@Tag("heavy")
class ManyPartsIT {

    private static final int PARTS = 10_000;
    private static final int SIZE = 1000;
    private static final int CLIENTS = 4;

    private static final Map<String, String> SETTINGS =
            Map.of("STORAGE_ADAPTER", "memory", "MEMORY_BUCKET", "memory", "MEMORY_MIN_PART_SIZE", "1");

    @TempDir
    Path folder;

    @Test
    void tenThousandParts_areSentListedAndCompleted() throws Exception {
        AdapterFolder.create(folder, "memory").with(MemoryProvider.class, InMemoryStorage.class, JsonFactory.class);
        try (ServiceProcess service = ServiceProcess.start(folder, SETTINGS, List.of("-Xmx128m"))) {
            Api api = new Api(service.address());
            MultipartClient upload = MultipartClient.create(api, "raw/many/parts.bin");

            long began = System.nanoTime();
            sendAll(service, upload);
            double sent = Measured.seconds(began);
            began = System.nanoTime();
            Reply status = api.get(Paths.MULTIPART + "status" + upload.query());
            double asked = Measured.seconds(began);
            began = System.nanoTime();
            List<JsonNode> listed = list(api, upload);
            double read = Measured.seconds(began);
            began = System.nanoTime();
            Reply completed = api.post(
                    Paths.MULTIPART + "complete",
                    Map.of("key", upload.key(), "upload_id", upload.id(), "parts", parts(listed)));

            Measured.report(
                    "%d parts of %d bytes in one upload: sent by %d clients in %s s, status in %s s, listed in %s s,"
                                    .formatted(PARTS, SIZE, CLIENTS, sent, asked, read)
                            + " completed in %s s, peak RSS %d MiB with -Xmx128m"
                                    .formatted(Measured.seconds(began), Measured.peakMiB(service)));
            assertThat(status.json().path("parts").asInt()).isEqualTo(PARTS);
            assertThat(listed)
                    .extracting(part -> part.path("part_number").asInt())
                    .isEqualTo(IntStream.rangeClosed(1, PARTS).boxed().toList());
            assertThat(completed.status()).as(completed.text()).isEqualTo(200);
            assertThat(api.get(Paths.DOWNLOAD + upload.key()).body()).isEqualTo(whole());
        }
    }

    private static void sendAll(ServiceProcess service, MultipartClient upload) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client + 1;
                work.add(() -> send(new Api(service.address()), upload, first));
            }
            int sent = 0;
            for (Future<Integer> done : clients.invokeAll(work, 10, TimeUnit.MINUTES)) {
                sent += done.get();
            }
            assertThat(sent).isEqualTo(PARTS);
        } finally {
            clients.shutdownNow();
        }
    }

    private static int send(Api api, MultipartClient upload, int first) {
        int sent = 0;
        for (int number = first; number <= PARTS; number += CLIENTS) {
            Reply part =
                    api.put(Paths.MULTIPART + "upload-part" + upload.query() + "&part_number=" + number, part(number));
            assertThat(part.status()).as(part.text()).isEqualTo(200);
            sent++;
        }
        return sent;
    }

    private static List<JsonNode> list(Api api, MultipartClient upload) {
        List<JsonNode> all = new ArrayList<>();
        String marker = "";
        do {
            JsonNode page = api.get(Paths.MULTIPART + "list-parts" + upload.query() + "&max_parts=1000" + marker)
                    .json();
            page.path("parts").forEach(all::add);
            JsonNode next = page.path("next_part_number_marker");
            marker = next.isNumber() ? "&part_number_marker=" + next.asInt() : "";
        } while (!marker.isEmpty());
        return all;
    }

    private static List<Map<String, Object>> parts(List<JsonNode> listed) {
        return listed.stream()
                .map(part -> Map.<String, Object>of(
                        "part_number", part.path("part_number").asInt(),
                        "etag", part.path("etag").asText()))
                .toList();
    }

    private static byte[] whole() {
        ByteBuffer whole = ByteBuffer.allocate(PARTS * SIZE);
        for (int number = 1; number <= PARTS; number++) {
            whole.put(part(number));
        }
        return whole.array();
    }

    private static byte[] part(int number) {
        return ByteBuffer.allocate(SIZE).putInt(number).putInt(SIZE - 4, number).array();
    }
}
