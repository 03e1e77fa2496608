package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RemoteDownloadTest extends RemoteFilesSuite {

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

    private byte[] store(int size) throws InterruptedException {
        byte[] bytes = bytes(size);
        files.put(KEY, bytes, UploadOptions.DEFAULT);
        return bytes;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }
}
