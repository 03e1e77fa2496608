package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final String METADATA = "/api/v1/s3/metadata/raw/p/a";
    private static final String DOWNLOAD = "/api/v1/s3/download/raw/p/a";
    private static final int SIZE = 1 << 20;

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.stowage");
    private final Captured log = new Captured();
    private final ObjectStore store = new InMemoryStorage().objects();

    @BeforeEach
    void listen() {
        log.start();
        logger.setAdditive(false);
        logger.addAppender(log);
        store.put(KEY, Content.of(new byte[SIZE]), PutOptions.DEFAULT);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void storeThatDoesNotAnswer_is503_withRetryAfter_andIsLogged() {
        try (RunningService service = failing(new StorageUnavailable("The store does not respond", secret()))) {
            HttpResponse<byte[]> response = service.get(METADATA);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(RunningService.text(response))
                    .contains("StorageUnavailable")
                    .doesNotContain("10.0.0.1");
        }
        ILoggingEvent event = log.list.get(log.list.size() - 1);
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getThrowableProxy()).isNull();
        assertThat(event.getFormattedMessage()).doesNotContain("\n").contains("The store does not respond");
        assertThat(event.getKeyValuePairs().toString()).contains("IOException: connect to 10.0.0.1 failed");
        assertThat(event.getKeyValuePairs().toString()).contains("operation=", "/metadata/<key>", "raw/p/a");
        assertThat(event.getMDCPropertyMap()).containsKey("request_id");
    }

    @Test
    void storeThatRefusesUs_is502_andAFullOne507() {
        try (RunningService service = failing(new StorageRejected("The store refused us", secret()))) {
            assertThat(service.get(METADATA).statusCode()).isEqualTo(502);
        }
        try (RunningService service = failing(new StorageFull(secret()))) {
            assertThat(change(service).statusCode()).isEqualTo(507);
        }
    }

    @Test
    void aFullDisk_isLoggedInOneShortLine_forAllRequests() {
        try (RunningService service = failing(new StorageFull(secret()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(change(service).statusCode()).isEqualTo(507);
            }
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .hasSize(1);
        assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
    }

    @Test
    void aQuotaThatIsUsedUp_isNoErrorOfTheService() {
        try (RunningService service = failing(new QuotaExceeded("p", 1, 1))) {
            assertThat(change(service).statusCode()).isEqualTo(507);
        }
        assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void defectOfOurs_is500_andSaysNothing() {
        try (RunningService service = failing(new IllegalStateException("password=hunter2"))) {
            HttpResponse<byte[]> response = service.get(METADATA);

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(RunningService.text(response))
                    .contains("\"InternalError\"")
                    .doesNotContain("hunter2");
        }
        assertThat(log.list).anyMatch(event -> event.getLevel() == Level.ERROR);
    }

    @Test
    void failureOfJavaItself_is500_inTheOneShape() {
        ObjectStore broken = new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                throw new StackOverflowError("deep");
            }
        };
        try (RunningService service = RunningService.over(new StorageOf(broken))) {
            HttpResponse<byte[]> response = service.get(METADATA);

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(RunningService.text(response))
                    .contains("\"InternalError\"")
                    .contains(response.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    @Test
    void storeThatFailsBeforeTheFirstByte_isAProperError() {
        try (RunningService service = RunningService.over(new StorageOf(new BreakingReads(store, 0)))) {
            HttpResponse<byte[]> response = service.get(DOWNLOAD);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(RunningService.text(response)).contains("StorageUnavailable");
            assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
            assertThat(response.headers().firstValue("ETag")).isEmpty();
            assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @Test
    void storeThatFailsWithinTheBody_cutsTheConnection() throws IOException {
        for (String range : new String[] {"", "Range: bytes=0-900000\r\n", "Range: bytes=0-700000,800000-900000\r\n"}) {
            try (RunningService service = RunningService.over(new StorageOf(new BreakingReads(store, 600_000)));
                    Socket socket = RawRequest.open(service.port())) {
                socket.getOutputStream()
                        .write(("GET " + DOWNLOAD + " HTTP/1.1\r\nHost: x\r\n" + range + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = readUntilCut(socket);

                // A connection kept open would be read until the timeout, since the body is shorter than its length.
                assertThat(answer).startsWith("HTTP/1.1 20").contains("Content-Length: ");
                assertThat(answer.length()).isLessThan(700_000);
                assertThat(answer).doesNotContain("StorageUnavailable");
            }
        }
        assertThat(log.list).anyMatch(event -> event.getLevel() == Level.ERROR);
    }

    @Test
    void clientThatGoesAway_isNoError() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ObjectStore watched = new ForwardingObjectStore(store) {
            @Override
            public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                try {
                    return super.read(
                            key,
                            options,
                            (info, span, body) -> reader.read(
                                    info, new dev.stowage.core.object.ByteSpan(0, Long.MAX_VALUE), new Endless()));
                } finally {
                    ended.countDown();
                }
            }
        };
        try (RunningService service = RunningService.over(new StorageOf(watched))) {
            try (Socket socket = RawRequest.open(service.port())) {
                socket.getOutputStream()
                        .write(("GET " + DOWNLOAD + " HTTP/1.1\r\nHost: x\r\nRange: bytes=0-\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
            }
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void fileThatKeepsBeingReplaced_isAConflict() {
        ObjectStore restless = new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                Optional<ObjectInfo> before = super.stat(key);
                put(key, Content.of(before.toString().getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
                return before;
            }
        };
        try (RunningService service = RunningService.over(new StorageOf(restless))) {
            assertThat(service.send(service.request(DOWNLOAD).header("If-None-Match", "\"x\""))
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void plainDownload_asksTheStoreOnce() {
        ObjectStore blind = new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                throw new AssertionError("it was asked twice");
            }
        };
        try (RunningService service = RunningService.over(new StorageOf(blind))) {
            assertThat(service.get(DOWNLOAD).statusCode()).isEqualTo(200);
            assertThat(service.send(service.request(DOWNLOAD).header("Range", "bytes=0-1"))
                            .statusCode())
                    .isEqualTo(206);
        }
    }

    private RunningService failing(RuntimeException failure) {
        return RunningService.over(new StorageOf(new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                throw failure;
            }
        }));
    }

    private static HttpResponse<byte[]> change(RunningService service) {
        return service.send(service.request(METADATA)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"cache_control\": \"no-store\"}")));
    }

    private static IOException secret() {
        return new IOException("connect to 10.0.0.1 failed");
    }

    private static String readUntilCut(Socket socket) {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection was left open", e);
        } catch (IOException cut) {
            // A reset also means that the connection was closed.
        }
        return answer.toString();
    }

    /** Events with the logging context of the thread that logged. */
    private static final class Captured extends ListAppender<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    }

    /** Reads that fail after a number of bytes. */
    private static final class BreakingReads extends ForwardingObjectStore {

        private final int after;

        BreakingReads(ObjectStore store, int after) {
            super(store);
            this.after = after;
        }

        @Override
        public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
            return super.read(
                    key,
                    options,
                    (info, span, body) -> reader.read(
                            info,
                            span,
                            new SequenceInputStream(
                                    new java.io.ByteArrayInputStream(body.readNBytes(after)), new Broken())));
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() {
            throw new StorageUnavailable("The store does not respond", null);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return read();
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }
}
