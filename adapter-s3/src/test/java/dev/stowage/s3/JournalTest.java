package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.BreakingContent;
import dev.stowage.testkit.fault.FaultyS3;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every upload that the adapter creates is recorded before. */
@Timeout(60)
final class JournalTest {

    private static final int LARGE = (12 << 20) + 1;
    private static final ObjectKey KEY = new ObjectKey("raw/p/large");

    @TempDir
    private static Path directory;

    private final RecordingJournal journal = new RecordingJournal();
    private S3Server server;
    private FaultyS3 faulty;
    private Storage storage;

    @BeforeEach
    void open() {
        server = S3Server.start();
        faulty = new FaultyS3(server.endpoint());
        storage = Stores.open(S3Server.settings(faulty.endpoint()), Stores.SMALL, directory, journal);
    }

    @AfterEach
    void close() {
        storage.close();
        faulty.close();
        server.close();
    }

    @Test
    void largePut_isRecorded_fromBeforeItsCreation_toItsEnd() {
        put(KEY);

        assertThat(journal.lines()).containsExactly("open " + KEY + " " + LARGE, "begun", "ended clean");
    }

    @Test
    void smallPut_isNotAnUpload() {
        storage.objects().put(KEY, Bodies.pattern(1000, 1), PutOptions.DEFAULT);

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void largeCopy_isRecorded() {
        put(KEY);
        ObjectKey target = new ObjectKey("raw/p/copy");
        journal.lines().clear();

        storage.objects().copy(KEY, target, CopyOptions.DEFAULT);

        assertThat(journal.lines()).containsExactly("open " + target + " " + LARGE, "begun", "ended clean");
    }

    @Test
    void interruptedBody_endsClean() {
        assertThatThrownBy(() -> storage.objects()
                        .put(KEY, BreakingContent.after(LARGE / 2, 1, OptionalLong.of(LARGE)), PutOptions.DEFAULT))
                .isInstanceOf(StorageException.class);

        assertThat(journal.lines()).last().isEqualTo("ended clean");
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void failedAbort_endsUnclean() {
        for (int attempt = 0; attempt < 20; attempt++) {
            faulty.plan(request -> request.method().equals("DELETE"), FaultyS3.refusal(503, "SlowDown"));
        }

        assertThatThrownBy(() -> storage.objects()
                        .put(KEY, BreakingContent.after(LARGE / 2, 1, OptionalLong.of(LARGE)), PutOptions.DEFAULT))
                .isInstanceOf(StorageException.class);

        assertThat(journal.lines()).last().isEqualTo("ended unclean");
    }

    @Test
    void creationWithLostResponse_endsUnclean() {
        for (int attempt = 0; attempt < 20; attempt++) {
            faulty.plan(
                    request ->
                            request.method().equals("POST") && request.query().startsWith("uploads"),
                    FaultyS3.lostAnswer());
        }

        assertThatThrownBy(() -> put(KEY)).isInstanceOf(StorageUnavailable.class);

        assertThat(journal.lines()).containsExactly("open " + KEY + " " + LARGE, "ended unclean");
    }

    @Test
    void uploadThatCanNotBeRecorded_isAborted() {
        assertThatThrownBy(() -> put(new ObjectKey("raw/p/full"))).isInstanceOf(StorageFull.class);

        assertThat(journal.lines()).last().isEqualTo("ended clean");
        assertThat(server.openUploads()).isZero();
    }

    private void put(ObjectKey key) {
        storage.objects().put(key, Bodies.pattern(LARGE, 1), PutOptions.DEFAULT);
    }
}
