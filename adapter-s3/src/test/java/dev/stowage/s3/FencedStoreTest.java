package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The requests of a store whose fence is closed before or during a call. Copies in parts begin at 6 MiB. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FencedStoreTest {

    private static final ObjectKey SMALL = new ObjectKey("small");
    private static final ObjectKey LARGE = new ObjectKey("large");
    private static final ObjectKey TARGET = new ObjectKey("target");

    private final byte[] bytes = new byte[(11 << 20) + 3];

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 faulty;
    private Storage storage;
    private ObjectStore fenced;
    private ObjectInfo small;
    private ObjectInfo target;
    private volatile boolean open = true;

    @BeforeEach
    void store() {
        server = S3Server.start();
        faulty = new FaultyS3(server.endpoint());
        storage = Stores.open(faulty.endpoint(), directory);
        fenced = storage.objects().under(() -> open);
        small = put(SMALL, new byte[3]);
        target = put(TARGET, new byte[7]);
        ObjectInfo unused = put(LARGE, bytes);
    }

    @AfterEach
    void close() {
        storage.close();
        faulty.close();
        server.close();
    }

    @Test
    void change_behindAClosedFence_sendsNothing() {
        open = false;
        int before = changes();
        List<Consumer<ObjectStore>> calls = List.of(
                store -> store.put(TARGET, Content.of(new byte[1]), PutOptions.DEFAULT),
                store -> store.put(TARGET, Content.of(bytes), PutOptions.DEFAULT),
                store -> store.put(TARGET, unknownLength(), PutOptions.DEFAULT),
                store -> store.copy(SMALL, TARGET, CopyOptions.DEFAULT),
                store -> store.copy(LARGE, TARGET, CopyOptions.DEFAULT),
                store ->
                        store.concatenate(List.of(LARGE, SMALL), TARGET, ObjectAttributes.DEFAULT, WriteCondition.NONE),
                store -> succeed(store.delete(List.of(SMALL))),
                store -> succeed(store.delete(List.of(SMALL, TARGET))),
                store -> succeed(store.remove(List.of(SMALL, TARGET))),
                store -> succeed(store.deleteMatching(Map.of(SMALL, small.etag()))));
        for (Consumer<ObjectStore> call : calls) {
            assertThatThrownBy(() -> call.accept(fenced)).isInstanceOf(StorageUnavailable.class);
        }
        assertThat(changes()).isEqualTo(before);
        assertThat(fenced.stat(TARGET))
                .hasValueSatisfying(info -> assertThat(info.etag()).isEqualTo(target.etag()));
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void store_withAnOpenFence_worksAsWithout() {
        assertThat(fenced.copy(LARGE, TARGET, CopyOptions.DEFAULT).size()).isEqualTo(bytes.length);
        assertThat(fenced.put(TARGET, unknownLength(), PutOptions.DEFAULT)
                        .info()
                        .size())
                .isEqualTo(bytes.length);
        succeed(fenced.deleteMatching(Map.of(SMALL, small.etag())));
        succeed(fenced.delete(List.of(LARGE, TARGET)));
        assertThat(fenced.capabilities()).isEqualTo(storage.objects().capabilities());
    }

    @Test
    void copyInParts_whoseFenceIsClosedMeanwhile_isNotCompleted() {
        closeAt(FaultyS3::isPart);

        assertThatThrownBy(() -> fenced.copy(LARGE, TARGET, CopyOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);

        targetIsAsBefore();
    }

    @Test
    void put_whoseFenceIsClosedAfterItsParts_isNotCompleted() {
        closeAt(FaultyS3::isPart);

        assertThatThrownBy(() -> fenced.put(TARGET, unknownLength(), PutOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);

        targetIsAsBefore();
    }

    @Test
    void refusedDeletion_isNotRepeated_onceTheFenceIsClosed() {
        faulty.plan(request -> request.method().equals("DELETE"), (exchange, body, forward) -> {
            open = false;
            FaultyS3.refusal(503, "SlowDown").meet(exchange, body, forward);
        });

        assertThatThrownBy(() -> succeed(fenced.delete(List.of(TARGET)))).isInstanceOf(StorageUnavailable.class);

        assertThat(storage.objects().stat(TARGET)).isPresent();
    }

    @Test
    void bulkDeletion_whoseFenceIsClosedAtAnyCheck_deletesNothing() {
        int checks = 0;
        while (!isDeleted(checks)) {
            assertThat(storage.objects().stat(SMALL))
                    .as("after %d checks", checks)
                    .isPresent();
            assertThat(storage.objects().stat(TARGET))
                    .as("after %d checks", checks)
                    .isPresent();
            checks++;
        }
        assertThat(checks).as("checks, one of them while the keys are sent").isGreaterThan(1);
    }

    /** Deletes two objects behind a fence that is open for so many checks. */
    private boolean isDeleted(int checks) {
        AtomicInteger left = new AtomicInteger(checks);
        try {
            succeed(storage.objects().under(() -> left.getAndDecrement() > 0).remove(List.of(SMALL, TARGET)));
            return true;
        } catch (StorageUnavailable refused) {
            return false;
        }
    }

    private void closeAt(Predicate<FaultyS3.Request> which) {
        faulty.planAlways(which, (exchange, body, forward) -> {
            open = false;
            faulty.pause(Duration.ZERO).meet(exchange, body, forward);
        });
    }

    private void targetIsAsBefore() {
        assertThat(faulty.seen().stream().filter(FaultyS3::isCompletion).count())
                .as("completions but that of the large object")
                .isLessThanOrEqualTo(1);
        assertThat(storage.objects().stat(TARGET))
                .hasValueSatisfying(info -> assertThat(info.etag()).isEqualTo(target.etag()));
        assertThat(server.openUploads()).isZero();
    }

    /** Requests that change something. */
    private int changes() {
        return (int) faulty.seen().stream()
                .filter(request -> !List.of("GET", "HEAD").contains(request.method()))
                .count();
    }

    private Content unknownLength() {
        return Content.once(new ByteArrayInputStream(bytes), OptionalLong.empty());
    }

    private static void succeed(List<DeleteResult> results) {
        for (DeleteResult result : results) {
            if (result instanceof DeleteResult.Failed failed) {
                StorageException reason = failed.reason();
                throw reason;
            }
        }
    }

    private ObjectInfo put(ObjectKey key, byte[] body) {
        return storage.objects().put(key, Content.of(body), PutOptions.DEFAULT).info();
    }
}
