package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Revocation of credentials while requests with them are running. */
@Timeout(60)
final class RevocationTest {

    private static final long FIVE_SECONDS = TimeUnit.SECONDS.toNanos(5);
    /** Long enough that no request counts as short. */
    private static final long LASTING = 2000;

    private static final int LARGE = 64 << 20;

    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.guarded(
            storage,
            credential -> good.contains(credential.value())
                    ? Optional.of(Principal.of("key:" + credential.value(), "somebody", Rights.ALL))
                    : Optional.empty());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void uploadsAndDownloads_areCutSoon_andThoseOfOthersAreNot() throws Exception {
        storage.objects().put(new ObjectKey("raw/p/large"), Content.of(new byte[LARGE]), PutOptions.DEFAULT);
        good.add("ada");
        good.add("ben");
        try (Socket upload = open("PUT", "raw/p/of-ada", "ada", "Content-Length: 10\r\n");
                Socket download = open("GET", "download/raw/p/large", "ada", "");
                Socket others = open("PUT", "raw/p/of-ben", "ben", "Content-Length: 10\r\n")) {
            // From here on, the time of the requests counts.
            RawRequest.awaitContinue(upload);
            RawRequest.awaitContinue(others);
            send(upload, "12345");
            send(others, "12345");
            Thread.sleep(LASTING);
            good.remove("ada");
            long revoked = System.nanoTime();

            assertThat(all(upload)).startsWith("HTTP/1.1 401 ").contains("\"Unauthorized\"");
            assertThat(System.nanoTime() - revoked).isLessThan(FIVE_SECONDS);
            Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(revoked + FIVE_SECONDS - System.nanoTime())));
            assertThat(all(download).length()).isLessThan(LARGE);
            send(others, "67890");
            assertThat(all(others)).startsWith("HTTP/1.1 201 ");
        }
        assertThat(storage.objects().stat(new ObjectKey("raw/p/of-ada"))).isEmpty();
    }

    @Test
    void lastByte_afterTheRevocation_makesNoFile() throws Exception {
        good.add("ada");
        for (String framing : Set.of("Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n")) {
            good.add("ada");
            boolean chunked = framing.startsWith("T");
            try (Socket upload = open("PUT", "raw/p/late", "ada", framing)) {
                RawRequest.awaitContinue(upload);
                send(upload, chunked ? "5\r\n12345\r\n" : "12345");
                Thread.sleep(LASTING);
                good.remove("ada");
                send(upload, chunked ? "5\r\n67890\r\n0\r\n\r\n" : "67890");

                assertThat(all(upload)).as(framing).startsWith("HTTP/1.1 401 ");
            }
            assertThat(storage.objects().stat(new ObjectKey("raw/p/late"))).isEmpty();
        }
    }

    @Test
    void eventStream_endsSoon() throws Exception {
        good.add("ada");
        HttpResponse<byte[]> job = service.send(service.request("/api/v1/jobs")
                .header("Authorization", "Bearer ada")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"operation\": \"delete\", \"source\": {\"prefix\": \"raw/p/\"}}")));
        String path =
                URI.create(job.headers().firstValue("Location").orElseThrow()).getPath();
        try (Socket events = RawRequest.open(service.port())) {
            send(
                    events,
                    "GET " + path
                            + "/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ada\r\n\r\n");
            Thread.sleep(LASTING);
            good.remove("ada");
            long revoked = System.nanoTime();

            assertThat(all(events)).startsWith("HTTP/1.1 200 ").contains("event: ");
            assertThat(System.nanoTime() - revoked).isLessThan(FIVE_SECONDS);
        }
    }

    private Socket open(String method, String path, String credential, String headers) throws IOException {
        Socket socket = RawRequest.open(service.port());
        send(
                socket,
                method + " /api/v1/s3/" + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + credential
                        + "\r\n" + headers + (method.equals("PUT") ? "Expect: 100-continue\r\n" : "") + "\r\n");
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until the end of the response, or until the connection is closed. */
    private static String all(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[1 << 16];
        InputStream answer = socket.getInputStream();
        try {
            for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
                all.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException stuck) {
            throw stuck;
        } catch (IOException cut) {
            return all.toString();
        }
        return all.toString();
    }
}
