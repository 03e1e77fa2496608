package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system, as versitygw is, that refuses keys with a segment of more than 255 bytes also when they are read. */
final class LongSegmentTest {

    private static final ObjectKey LONG = new ObjectKey("raw/p/" + "\u00fc".repeat(128));
    private static final ObjectKey SHORT = new ObjectKey("raw/p/" + "\u00fc".repeat(127));

    private HttpServer server;
    private Storage storage;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", LongSegmentTest::refuse);
        server.start();
        storage =
                Stores.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), directory);
    }

    @AfterEach
    void stop() {
        storage.close();
        server.stop(0);
    }

    @Test
    void longSegment_isNoObject() {
        assertThat(storage.objects().stat(LONG)).isEmpty();
        assertThat(storage.objects().inspect(LONG)).isEmpty();
        assertThat(storage.objects().delete(List.of(LONG))).containsExactly(new DeleteResult.Missing(LONG));
        assertThatThrownBy(() -> storage.objects().read(LONG, ReadOptions.ALL, (info, span, body) -> body.read()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> storage.objects().copy(LONG, SHORT, CopyOptions.DEFAULT))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void otherRefusal_isReported() {
        assertThatThrownBy(() -> storage.objects().stat(SHORT)).isInstanceOf(StorageRejected.class);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean bucket = exchange.getRequestURI().getPath().split("/").length == 2;
        if (bucket) {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] error = "<Error><Code>KeyTooLongError</Code><Message>Your key is too long.</Message></Error>"
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(400, head ? -1 : error.length);
        if (!head) {
            exchange.getResponseBody().write(error);
        }
        exchange.close();
    }
}
