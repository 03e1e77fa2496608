package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the store during a request: outcomes are reported correctly, and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FaultTest {

    private static final int LARGE = (12 << 20) + 1;
    private static final PutOptions IF_ABSENT = PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT);

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 faulty;
    private Storage storage;
    private int tests;
    private ObjectKey key;

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
        key = new ObjectKey("faults/" + tests++);
    }

    @AfterEach
    void close() {
        storage.close();
        faulty.close();
    }

    @Test
    void put_whenTheStoreSlowsDown_triesAgain() {
        faulty.plan(FaultyS3::isPut, FaultyS3.refusal(503, "SlowDown"));

        ObjectInfo info =
                storage.objects().put(key, bytes(100), PutOptions.DEFAULT).info();

        assertThat(storage.objects().stat(key).orElseThrow().etag()).isEqualTo(info.etag());
        assertThat(faulty.seen()).filteredOn(FaultyS3::isPut).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void put_ofStreamWhenTheStoreSlowsDown_isUnavailableAndSentOnce() {
        faulty.plan(FaultyS3::isPut, FaultyS3.refusal(503, "SlowDown"));

        assertThatThrownBy(() -> storage.objects().put(key, stream(100), PutOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(faulty.seen()).filteredOn(request -> isPutOf(request, key)).hasSize(1);
        assertThat(storage.objects().stat(key)).isEmpty();
    }

    @Test
    void put_ifAbsentWithLostResponse_isKnownToHaveSucceeded() {
        faulty.plan(request -> isPutOf(request, key), FaultyS3.lostAnswer());

        ObjectInfo info = storage.objects().put(key, bytes(100), IF_ABSENT).info();

        assertThat(storage.objects().stat(key)).hasValue(info);
        assertThat(info.attributes()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    void put_ifAbsentOfStreamWithLostResponse_isKnownToHaveSucceeded() {
        faulty.plan(request -> isPutOf(request, key), FaultyS3.lostAnswer());

        ObjectInfo info = storage.objects().put(key, stream(100), IF_ABSENT).info();

        assertThat(storage.objects().stat(key)).hasValue(info);
    }

    @Test
    void put_ifMatchWithLostResponse_isKnownToHaveSucceeded() {
        Etag old =
                storage.objects().put(key, bytes(1), PutOptions.DEFAULT).info().etag();
        faulty.plan(request -> isPutOf(request, key), FaultyS3.lostAnswer());

        ObjectInfo info = storage.objects()
                .put(key, bytes(100), PutOptions.DEFAULT.withCondition(new WriteCondition.IfMatch(old)))
                .info();

        assertThat(info.size()).isEqualTo(100);
    }

    @Test
    void put_ifAbsentWithLostResponseAndAnotherClientsObject_isNotReportedAsRefused() {
        faulty.plan(request -> isPutOf(request, key), (exchange, body, forward) -> {
            putDirectly();
            FaultyS3.refusal(500, "InternalError").meet(exchange, body, forward);
        });

        assertThatThrownBy(() -> storage.objects().put(key, bytes(100), IF_ABSENT))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void put_ifAbsentOnExisting_isRefused() {
        storage.objects().put(key, bytes(1), PutOptions.DEFAULT);

        assertThatThrownBy(() -> storage.objects().put(key, bytes(100), IF_ABSENT))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void put_inPartsWithLostResponseOfTheCompletion_isKnownToHaveSucceeded() {
        for (PutOptions options : List.of(PutOptions.DEFAULT, IF_ABSENT)) {
            ObjectKey large =
                    new ObjectKey(key + "/" + options.condition().getClass().getSimpleName());
            faulty.plan(FaultyS3::isCompletion, FaultyS3.lostAnswer());

            ObjectInfo info =
                    storage.objects().put(large, stream(LARGE), options).info();

            assertThat(storage.objects().stat(large).orElseThrow().etag()).isEqualTo(info.etag());
            assertThat(info.size()).isEqualTo(LARGE);
        }
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void put_inPartsWithAFailedPart_retriesIt() {
        faulty.plan(FaultyS3::isPart, FaultyS3.refusal(503, "SlowDown"));

        storage.objects().put(key, Content.of(new byte[LARGE]), PutOptions.DEFAULT);

        assertThat(storage.objects().stat(key).orElseThrow().size()).isEqualTo(LARGE);
    }

    @Test
    void put_inPartsThatAreRefused_leavesNothing() {
        faulty.plan(FaultyS3::isPart, FaultyS3.refusal(403, "AccessDenied"));

        assertThatThrownBy(() -> storage.objects().put(key, stream(LARGE), PutOptions.DEFAULT))
                .isInstanceOf(dev.stowage.core.error.StorageRejected.class);

        assertThat(storage.objects().stat(key)).isEmpty();
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void put_inPartsWhoseCompletionIsAnErrorWith200_fails() {
        for (int i = 0; i < 4; i++) {
            faulty.plan(FaultyS3::isCompletion, FaultyS3.refusal(200, "InternalError"));
        }

        assertThatThrownBy(() -> storage.objects().put(key, stream(LARGE), PutOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(storage.objects().stat(key)).isEmpty();
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void complete_withLostResponse_isKnownToHaveSucceeded() {
        for (WriteCondition condition : List.of(WriteCondition.NONE, WriteCondition.IF_ABSENT)) {
            ObjectKey target = new ObjectKey(key + "/" + condition.getClass().getSimpleName());
            UploadId upload = storage.uploads().create(target, ObjectAttributes.DEFAULT);
            PartTag part = put(target, upload, 1);
            faulty.plan(FaultyS3::isCompletion, FaultyS3.lostAnswer());

            ObjectInfo info = storage.uploads().complete(target, upload, List.of(part), condition);

            assertThat(storage.objects().stat(target)).hasValue(info);
        }
    }

    @Test
    void complete_ifAbsentOnExisting_isRefusedAndStaysOpen() {
        UploadId upload = storage.uploads().create(key, ObjectAttributes.DEFAULT);
        PartTag part = put(key, upload, 1);
        storage.objects().put(key, bytes(1), PutOptions.DEFAULT);

        assertThatThrownBy(() -> storage.uploads().complete(key, upload, List.of(part), WriteCondition.IF_ABSENT))
                .isInstanceOf(PreconditionFailed.class);

        storage.uploads().abort(key, upload);
    }

    @Test
    void read_longerThanTheCallLimit_continues() throws IOException {
        storage.objects().put(key, bytes(8 << 20), PutOptions.DEFAULT);
        InputStream pause =
                new PausingStream(new byte[2], Stores.SHORT_TIMEOUTS.call().plusMillis(500));

        long length = storage.objects().read(key, ReadOptions.ALL, (info, span, body) -> {
            body.skipNBytes(10);
            pause.readNBytes(2);
            return 10 + body.transferTo(OutputStream.nullOutputStream());
        });

        assertThat(length).isEqualTo(8 << 20);
    }

    @Test
    void delete_whereBatchesAreRefused_deletesOneByOne() {
        ObjectKey other = new ObjectKey(key + "-other");
        for (String code : List.of("MalformedXML", "NotImplemented")) {
            storage.objects().put(key, bytes(1), PutOptions.DEFAULT);
            storage.objects().put(other, bytes(1), PutOptions.DEFAULT);
            faulty.plan(
                    request -> request.query().startsWith("delete"),
                    FaultyS3.refusal(code.equals("MalformedXML") ? 400 : 501, code));

            assertThat(storage.objects().delete(List.of(key, other)))
                    .containsExactly(new DeleteResult.Deleted(key), new DeleteResult.Deleted(other));
            assertThat(storage.objects().stat(key)).isEmpty();
        }
    }

    @Test
    void refusedDelete_isReportedForEachExistingKey() {
        ObjectKey other = new ObjectKey(key + "-other");
        ObjectKey missing = new ObjectKey(key + "-missing");
        storage.objects().put(key, bytes(1), PutOptions.DEFAULT);
        storage.objects().put(other, bytes(1), PutOptions.DEFAULT);
        faulty.plan(request -> request.query().startsWith("delete"), FaultyS3.refusal(403, "AccessDenied"));

        List<DeleteResult> results = storage.objects().delete(List.of(key, missing, other));

        assertThat(results).extracting(DeleteResult::key).containsExactly(key, missing, other);
        assertThat(results.get(0)).isInstanceOf(DeleteResult.Failed.class);
        assertThat(results.get(1)).isEqualTo(new DeleteResult.Missing(missing));
        assertThat(results.get(2)).isInstanceOf(DeleteResult.Failed.class);
        assertThat(storage.objects().stat(key)).isPresent();
    }

    @Test
    void allCalls_toAnUnreachableStore_areUnavailable() {
        faulty.close();

        assertThatThrownBy(() -> storage.objects().put(key, stream(100), PutOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.objects().put(key, stream(LARGE), IF_ABSENT))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.objects().stat(key)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.objects().copy(key, new ObjectKey("x"), CopyOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.uploads().listUploads(KeyPrefix.ALL, 10, Optional.empty()))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(storage::check).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void put_whileTheClientPauses_isNotAStall() {
        InputStream slow =
                new PausingStream(new byte[20_000], Stores.SHORT_TIMEOUTS.idle().multipliedBy(2));

        storage.objects().put(key, Content.once(slow, OptionalLong.of(20_000)), PutOptions.DEFAULT);

        assertThat(storage.objects().stat(key).orElseThrow().size()).isEqualTo(20_000);
    }

    @Test
    void abort_ofUnknownUpload_isNotFound() {
        assertThatThrownBy(() -> storage.uploads().abort(key, new UploadId("nobody")))
                .isInstanceOf(NotFound.class);
    }

    private PartTag put(ObjectKey target, UploadId upload, int number) {
        PartNumber part = new PartNumber(number);
        return new PartTag(
                part,
                storage.uploads()
                        .putPart(target, upload, part, bytes(100), List.of())
                        .etag());
    }

    private void putDirectly() throws IOException {
        try (Storage other = Stores.open(server.endpoint(), directory)) {
            other.objects().put(key, bytes(7), PutOptions.DEFAULT);
        }
    }

    private static boolean isPutOf(FaultyS3.Request request, ObjectKey key) {
        return FaultyS3.isPut(request) && request.path().endsWith("/" + key);
    }

    private static Content bytes(int size) {
        return Content.of(new byte[size]);
    }

    private static Content stream(int size) {
        return Content.once(new ByteArrayInputStream(new byte[size]), OptionalLong.of(size));
    }
}
