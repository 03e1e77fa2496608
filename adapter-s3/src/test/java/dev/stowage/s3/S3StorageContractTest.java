package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.testkit.StorageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The storage contract over HTTP, against a server that verifies signatures. */
final class S3StorageContractTest extends StorageContract {

    private static final long MIB = 1L << 20;

    private final S3Server server = S3Server.start();

    @TempDir
    private static Path directory;

    @Override
    protected Storage open() {
        Settings settings = new Settings(server.settings());
        StorageOpener opener = new S3StorageProvider().configure(settings);
        assertThat(settings.problems()).isEmpty();
        return opener.open(new StorageOpener.Environment(directory, Clock.systemUTC()));
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    public long leftovers() {
        return server.openUploads();
    }

    /** The server's lists are not valid XML when its continuation token has a control character. */
    @Override
    public boolean plant(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        server.plant(name);
        return true;
    }

    @Override
    public List<Long> thresholds() {
        return List.of(5 * MIB, 10 * MIB);
    }

    /** s3proxy refuses form content types, and its servlet container removes the space from well-known types with a charset. */
    @Override
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "Text/HTML;Charset=\"UTF-8\"",
                "application/vnd.stowage.thing+json",
                "multipart/mixed; boundary=\"a b;c,d=e\"",
                "application/octet-stream",
                "x-odd!#$&^_/y.-+z"
            })
    public void put_withContentType_keepsIt(String contentType) throws IOException {
        super.put_withContentType_keepsIt(contentType);
    }

    @Test
    void put_withCharset_isRewrittenByTheServer() {
        ContentType html = new ContentType("text/html; charset=utf-8");
        storage()
                .objects()
                .put(file("html"), Content.of(new byte[1]), PutOptions.of(new ObjectAttributes(html, Metadata.NONE)));

        assertThat(storage()
                        .objects()
                        .stat(file("html"))
                        .orElseThrow()
                        .attributes()
                        .contentType())
                .isEqualTo(new ContentType("text/html;charset=utf-8"));
    }

    /** The SDK's HTTP client reads at most 100 headers, so the adapter accepts fewer entries than fit into 2 KiB. */
    @Override
    @Test
    public void put_withLargestMetadata_keepsIt() {
        Map<String, String> most = new HashMap<>();
        for (int i = 0; i < UserMetadata.MAX_ENTRIES; i++) {
            most.put("name-%03d".formatted(i), "x".repeat(24));
        }
        for (Map<String, String> entries : List.of(most, Map.of("n", "v".repeat(Metadata.MAX_BYTES - 1)))) {
            ObjectAttributes attributes = new ObjectAttributes(ContentType.OCTET_STREAM, new Metadata(entries));
            storage()
                    .objects()
                    .put(
                            file("noted"),
                            Content.of(new byte[1]),
                            new PutOptions(attributes, WriteCondition.NONE, List.of()));

            assertThat(storage().objects().stat(file("noted")).orElseThrow().attributes())
                    .isEqualTo(attributes);
        }
    }

    @Test
    void put_withMoreMetadataEntriesThanCanBeRead_isRefused() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= UserMetadata.MAX_ENTRIES; i++) {
            many.put("n" + i, "v");
        }
        PutOptions options = PutOptions.of(new ObjectAttributes(ContentType.OCTET_STREAM, new Metadata(many)));

        assertThatThrownBy(() -> storage().objects().put(file("noted"), Content.of(new byte[1]), options))
                .isInstanceOf(InvalidInput.class);
        assertThat(storage().objects().stat(file("noted"))).isEmpty();
    }

    /** s3proxy sorts and pages uploads by UTF-16, so only completeness is checked here, not order. */
    @Override
    @Test
    public void listUploads_withEveryPageSize_returnsEachUploadOnceByKey() {
        List<UploadId> ids = new ArrayList<>();
        for (String name : List.of("b", "a/x", "a", "a-b", "\uFF5E", "\uD83C\uDF89", "a/x", "c d+e%")) {
            ids.add(storage().uploads().create(file(name), ObjectAttributes.DEFAULT));
        }

        for (int maxUploads = 1; maxUploads <= ids.size() + 1; maxUploads++) {
            List<UploadId> shown = new ArrayList<>();
            Optional<String> token = Optional.empty();
            do {
                Page<UploadInfo, String> page = storage().uploads().listUploads(prefix(), maxUploads, token);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(maxUploads);
                page.items().forEach(upload -> shown.add(upload.id()));
                token = page.next();
            } while (token.isPresent());
            assertThat(shown).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    private KeyPrefix prefix() {
        return new KeyPrefix(testPrefix());
    }

    private ObjectKey file(String name) {
        return new ObjectKey(testPrefix() + name);
    }
}
