package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFilesTest {

    private static final int CHUNK = 1 << 10;
    private static final String KEY = "raw/demo/a.bin";
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    private Path folder;

    private FakeService service;
    private RemoteFiles files;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        files = client(QUICK).files();
    }

    private StowageClient client(RetryPolicy retries) {
        return StowageClient.builder(service.address())
                .apiKey(FakeService.KEY)
                .chunkSize(CHUNK)
                .retries(retries)
                .build();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void put_ofASmallFile_isOneRequest_withDigestTypeAndMetadata() throws Exception {
        Path file = file(100);

        UploadedFile stored = files.put(
                KEY,
                file,
                UploadOptions.DEFAULT.withContentType("text/csv").withMetadata(Map.of("owner", "Ada", "city", "Köln")));

        assertThat(stored.size()).isEqualTo(100);
        assertThat(stored.contentType()).isEqualTo("text/csv");
        assertThat(service.file(KEY).bytes()).isEqualTo(Files.readAllBytes(file));
        assertThat(service.file(KEY).metadata())
                .containsEntry("owner", "Ada")
                .containsEntry("city", "=?UTF-8?B?S8O2bG4=?=")
                .containsKey("sha256");
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void put_thatExpires_tellsTheServiceAfterHowManySeconds() throws Exception {
        UploadOptions week = UploadOptions.DEFAULT.expiringAfter(Duration.ofDays(7));

        files.put(KEY, new byte[1], week);
        files.put("raw/demo/large", file(3 * CHUNK), week);

        assertThat(service.requests.get(0)).isEqualTo("PUT /api/v1/s3/" + KEY + "?expires_in=604800");
        assertThat(service.file("raw/demo/large").metadata()).containsEntry("expires_in", "604800");
    }

    @Test
    void put_withAnotherExpiry_afterACrash_beginsAnew() throws Exception {
        Path file = file(5 * CHUNK);
        MemoryTransferStore store = new MemoryTransferStore();
        crashAfter(2 * CHUNK, file, store);

        files.put(KEY, file, UploadOptions.DEFAULT.resumedBy(store).expiringAfter(Duration.ofDays(7)));

        assertThat(service.file(KEY).metadata()).containsEntry("expires_in", "604800");
    }

    @Test
    void expiringAfter_lessThanASecond_isRefused() {
        assertThatThrownBy(() -> UploadOptions.DEFAULT.expiringAfter(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void put_underAnOddKey_roundTrips() throws Exception {
        String key = "raw/demo/a b+c%2F#?ü/x.bin";

        files.put(key, new byte[] {1}, UploadOptions.DEFAULT);

        assertThat(service.files).containsOnlyKeys(key);
    }

    @Test
    void put_ifAbsent_onAnExistingFile_fails() throws Exception {
        files.put(KEY, new byte[1], UploadOptions.DEFAULT);

        assertThatThrownBy(() -> files.put(KEY, new byte[2], UploadOptions.DEFAULT.onlyIfAbsent()))
                .isInstanceOfSatisfying(StowageException.class, e -> {
                    assertThat(e.status()).isEqualTo(412);
                    assertThat(e.error()).isEqualTo("PreconditionFailed");
                });
    }

    @Test
    void put_whileTheServiceIsUnavailable_isRepeated() throws Exception {
        service.failNext("PUT", FakeService.Kind.UNAVAILABLE);
        service.failNext("PUT", FakeService.Kind.LOST_ANSWER);

        files.put(KEY, new byte[1], UploadOptions.DEFAULT);

        assertThat(service.count("PUT")).isEqualTo(3);
    }

    @Test
    void put_withoutPatience_failsAtOnce() {
        service.failNext("PUT", FakeService.Kind.UNAVAILABLE);
        RemoteFiles impatient = client(RetryPolicy.of(Duration.ZERO)).files();

        assertThatThrownBy(() -> impatient.put(KEY, new byte[1], UploadOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void put_withoutCredential_isRefused() {
        StowageClient anonymous = StowageClient.builder(service.address()).build();

        assertThatThrownBy(() -> anonymous.files().put(KEY, new byte[1], UploadOptions.DEFAULT))
                .isInstanceOfSatisfying(StowageException.class, e -> {
                    assertThat(e.status()).isEqualTo(401);
                    assertThat(e).hasMessage("Send an API key");
                });
    }

    @Test
    void put_ofALargeFile_isSentInChunks_andTellsTheProgress() throws Exception {
        Path file = file(3 * CHUNK + 10);
        List<Long> progress = new ArrayList<>();

        UploadedFile stored =
                files.put(KEY, file, UploadOptions.DEFAULT.withListener((done, total) -> progress.add(done)));

        assertThat(stored.size()).isEqualTo(3 * CHUNK + 10);
        assertThat(service.file(KEY).bytes()).isEqualTo(Files.readAllBytes(file));
        assertThat(service.file(KEY).metadata()).containsKey("sha256");
        assertThat(service.count("PATCH")).isEqualTo(4);
        assertThat(progress).startsWith(0L, 1024L).endsWith(3L * CHUNK + 10);
    }

    @Test
    void put_ofALargeFile_afterALostAnswer_sendsNothingTwice() throws Exception {
        service.failNext("PATCH", FakeService.Kind.LOST_ANSWER);

        files.put(KEY, file(3 * CHUNK), UploadOptions.DEFAULT);

        assertThat(service.count("PATCH")).isEqualTo(3);
        assertThat(service.count("HEAD")).isEqualTo(1);
    }

    @Test
    void put_afterACrash_goesOnWithTheSameUpload() throws Exception {
        Path file = file(4 * CHUNK);
        MemoryTransferStore store = new MemoryTransferStore();
        crashAfter(2 * CHUNK, file, store);

        files.put(KEY, file, UploadOptions.DEFAULT.resumedBy(store));

        assertThat(service.uploads).hasSize(1);
        assertThat(service.count("PATCH")).isEqualTo(4);
        assertThat(service.file(KEY).bytes()).isEqualTo(Files.readAllBytes(file));
        assertThat(store.states).isEmpty();
    }

    @Test
    void put_ofAnotherVersion_afterACrash_beginsAnew() throws Exception {
        Path file = file(4 * CHUNK);
        MemoryTransferStore store = new MemoryTransferStore();
        crashAfter(2 * CHUNK, file, store);
        byte[] changed = Files.readAllBytes(file);
        changed[0]++;
        Files.write(file, changed);

        files.put(KEY, file, UploadOptions.DEFAULT.resumedBy(store));

        assertThat(service.uploads).hasSize(2);
        assertThat(service.file(KEY).bytes()).isEqualTo(changed);
    }

    @Test
    void put_whenTheUploadHasExpired_beginsAnew() throws Exception {
        Path file = file(4 * CHUNK);
        MemoryTransferStore store = new MemoryTransferStore();
        crashAfter(2 * CHUNK, file, store);
        service.uploads.clear();

        files.put(KEY, file, UploadOptions.DEFAULT.resumedBy(store));

        assertThat(service.file(KEY).bytes()).isEqualTo(Files.readAllBytes(file));
    }

    private void crashAfter(long bytes, Path file, TransferStore store) {
        TransferListener crash = (done, total) -> {
            if (done >= bytes) {
                throw new IllegalStateException("crash");
            }
        };
        assertThatThrownBy(() -> files.put(
                        KEY, file, UploadOptions.DEFAULT.resumedBy(store).withListener(crash)))
                .hasMessage("crash");
    }

    @Test
    void put_ofAFileThatChangesMeanwhile_storesNothing() throws Exception {
        Path file = file(3 * CHUNK);
        TransferListener change = (done, total) -> {
            if (done == CHUNK) {
                append(file);
            }
        };

        assertThatThrownBy(() -> files.put(KEY, file, UploadOptions.DEFAULT.withListener(change)))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.error()).isEqualTo(StowageException.FILE_CHANGED));
        assertThat(service.files).isEmpty();
        assertThat(service.uploads).isEmpty();
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void put_ofAStream_ofAnyLength_storesAllOfIt() throws Exception {
        for (int size : new int[] {0, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7}) {
            byte[] bytes = bytes(size);

            UploadedFile stored = files.put(KEY, new ByteArrayInputStream(bytes), UploadOptions.DEFAULT);

            assertThat(stored.size()).isEqualTo(size);
            assertThat(service.file(KEY).bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void get_writesTheFile_andComparesTheDigest() throws Exception {
        byte[] bytes = bytes(10_000);
        files.put(KEY, bytes(1), UploadOptions.DEFAULT);
        files.put(KEY, new ByteArrayInputStream(bytes), UploadOptions.DEFAULT);
        files.put("raw/demo/small", bytes(10), UploadOptions.DEFAULT);

        DownloadedFile large = files.get(KEY, folder.resolve("large"), DownloadOptions.DEFAULT);
        DownloadedFile small = files.get("raw/demo/small", folder.resolve("small"), DownloadOptions.DEFAULT);

        assertThat(folder.resolve("large")).hasBinaryContent(bytes);
        assertThat(large.verified()).isFalse();
        assertThat(folder.resolve("small")).hasBinaryContent(bytes(10));
        assertThat(small.verified()).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("large", "small");
    }

    @Test
    void get_whenTheConnectionBreaks_requestsTheRest() throws Exception {
        byte[] bytes = store(300_000);
        service.failNext("GET", FakeService.Kind.CUT_BODY);
        service.failNext("GET", FakeService.Kind.CUT_BODY);

        DownloadedFile done = files.get(KEY, folder.resolve("a"), DownloadOptions.DEFAULT);

        assertThat(folder.resolve("a")).hasBinaryContent(bytes);
        assertThat(done.verified()).isTrue();
        assertThat(service.count("GET")).isEqualTo(3);
    }

    @Test
    void get_afterACrash_requestsOnlyTheRest() throws Exception {
        byte[] bytes = store(300_000);
        MemoryTransferStore store = new MemoryTransferStore();
        service.failNext("GET", FakeService.Kind.CUT_BODY);
        assertThatThrownBy(() -> client(RetryPolicy.of(Duration.ZERO))
                        .files()
                        .get(KEY, folder.resolve("a"), DownloadOptions.DEFAULT.resumedBy(store)))
                .isInstanceOf(StowageException.class);
        List<Long> progress = new ArrayList<>();

        files.get(
                KEY,
                folder.resolve("a"),
                DownloadOptions.DEFAULT.resumedBy(store).withListener((done, total) -> progress.add(done)));

        assertThat(progress.get(0)).isEqualTo(150_000);
        assertThat(folder.resolve("a")).hasBinaryContent(bytes);
        assertThat(store.states).isEmpty();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void get_ofAnotherVersion_afterACrash_beginsAnew() throws Exception {
        store(300_000);
        MemoryTransferStore store = new MemoryTransferStore();
        service.failNext("GET", FakeService.Kind.CUT_BODY);
        assertThatThrownBy(() -> client(RetryPolicy.of(Duration.ZERO))
                        .files()
                        .get(KEY, folder.resolve("a"), DownloadOptions.DEFAULT.resumedBy(store)))
                .isInstanceOf(StowageException.class);
        byte[] bytes = store(200_000);

        files.get(KEY, folder.resolve("a"), DownloadOptions.DEFAULT.resumedBy(store));

        assertThat(folder.resolve("a")).hasBinaryContent(bytes);
    }

    @Test
    void get_ofBytesWithAnotherDigest_fails_andLeavesTheTarget() throws Exception {
        byte[] bytes = store(1000);
        Path target = Files.writeString(folder.resolve("a"), "old");
        byte[] damaged = bytes.clone();
        damaged[7]++;
        FakeService.StoredBytes file = service.file(KEY);
        service.files.put(KEY, new FakeService.StoredBytes(damaged, file.metadata(), file.type()));

        assertThatThrownBy(() -> files.get(KEY, target, DownloadOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        StowageException.class,
                        e -> assertThat(e.error()).isEqualTo(StowageException.CHECKSUM_MISMATCH));
        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void copyTo_andOpen_readTheBytes() throws Exception {
        byte[] bytes = store(5000);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        files.copyTo(KEY, copy, TransferListener.NONE);

        assertThat(copy.toByteArray()).isEqualTo(bytes);
        try (InputStream range = files.open(KEY, 10, 20)) {
            assertThat(range.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 10, 30));
        }
    }

    @Test
    void stat_ofAMissingFile_saysSo() {
        assertThatThrownBy(() -> files.stat("raw/demo/none")).isInstanceOfSatisfying(StowageException.class, e -> {
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.error()).isEqualTo("FileNotFound");
            assertThat(e).hasMessage("No file at raw/demo/none");
        });
    }

    @Test
    void list_returnsPages_andDeleteTellsWhetherThereWasAFile() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            files.put("raw/demo/" + name, new byte[1], UploadOptions.DEFAULT);
        }

        FileListing first = files.list("raw/demo/", "", Optional.empty());
        FileListing second = files.list("raw/demo/", "", first.next());

        assertThat(first.files()).extracting(FileListing.Entry::key).containsExactly("raw/demo/a", "raw/demo/b");
        assertThat(second.files()).extracting(FileListing.Entry::key).containsExactly("raw/demo/c");
        assertThat(second.next()).isEmpty();
        assertThat(files.delete("raw/demo/a")).isTrue();
        assertThat(files.delete("raw/demo/a")).isFalse();
    }

    @Test
    void address_ofAnUnreachableService_isInTheMessage() throws Exception {
        service.close();

        assertThatThrownBy(() -> client(RetryPolicy.of(Duration.ZERO)).files().stat(KEY))
                .isInstanceOfSatisfying(StowageException.class, e -> {
                    assertThat(e.error()).isEqualTo(StowageException.UNREACHABLE);
                    assertThat(e.status()).isZero();
                    assertThat(e).hasMessageContaining(service.address().toString());
                });
    }

    private byte[] store(int size) throws InterruptedException {
        byte[] bytes = bytes(size);
        files.put(KEY, bytes, UploadOptions.DEFAULT);
        return bytes;
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("file"), bytes(size));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
