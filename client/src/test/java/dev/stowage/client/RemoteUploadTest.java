package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteUploadTest extends RemoteFilesSuite {

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
    void put_withoutRetryTimeout_failsAtOnce() {
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
}
