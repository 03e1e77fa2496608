package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit of one transfer for all clients; others do not wait unless a test configures it. */
@Timeout(60)
class TransferLimitTest {

    private static final String KEY = "raw/p1/a";
    private static final String FILE = "/api/v1/s3/" + KEY;
    private static final String DOWNLOAD = "/api/v1/s3/download/" + KEY;
    private static final String CONTENT = "content";

    /** All routes that transfer file content. */
    private static final Set<String> TRANSFERS = Set.of(
            "get /api/v1/s3/archive",
            "get /api/v1/s3/download/{key}",
            "put /api/v1/s3/{key}",
            "post /api/v1/s3/upload",
            "post /api/v1/s3/upload/batch",
            "put /api/v1/s3/multipart/upload-part",
            "patch /api/v1/tus/{id}",
            "post /api/v1/resumable",
            "put /api/v1/resumable",
            "patch /api/v1/resumable/{id}");

    private final RunningService service = limited(new InMemoryStorage(), Duration.ZERO);

    @BeforeEach
    void store() {
        assertThat(put(service)).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void besideATransfer_othersAre503_andSmallRequestsAreAnswered() throws IOException {
        Map<String, Attempt> attempts =
                Attempts.at(KEY, CONTENT, "none", "none", "none", "none", "none", "none", "none");
        Set<String> refused = new TreeSet<>();
        try (Socket under = begin(service)) {
            attempts.forEach((route, attempt) -> {
                if (service.send(attempt.request(service)).statusCode() == 503) {
                    refused.add(route);
                }
            });
            assertThat(end(under)).contains(" 201 ");
        }

        assertThat(refused).isEqualTo(new TreeSet<>(TRANSFERS));
        assertThat(put(service)).isIn(200, 201);
        assertThat(service.get(DOWNLOAD).statusCode()).isEqualTo(200);
    }

    @Test
    void runningDownload_holdsItsSlotUntilItEnds() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        ObjectStore store = new ForwardingObjectStore(new InMemoryStorage().objects()) {
            @Override
            public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                begun.complete(null);
                goOn.join();
                return super.read(key, options, reader);
            }
        };
        try (RunningService reading = limited(new StorageOf(store), Duration.ZERO)) {
            assertThat(put(reading)).isEqualTo(201);
            CompletableFuture<Integer> download =
                    CompletableFuture.supplyAsync(() -> reading.get(DOWNLOAD).statusCode());
            begun.join();

            assertThat(put(reading)).isEqualTo(503);
            assertThat(reading.send("HEAD", DOWNLOAD).statusCode()).isEqualTo(200);
            goOn.complete(null);
            assertThat(download.join()).isEqualTo(200);
            // The client has the last byte before the service has ended the download.
            assertThat(putWhenFree(reading)).isEqualTo(200);
        }
    }

    @Test
    void refusal_saysWhyAndWhenToComeBack() throws IOException {
        try (Socket under = begin(service)) {
            HttpResponse<byte[]> refused = service.get(DOWNLOAD);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(RunningService.text(refused))
                    .contains("\"error\":\"ServiceBusy\"")
                    .contains("Too many transfers");
            assertThat(metrics(service))
                    .contains("stowage_transfers_running 1.0", "stowage_transfers_refused_total 1.0");
            assertThat(end(under)).contains(" 201 ");
        }
    }

    @Test
    void signedUrls_areLimitedToo() throws IOException {
        String download = sign("/presigned-url/download", KEY);
        String upload = sign("/presigned-url/upload", "raw/p1/b");
        HttpRequest.Builder read = service.request(download);
        HttpRequest.Builder write = service.request(upload).PUT(BodyPublishers.ofString(CONTENT));
        try (Socket under = begin(service)) {
            assertThat(service.send(read).statusCode()).isEqualTo(503);
            assertThat(service.send(write).statusCode()).isEqualTo(503);
            assertThat(end(under)).contains(" 201 ");
        }
        assertThat(service.send(read).statusCode()).isEqualTo(200);
        assertThat(service.send(write).statusCode()).isEqualTo(200);
    }

    @Test
    void whatMovesNoBytes_isNotLimited() throws IOException {
        String tag = service.send("HEAD", DOWNLOAD).headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder known = service.request(DOWNLOAD).header("If-None-Match", tag);
        HttpRequest.Builder empty = service.request(FILE + ".empty").PUT(BodyPublishers.noBody());
        try (Socket under = begin(service)) {
            assertThat(service.send(known).statusCode()).isEqualTo(304);
            assertThat(service.send(empty).statusCode()).isEqualTo(201);
            assertThat(end(under)).contains(" 201 ");
        }
    }

    @Test
    void clientThatWaitsForLeaveToSend_isRefusedBeforeItDoes() throws IOException {
        try (Socket under = begin(service);
                Socket other = ask(service)) {
            assertThat(line(other)).contains(" 503 ");
            assertThat(end(under)).contains(" 201 ");
        }
    }

    @Test
    void clientThatVanishes_givesItsPlaceBack() throws IOException {
        begin(service).close();

        // The service notices with its next read.
        assertThat(putWhenFree(service)).isEqualTo(200);
    }

    @Test
    void transferThatFails_givesItsPlaceBack() {
        assertThat(service.get("/api/v1/s3/download/raw/p1/none").statusCode()).isEqualTo(404);
        assertThat(service.send(service.request("/api/v1/s3/raw/p1//a").PUT(BodyPublishers.ofString(CONTENT)))
                        .statusCode())
                .isEqualTo(400);

        assertThat(put(service)).isEqualTo(200);
    }

    @Test
    void transferThatMayWait_isDoneWhenThereIsAPlace() throws IOException {
        try (RunningService patient = limited(new InMemoryStorage(), Duration.ofMinutes(1))) {
            CompletableFuture<Integer> waiting;
            try (Socket under = begin(patient)) {
                waiting = CompletableFuture.supplyAsync(() -> put(patient));
                while (!metrics(patient).contains("stowage_transfers_waiting 1.0")) {
                    Thread.onSpinWait();
                }
                assertThat(patient.send("HEAD", "/api/v1/s3/exists/" + KEY).statusCode())
                        .isEqualTo(404);
                assertThat(waiting).isNotDone();
                assertThat(end(under)).contains(" 201 ");
            }
            assertThat(waiting.join()).isEqualTo(201);
        }
    }

    private static RunningService limited(Storage storage, Duration wait) {
        Limits limits =
                new Limits(0, 0, 0, new TransferLimit(1, wait), 0, Duration.ofSeconds(10), ConnectionLimit.NONE);
        return RunningService.over(storage, RequestAuthenticator.open(), limits);
    }

    private static int put(RunningService service) {
        return service.send(service.request(FILE).PUT(BodyPublishers.ofString(CONTENT)))
                .statusCode();
    }

    private static int putWhenFree(RunningService service) {
        int status = put(service);
        while (status == 503) {
            status = put(service);
        }
        return status;
    }

    private static String metrics(RunningService service) {
        return RunningService.text(service.get("/metrics"));
    }

    private String sign(String path, String key) throws IOException {
        HttpResponse<byte[]> signed = service.postJson("/api/v1/s3" + path, "{\"key\":\"" + key + "\"}");
        String url = new ObjectMapper().readTree(signed.body()).path("url").asText();
        return url.substring(url.indexOf("/api/"));
    }

    /** Starts an upload of one byte, which the service is reading when this returns. */
    private static Socket begin(RunningService service) throws IOException {
        Socket socket = ask(service);
        assertThat(line(socket)).contains(" 100 ");
        return socket;
    }

    private static Socket ask(RunningService service) throws IOException {
        Socket socket = RawRequest.open(service.port());
        String head = "PUT " + FILE + ".other HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String end(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        // The rest of the interim response is an empty line.
        return line(socket) + line(socket);
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
