package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of empty objects, to which stores respond differently. */
final class EmptyRangeTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"200, ", "206, bytes 0--1/0", "206, bytes */0"})
    void range_ofAnEmptyObject_isNotSatisfiable(int status, @Nullable String contentRange) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, status, contentRange));
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Storage storage = Stores.open(endpoint, directory)) {
            for (ByteRange range : List.of(new ByteRange.Suffix(1), new ByteRange.Slice(0, 0), new ByteRange.From(0))) {
                assertThatThrownBy(() -> storage.objects()
                                .read(new ObjectKey("empty"), ReadOptions.of(range), (info, span, body) -> span))
                        .isInstanceOfSatisfying(
                                RangeNotSatisfiable.class,
                                e -> assertThat(e.detail()).containsEntry("size", 0L));
            }
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, @Nullable String contentRange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean read = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().endsWith("/empty");
        exchange.getResponseHeaders().set("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
        exchange.getResponseHeaders().set("Last-Modified", "Sun, 30 Nov 2025 12:00:00 GMT");
        if (read && contentRange != null) {
            exchange.getResponseHeaders().set("Content-Range", contentRange);
        }
        exchange.sendResponseHeaders(read ? status : 200, -1);
        exchange.close();
    }
}
