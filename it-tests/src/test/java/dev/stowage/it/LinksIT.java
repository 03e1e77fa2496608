package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import dev.stowage.it.store.StandSource;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Links for people without credentials. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY, StandKind.POSTGRES})
@TestInstance(Lifecycle.PER_CLASS)
class LinksIT extends ServiceSuite {

    private static final String LINKS = "/api/v1/links";

    private final Deque<ServiceProcess> services = new ArrayDeque<>();
    private Api anyone = new Api(URI.create("http://127.0.0.1"));
    private Api owner = anyone;

    /** One service for all tests on a store. */
    @BeforeParameterizedClassInvocation
    void start(StandSource store, @TempDir Path folderOfService) {
        Map<String, String> settings = new HashMap<>(store.get().settings(folderOfService));
        settings.putAll(Map.of("AUTH_MODE", "keys", "RATE_LIMIT", "0"));
        services.push(ServiceProcess.start(folderOfService, settings, ServiceProcess.SHORT_LIVED));
        anyone = new Api(services.element().address());
        owner = anyone.as(Keys.create(
                folderOfService, settings, "--name", "owner", "--all-files", "--actions", "read,write,admin"));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        services.forEach(ServiceProcess::close);
        services.clear();
    }

    @Test
    void ofAHundredClients_exactlyAsManyAsPermittedGetTheFile() throws Exception {
        owner.store(key("a"), bytes(1000));
        JsonNode link = create(Map.of("key", key("a"), "max_uses", 10));
        List<Integer> statuses = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<Integer>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                replies.add(clients.submit(() -> anyone.get(path(link)).status()));
            }
            for (Future<Integer> reply : replies) {
                statuses.add(reply.get(60, TimeUnit.SECONDS));
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(statuses).containsOnly(200, 404);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
        JsonNode ended = owner.get(LINKS + "/" + link.path("id").asText()).json();
        assertThat(ended.path("state").asText()).isEqualTo("used_up");
        assertThat(ended.path("uses").asInt()).isEqualTo(10);
    }

    @Test
    void interruptedDownload_continuesWithoutAnotherUse_onceAndOnlyAtItsEnd() throws Exception {
        byte[] content = bytes(40 << 20);
        owner.store(key("large"), content);
        JsonNode link = create(Map.of("key", key("large"), "max_uses", 1));
        String path = path(link);
        int received = cut(path, 24 << 20);

        awaitInterruption(path, received);
        assertThat(anyone.get(path).status()).isEqualTo(404);
        assertThat(anyone.get(path, "Range", "bytes=1-").status()).isEqualTo(404);
        Reply rest = anyone.get(path, "Range", "bytes=" + received + "-");

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(content, received, content.length));
        assertThat(anyone.get(path, "Range", "bytes=" + received + "-").status())
                .isEqualTo(404);
    }

    @Test
    void dropBox_takesFilesOfStrangers_andNeverReplacesOne() {
        owner.store(key("box/there"), bytes(10));
        JsonNode link = create(Map.of("prefix", key("box/"), "kind", "upload", "max_uses", 2, "max_size", 20));
        String path = path(link);

        assertThat(anyone.put(path + "/there", bytes(11)).error()).isEqualTo("Conflict");
        assertThat(anyone.put(path + "/large", bytes(21)).error()).isEqualTo("PayloadTooLarge");
        anyone.put(path + "/new%20file", bytes(20)).expect(201);
        anyone.put(path + "/other", bytes(1)).expect(201);
        assertThat(anyone.put(path + "/third", bytes(1)).status()).isEqualTo(404);

        assertThat(owner.get(Api.Paths.DOWNLOAD + key("box/there")).body()).isEqualTo(bytes(10));
        assertThat(owner.get(Api.Paths.DOWNLOAD + Api.encode(key("box/new file")))
                        .body())
                .isEqualTo(bytes(20));
        assertThat(owner.head(Api.Paths.EXISTS + key("box/large")).status()).isEqualTo(404);
    }

    @Test
    void linkOfARevokedKey_ends_asARevokedOneDoes() throws InterruptedException {
        JsonNode key = owner.post(
                        "/api/v1/keys",
                        Map.of("name", "other", "actions", List.of("read"), "prefixes", List.of("raw/")))
                .expect(201)
                .json();
        Api other = anyone.as(key.path("key").asText());
        owner.store(key("a"), bytes(10));
        JsonNode link = other.post(LINKS, Map.of("prefix", key(""), "password", "secret"))
                .expect(201)
                .json();
        String path = path(link) + "/a";
        String[] password = {"Authorization", "Basic OnNlY3JldA=="};
        assertThat(anyone.get(path).status()).isEqualTo(401);
        assertThat(anyone.get(path, password).body()).isEqualTo(bytes(10));
        JsonNode revoked = create(Map.of("key", key("a")));
        owner.delete(LINKS + "/" + revoked.path("id").asText()).expect(204);

        assertThat(anyone.get(path(revoked)).error()).isEqualTo("NotFound");
        owner.delete("/api/v1/keys/" + key.path("id").asText()).expect(204);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (anyone.get(path, password).status() != 404) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }

        assertThat(anyone.get(path).error()).isEqualTo("NotFound");
        assertThat(services.element().log()).doesNotContain(path(link), path(revoked));
    }

    private JsonNode create(Map<String, ?> link) {
        return owner.post(LINKS, link).expect(201).json();
    }

    private static String path(JsonNode link) {
        return URI.create(link.path("url").asText()).getPath();
    }

    /** Reads so many bytes of a response and closes the connection. Returns the number of bytes of the body. */
    private int cut(String path, int length) throws Exception {
        URI address = services.element().address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setReceiveBufferSize(64 << 10);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] read = in.readNBytes(length);
            String head = new String(read, 0, 4096, StandardCharsets.ISO_8859_1);
            assertThat(head).startsWith("HTTP/1.1 200");
            return length - head.indexOf("\r\n\r\n") - 4;
        }
    }

    /** The service notices the lost connection when it writes to it. */
    private void awaitInterruption(String path, int received) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        // A range beyond the end is refused before it is a use, once there is a download to continue.
        while (anyone.get(path, "Range", "bytes=999999999-").status() != 416) {
            assertThat(System.nanoTime()).as("after %d bytes", received).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
