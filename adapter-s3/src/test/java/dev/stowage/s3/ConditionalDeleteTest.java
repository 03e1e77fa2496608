package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conditional deletions on a store that ignores the condition, refuses late, or loses its answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConditionalDeleteTest {

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 faulty;
    private Storage storage;
    private int tests;
    private ObjectKey key;
    private Etag etag;

    @BeforeAll
    void startServer() {
        server = S3Server.start();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        faulty = new FaultyS3(server.endpoint());
        storage = Stores.open(faulty.endpoint(), directory);
        key = new ObjectKey("conditional/" + tests++);
        etag = put(storage, 1);
    }

    @AfterEach
    void close() {
        storage.close();
        faulty.close();
    }

    @Test
    void deleteMatching_sendsTheConditionToTheStore() {
        assertThat(delete()).isEqualTo(new DeleteResult.Deleted(key));

        assertThat(faulty.seen())
                .filteredOn(this::isDeletion)
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).anySatisfy((name, values) -> {
                    assertThat(name).isEqualToIgnoringCase("If-Match");
                    assertThat(values).containsExactly(etag.quoted());
                }));
    }

    @Test
    void deleteMatching_onAnotherVersion_sendsNoDeletion() {
        put(storage, 2);

        refused(delete(), PreconditionFailed.class);

        assertThat(faulty.seen()).noneMatch(this::isDeletion);
    }

    @Test
    void deleteMatching_whenTheStoreRefuses_keepsTheObject() {
        faulty.plan(this::isDeletion, FaultyS3.refusal(412, "PreconditionFailed"));

        refused(delete(), PreconditionFailed.class);

        assertThat(storage.objects().stat(key)).isPresent();
    }

    @Test
    void deleteMatching_ofAnObjectDeletedMeanwhile_isMissing() {
        faulty.plan(this::isDeletion, FaultyS3.refusal(404, "NoSuchKey"));

        assertThat(delete()).isEqualTo(new DeleteResult.Missing(key));
    }

    @Test
    void deleteMatching_withLostResponse_isKnownToHaveDeleted() {
        faulty.plan(this::isDeletion, (exchange, body, forward) -> {
            faulty.plan(this::isDeletion, FaultyS3.refusal(412, "PreconditionFailed"));
            FaultyS3.lostAnswer().meet(exchange, body, forward);
        });

        assertThat(delete()).isEqualTo(new DeleteResult.Deleted(key));
        assertThat(storage.objects().stat(key)).isEmpty();
    }

    @Test
    void deleteMatching_withLostResponseAndANewerObject_isNotReportedAsRefused() {
        faulty.plan(this::isDeletion, (exchange, body, forward) -> {
            putDirectly();
            faulty.plan(this::isDeletion, FaultyS3.refusal(412, "PreconditionFailed"));
            FaultyS3.refusal(500, "InternalError").meet(exchange, body, forward);
        });

        refused(delete(), StorageUnavailable.class);

        assertThat(storage.objects().stat(key))
                .hasValueSatisfying(info -> assertThat(info.size()).isEqualTo(7));
    }

    private DeleteResult delete() {
        List<DeleteResult> results = storage.objects().deleteMatching(Map.of(key, etag));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static void refused(DeleteResult result, Class<?> reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        DeleteResult.Failed.class,
                        failed -> assertThat(failed.reason()).isInstanceOf(reason));
    }

    private Etag put(Storage to, int size) {
        return to.objects()
                .put(key, Content.of(new byte[size]), PutOptions.DEFAULT)
                .info()
                .etag();
    }

    private void putDirectly() throws IOException {
        try (Storage other = Stores.open(server.endpoint(), directory)) {
            Etag unused = put(other, 7);
        }
    }

    private boolean isDeletion(FaultyS3.Request request) {
        return request.method().equals("DELETE") && request.path().endsWith("/" + key);
    }
}
