package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of objects that are too large for one request; the limit is lowered to 6 MiB. */
final class CopyInPartsTest {

    private static final ObjectKey SOURCE = new ObjectKey("source");
    private static final ObjectKey TARGET = new ObjectKey("target");
    private static final ObjectAttributes NOTED =
            new ObjectAttributes(new ContentType("a/b"), new Metadata(Map.of("note", "caf\u00E9")));

    private final byte[] bytes = new byte[(16 << 20) + 3];

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 faulty;
    private Storage storage;
    private ObjectInfo source;

    @BeforeEach
    void store() {
        new Random(1).nextBytes(bytes);
        server = S3Server.start();
        faulty = new FaultyS3(server.endpoint());
        storage = Stores.openWithDefaultTimeouts(faulty.endpoint(), directory);
        source = storage.objects()
                .put(SOURCE, Content.of(bytes), PutOptions.of(NOTED))
                .info();
    }

    @AfterEach
    void close() {
        storage.close();
        faulty.close();
        server.close();
    }

    @Test
    void copy_keepsBytesAndAttributes() throws IOException {
        ObjectInfo copy = storage.objects().copy(SOURCE, TARGET, CopyOptions.DEFAULT);

        assertThat(copy.size()).isEqualTo(bytes.length);
        assertThat(copy.attributes()).isEqualTo(NOTED);
        assertThat(storage.objects().stat(TARGET).orElseThrow().attributes()).isEqualTo(NOTED);
        assertThat(read()).isEqualTo(bytes);
        assertThat(faulty.seen())
                .filteredOn(FaultyS3::isPart)
                .filteredOn(request -> request.headers().containsKey("X-amz-copy-source-range"))
                .hasSize(4);
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void copy_withReplacement_hasTheNewAttributes() {
        CopyOptions replacing =
                new CopyOptions(WriteCondition.NONE, Optional.empty(), AttributeChanges.to(ObjectAttributes.DEFAULT));

        storage.objects().copy(SOURCE, TARGET, replacing);

        assertThat(storage.objects().stat(TARGET).orElseThrow().attributes()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    void copy_ofAnotherVersionThanAsked_isRefused() {
        CopyOptions other =
                new CopyOptions(WriteCondition.NONE, Optional.of(new Etag("nobodys")), AttributeChanges.NONE);

        assertThatThrownBy(() -> storage.objects().copy(SOURCE, TARGET, other)).isInstanceOf(PreconditionFailed.class);
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void copy_whoseSourceIsReplacedMeanwhile_isOfTheNewVersion() throws IOException {
        byte[] newer = new byte[bytes.length + 1];
        ObjectInfo copy;
        try (Storage other = Stores.open(server.endpoint(), directory)) {
            faulty.plan(FaultyS3::isPart, (exchange, body, forward) -> {
                other.objects().put(SOURCE, Content.of(newer), PutOptions.DEFAULT);
                FaultyS3.refusal(503, "SlowDown").meet(exchange, body, forward);
            });

            copy = storage.objects().copy(SOURCE, TARGET, CopyOptions.DEFAULT);
        }

        assertThat(copy.size()).isEqualTo(newer.length);
        assertThat(copy.etag()).isNotEqualTo(source.etag());
        assertThat(read()).isEqualTo(newer);
        assertThat(server.openUploads()).isZero();
    }

    @Test
    void copy_carriesTheTags() {
        byte[] tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>a b</Value></Tag></TagSet></Tagging>"
                .getBytes(StandardCharsets.UTF_8);
        faulty.plan(request -> request.query().equals("tagging"), (exchange, body, forward) -> {
            exchange.sendResponseHeaders(200, tags.length);
            exchange.getResponseBody().write(tags);
        });

        storage.objects().copy(SOURCE, TARGET, CopyOptions.DEFAULT);

        assertThat(faulty.seen())
                .filteredOn(request -> request.query().equals("uploads"))
                .last()
                .satisfies(request ->
                        assertThat(request.headers().get("X-amz-tagging")).containsExactly("team=a%20b"));
    }

    @Test
    void copy_withAFailedPart_leavesNothing() {
        for (int i = 0; i < 40; i++) {
            faulty.plan(FaultyS3::isPart, FaultyS3.refusal(500, "InternalError"));
        }

        assertThatThrownBy(() -> storage.objects().copy(SOURCE, TARGET, CopyOptions.DEFAULT))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(storage.objects().stat(TARGET)).isEmpty();
        assertThat(server.openUploads()).isZero();
    }

    private byte[] read() throws IOException {
        return storage.objects().read(TARGET, ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }
}
