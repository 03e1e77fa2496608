package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store without ETags and modification times for some objects, as s3proxy has for folder markers. */
final class MissingEtagTest {

    private static final ObjectKey FOLDER = new ObjectKey("raw/p/folder/");
    private static final ObjectKey FULL = new ObjectKey("raw/p/full");
    private static final Etag OF_NOTHING = new Etag("d41d8cd98f00b204e9800998ecf8427e");

    private final List<String> conditions = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Storage storage;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
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
    void emptyObject_hasTheTagOfNothing() throws IOException {
        ObjectInfo found = storage.objects().stat(FOLDER).orElseThrow();

        assertThat(found.etag()).isEqualTo(OF_NOTHING);
        assertThat(found.lastModified()).isEqualTo(Instant.EPOCH);
        assertThat(storage.objects().inspect(FOLDER).orElseThrow().info().etag())
                .isEqualTo(OF_NOTHING);
        assertThat(storage.objects()
                        .<Etag>read(FOLDER, ReadOptions.ALL.ifMatch(OF_NOTHING), (info, span, body) -> info.etag()))
                .isEqualTo(OF_NOTHING);
        assertThat(storage.objects().deleteMatching(Map.of(FOLDER, OF_NOTHING)))
                .containsExactly(new DeleteResult.Deleted(FOLDER));
        assertThat(conditions).as("which the store can't evaluate").isEmpty();
    }

    @Test
    void emptyObject_isReadOnlyInTheVersionAskedFor() {
        assertThatThrownBy(() -> storage.objects()
                        .read(FULL, ReadOptions.ALL.ifMatch(OF_NOTHING), (info, span, body) -> body.read()))
                .isInstanceOfAny(PreconditionFailed.class, StorageRejected.class);
        assertThatThrownBy(() -> storage.objects()
                        .read(
                                new ObjectKey("raw/p/tagged"),
                                ReadOptions.ALL.ifMatch(OF_NOTHING),
                                (info, span, body) -> body.read()))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void objectWithContent_isRefused() {
        assertThatThrownBy(() -> storage.objects().stat(FULL))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("ETag");
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestHeaders().containsKey("If-Match")) {
            conditions.add(method + " " + path);
        }
        if (path.endsWith("/tagged")) {
            exchange.getResponseHeaders().set("ETag", "\"other\"");
        }
        boolean full = path.endsWith("/full") || path.endsWith("/tagged");
        if (method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", full ? "5" : "0");
        }
        boolean body = method.equals("GET") && full;
        exchange.sendResponseHeaders(method.equals("DELETE") ? 204 : 200, body ? 5 : -1);
        if (body) {
            exchange.getResponseBody().write(new byte[5]);
        }
        exchange.close();
    }
}
