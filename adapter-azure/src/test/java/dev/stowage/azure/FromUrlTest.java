package dev.stowage.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Joins and copies by a store that reads other blobs itself, unlike the emulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FromUrlTest {

    private static final ObjectKey ONE = new ObjectKey("a b/\u00E9%1");
    private static final ObjectKey TWO = new ObjectKey("two");
    private static final ObjectKey TARGET = new ObjectKey("target");
    private static final ObjectKey NEW = new ObjectKey("new");
    private static final AttributeChanges CHANGE =
            new AttributeChanges(Optional.of(new ContentType("text/csv")), Optional.empty(), Map.of());

    @TempDir
    static Path folder;

    private Azurite azurite;
    private FromUrlServer server;
    private AzureStorage storage;

    @BeforeAll
    void open() throws IOException {
        azurite = Azurite.start(folder);
        AzureConfig config = azurite.config();
        server = new FromUrlServer(config);
        URI endpoint = server.endpoint();
        storage = AzureStorage.open(
                new AzureConfig(
                        config.account(),
                        config.key(),
                        config.container(),
                        endpoint,
                        endpoint,
                        true,
                        config.timeouts()),
                InstantSource.system());
    }

    @AfterAll
    void close() {
        if (storage != null) {
            storage.close();
            server.close();
            azurite.close();
        }
    }

    @Test
    void concatenate_makesABlockOfEachSource() throws IOException {
        put(ONE, "one");
        put(TWO, "two");
        int before = server.blocks();

        ObjectInfo joined = objects()
                .concatenate(List.of(TWO, ONE, TWO), NEW, ObjectAttributes.DEFAULT, WriteCondition.IF_ABSENT)
                .orElseThrow();

        assertEquals("twoonetwo", text(NEW));
        assertEquals(9, joined.size());
        assertEquals(3, server.blocks() - before);
    }

    @Test
    void complete_makesABlockOfEachPart() throws IOException {
        UploadId upload = storage.uploads().create(TARGET, ObjectAttributes.DEFAULT);
        PartTag second = part(upload, 2, "second");
        PartTag first = part(upload, 1, "first ");
        int before = server.blocks();

        storage.uploads().complete(TARGET, upload, List.of(first, second), WriteCondition.NONE);

        assertEquals("first second", text(TARGET));
        assertEquals(2, server.blocks() - before);
    }

    @Test
    void copyWithChanges_ofASourceThatIsReplacedMeanwhile_hasTheNewVersion() throws IOException {
        put(ONE, "old");
        server.beforeNextBlock(() -> put(ONE, "newer"));

        ObjectInfo copied = objects().copy(ONE, TARGET, new CopyOptions(WriteCondition.NONE, Optional.empty(), CHANGE));

        assertEquals("newer", text(TARGET));
        assertEquals(objects().stat(TARGET).orElseThrow(), copied);
        assertEquals("text/csv", copied.attributes().contentType().value());
    }

    @Test
    void copyWithChanges_whileTheTargetIsWritten_startsOver() throws IOException {
        put(ONE, "one");
        // Discards the block that was stored before.
        put(TARGET, "old");
        server.beforeNextBlock(() -> server.beforeNextBlock(() -> put(TARGET, "other")));

        objects().concatenate(List.of(ONE, ONE), TARGET, ObjectAttributes.DEFAULT, WriteCondition.NONE);

        assertEquals("oneone", text(TARGET));
    }

    private ObjectStore objects() {
        return storage.objects();
    }

    private void put(ObjectKey key, String text) {
        objects().put(key, Content.of(text.getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }

    private PartTag part(UploadId upload, int number, String text) {
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        PartInfo part = storage.uploads().putPart(TARGET, upload, new PartNumber(number), content, List.of());
        return new PartTag(part.number(), part.etag());
    }

    private String text(ObjectKey key) throws IOException {
        return objects().read(key, ReadOptions.ALL, (info, span, body) -> {
            byte[] bytes = body.readAllBytes();
            assertEquals(info.size(), bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        });
    }
}
