package dev.stowage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave behind that end at any moment, and servers with fewer extensions. */
final class CrashTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    private final TestClock clock = new TestClock(Instant.now());
    private TestServer server;
    private SftpStorage storage;

    @BeforeEach
    void open(@TempDir Path folder) {
        server = new TestServer(folder);
        storage = SftpStorage.open(SftpConfig.from(new Settings(server.settings())), clock);
    }

    @AfterEach
    void close() {
        storage.close();
        server.close();
    }

    @Test
    void sweep_removesFilesOfEndedProcesses_only() throws IOException {
        Path ended = process("ended", Duration.ofHours(2));
        Path running = process("running", Duration.ofMinutes(50));
        Files.createDirectory(ended.resolve("discarded"));
        Files.writeString(ended.resolve("discarded/part-00001"), "bytes");

        // Also the file that says that the process is running.
        assertThat(sweep()).isEqualTo(new Freed(3, 4 + 5));

        assertThat(ended).doesNotExist();
        assertThat(running.resolve("file")).exists();
        assertThat(sweep()).isEqualTo(new Freed(0, 0));
    }

    @Test
    void sweep_removesWhatThisProcessCouldNotRemove() throws IOException {
        Path own;
        try (var folders = Files.list(server.store().resolve("tmp"))) {
            own = folders.findFirst().orElseThrow();
        }
        Files.writeString(own.resolve("left"), "1234");

        assertThat(sweep()).isEqualTo(new Freed(1, 4));
    }

    @Test
    void put_afterTheTemporaryFolderWasRemoved_creates() throws IOException {
        try (var files = Files.walk(server.store().resolve("tmp"))) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.endsWith("tmp")) {
                    Files.delete(path);
                }
            }
        }

        put("text");

        assertThat(text()).isEqualTo("text");
    }

    @Test
    void uploadWhoseCompletionDidNotEnd_isOpenAgain() throws IOException {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        List<PartTag> parts = List.of(part(upload));
        Files.move(uploadFolder(upload), completing(upload));

        assertThatThrownBy(() -> complete(upload, parts)).isInstanceOf(Conflict.class);
        sweep();
        assertThatThrownBy(() -> storage.uploads().abort(KEY, upload)).isInstanceOf(Conflict.class);
        clock.advance(Duration.ofMinutes(3));
        sweep();

        assertThat(storage.uploads()
                        .listUploads(KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .hasSize(1);
        complete(upload, parts);
        assertThat(text()).isEqualTo("part");
    }

    @Test
    void uploadWhoseObjectWasStored_isDiscarded() throws IOException {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        List<PartTag> parts = List.of(part(upload));
        Path saved = Files.createDirectory(server.store().resolve("saved"));
        try (var files = Files.list(uploadFolder(upload))) {
            for (Path file : files.toList()) {
                Files.copy(file, saved.resolve(file.getFileName()));
            }
        }
        complete(upload, parts);
        Files.move(saved, completing(upload));

        sweep();
        clock.advance(Duration.ofMinutes(3));
        sweep();

        assertThat(completing(upload)).doesNotExist();
        assertThatThrownBy(() -> complete(upload, parts)).isInstanceOf(NotFound.class);
        assertThat(text()).isEqualTo("part");
    }

    @Test
    void uploadIdWithAPath_isNotFound() {
        UploadId other = new UploadId("../../../objects");

        assertThatThrownBy(() -> storage.uploads().abort(KEY, other)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> complete(other, List.of())).isInstanceOf(NotFound.class);
    }

    @Test
    void copy_byServerThatDoesNotCopy_goesThroughTheProcess() throws IOException {
        storage.close();
        server.offerOnly("posix-rename@openssh.com=1");
        storage = SftpStorage.open(SftpConfig.from(new Settings(server.settings())), clock);
        String large = "0123456789".repeat(50_000);
        put(large);
        ObjectKey target = new ObjectKey("raw/p/b");

        storage.objects().copy(KEY, target, CopyOptions.DEFAULT);

        assertThat(text(target)).isEqualTo(large);
    }

    private Path process(String name, Duration age) throws IOException {
        Path folder = Files.createDirectory(server.store().resolve("tmp").resolve(name));
        Files.writeString(folder.resolve("file"), "123");
        Path alive = Files.writeString(folder.resolve("alive"), "\n");
        Files.setLastModifiedTime(alive, FileTime.from(Instant.now().minus(age)));
        return folder;
    }

    private Freed sweep() {
        return storage.maintenance().orElseThrow().sweep();
    }

    private Path uploadFolder(UploadId upload) {
        return server.store().resolve("uploads/raw.d/p.d/a.o").resolve(upload.value());
    }

    private Path completing(UploadId upload) {
        return server.store().resolve("completing").resolve(upload.value());
    }

    private PartTag part(UploadId upload) {
        PartInfo part = storage.uploads().putPart(KEY, upload, new PartNumber(1), content("part"), List.of());
        return new PartTag(part.number(), part.etag());
    }

    private void complete(UploadId upload, List<PartTag> parts) {
        storage.uploads().complete(KEY, upload, parts, WriteCondition.NONE);
    }

    private void put(String text) {
        storage.objects().put(KEY, content(text), PutOptions.DEFAULT);
    }

    private String text() throws IOException {
        return text(KEY);
    }

    private String text(ObjectKey key) throws IOException {
        return storage.objects()
                .read(
                        key,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.US_ASCII));
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
