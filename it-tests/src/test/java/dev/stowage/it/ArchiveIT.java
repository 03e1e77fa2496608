package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ZIP files that are created while they are downloaded. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY, StandKind.POSTGRES})
class ArchiveIT extends ServiceSuite {

    private static final String ARCHIVE = "/api/v1/s3/archive";

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String path;

    @BeforeEach
    void store() {
        files.put("a.txt", bytes(10));
        files.put("empty", bytes(0));
        files.put("ü ö/large", bytes(200_000));
        files.forEach((name, content) -> api.store(key(name), content));
        String prefix = key("");
        path = ARCHIVE + "?prefix=" + prefix + "&strip_prefix=" + prefix;
    }

    @Test
    void folder_isDownloadedWithALength() throws IOException {
        Reply reply = api.get(path).expect(200);

        assertThat(unpack(reply.body())).usingRecursiveComparison().isEqualTo(files);
        assertThat(reply.header("Content-Type")).isEqualTo("application/zip");
        assertThat(reply.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + project + ".zip\"");
        assertThat(api.head(path).header("Content-Length")).isEqualTo(Integer.toString(reply.body().length));
        assertThat(api.head(path).header("ETag")).isEqualTo(reply.header("ETag"));
        assertThat(api.get(path, "If-None-Match", reply.header("ETag")).status())
                .isEqualTo(304);
        assertThat(api.get(path, "Range", "bytes=999999999-").status()).isEqualTo(416);
    }

    @Test
    void pieces_areTheWholeArchive() {
        Reply whole = api.get(path).expect(200);
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();

        for (int from = 0; from < whole.body().length; from += 30_011) {
            Reply piece = api.get(
                            path, "Range", "bytes=" + from + "-" + (from + 30_010), "If-Range", whole.header("ETag"))
                    .expect(206);
            pieces.writeBytes(piece.body());
        }

        assertThat(pieces.toByteArray()).isEqualTo(whole.body());
        assertThat(api.get(path, "Range", "bytes=100000-").expect(206).header("Content-Range"))
                .isEqualTo("bytes 100000-" + (whole.body().length - 1) + "/" + whole.body().length);
    }

    @Test
    void changedFile_isAnotherArchive() {
        String etag = api.head(path).expect(200).header("ETag");
        api.store(key("a.txt"), bytes(11));

        assertThat(api.get(path, "Range", "bytes=100-", "If-Range", etag).status())
                .isEqualTo(200);
        assertThat(api.get(path, "If-Match", etag).status()).isEqualTo(412);
    }

    @Test
    void requestedArchive_needsNoCredential_andIsAConflictOnceAFileHasChanged() throws IOException {
        Reply see = api.post(
                        ARCHIVE,
                        Map.of(
                                "keys",
                                List.of(key("a.txt")),
                                "prefixes",
                                List.of(key("ü ö/")),
                                "strip_prefix",
                                key(""),
                                "name",
                                "some"))
                .expect(303);
        HttpRequest.Builder download =
                HttpRequest.newBuilder(api.uri(see.header("Location"))).timeout(Duration.ofSeconds(60));

        // Paths are logged; queries are not.
        assertThat(see.header("Location")).startsWith("/api/v1/archives?token=");
        Reply got = api.send(download.copy().build()).expect(200);
        Reply rest = api.send(download.copy().header("Range", "bytes=1000-").build());

        assertThat(unpack(got.body())).containsOnlyKeys("ü ö/large", "a.txt");
        assertThat(got.header("Content-Disposition")).isEqualTo("attachment; filename=\"some.zip\"");
        assertThat(rest.status()).isEqualTo(206);
        api.store(key("a.txt"), bytes(11));
        Reply changed = api.send(download.copy().build());
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.error()).isEqualTo("Conflict");
    }

    @Test
    void whatDoesNotExist_isNotFound() {
        assertThat(api.get(ARCHIVE + "?prefix=" + key("none/")).error()).isEqualTo("FileNotFound");
        assertThat(api.post(ARCHIVE, Map.of("keys", List.of(key("none")))).error())
                .isEqualTo("FileNotFound");
        assertThat(api.get("/api/v1/archives?token=abc").error()).isEqualTo("NotFound");
        assertThat(api.get(ARCHIVE).error()).isEqualTo("InvalidRequest");
        assertThat(api.post(ARCHIVE, Map.of()).error()).isEqualTo("InvalidRequest");
    }

    private static Map<String, byte[]> unpack(byte[] zip) throws IOException {
        Map<String, byte[]> unpacked = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                unpacked.put(entry.getName(), in.readAllBytes());
            }
        }
        return unpacked;
    }
}
