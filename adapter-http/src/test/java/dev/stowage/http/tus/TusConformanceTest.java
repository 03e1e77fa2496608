package dev.stowage.http.tus;

import static dev.stowage.http.tus.TusClient.BASE;
import static dev.stowage.http.tus.TusClient.KEY;
import static dev.stowage.http.tus.TusClient.checksum;
import static dev.stowage.http.tus.TusClient.header;
import static dev.stowage.http.tus.TusClient.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.port.Capability;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every MUST of tus 1.0.0 and its extensions for servers, one line each, in the order of the specification. */
final class TusConformanceTest {

    private static final String NOWHERE = BASE + "/00000000000000000000000000000000";

    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), RunningService.CLOCK);
    private final RunningService service = RunningService.over(storage);
    private final Map<String, Consumer<TusClient>> musts = new LinkedHashMap<>();

    @AfterEach
    void close() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> server() {
        core();
        creation();
        expirationAndTermination();
        checksums();
        concatenation();
        return musts.entrySet().stream()
                .map(must -> DynamicTest.dynamicTest(
                        must.getKey(), () -> must.getValue().accept(new TusClient(service))));
    }

    private void core() {
        must("Tus-Resumable is in every response", tus -> {
            String url = tus.begin(3);
            assertHas(
                    "Tus-Resumable", "1.0.0", tus.create("Upload-Length", "1"), tus.head(url), tus.patch(url, 0, "a"));
            assertHas("Tus-Resumable", "1.0.0", tus.head(NOWHERE), tus.patch(url, 9, "b"), tus.send("GET", url, ""));
        });
        must("another version is refused with 412 and Tus-Version, and nothing is done", tus -> {
            String url = tus.begin(3);
            for (String version : new String[] {"0.2.2", "2.0.0", ""}) {
                HttpResponse<byte[]> answer = tus.patch(url, 0, "abc", "Tus-Resumable", version);
                assertThat(answer.statusCode()).isEqualTo(412);
                assertHas("Tus-Version", "1.0.0", answer);
            }
            assertHas("Upload-Offset", "0", tus.head(url));
        });
        must("X-HTTP-Method-Override is the method of a POST", tus -> {
            String url = tus.begin(3);
            HttpResponse<byte[]> answer = tus.send(
                    "POST",
                    url,
                    "abc",
                    "X-HTTP-Method-Override",
                    "PATCH",
                    "Upload-Offset",
                    "0",
                    "Content-Type",
                    "application/offset+octet-stream");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(tus.send("GET", url, "", "X-HTTP-Method-Override", "DELETE")
                            .statusCode())
                    .isEqualTo(405);
            assertHas("Upload-Offset", "3", tus.head(url));
        });
        must("HEAD has the offset, even when it is 0 or the upload is complete, the length, and no-store", tus -> {
            String url = tus.begin(3);
            assertHas("Upload-Offset", "0", tus.head(url));
            assertHas("Upload-Length", "3", tus.head(url));
            assertHas("Cache-Control", "no-store", tus.head(url));
            tus.patch(url, 0, "abc");
            assertHas("Upload-Offset", "3", tus.head(url));
            assertHas("Upload-Length", "3", tus.head(url));
        });
        must("HEAD of an unknown upload is 404 without an offset", tus -> {
            for (String url : new String[] {NOWHERE, BASE + "/what"}) {
                HttpResponse<byte[]> answer = tus.head(url);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertHas("Upload-Offset", "", answer);
            }
        });
        must("PATCH accepts one content type only", tus -> {
            String url = tus.begin(3);
            assertThat(tus.patch(url, 0, "abc", "Content-Type", "text/plain").statusCode())
                    .isEqualTo(415);
            assertHas("Upload-Offset", "0", tus.head(url));
        });
        must("PATCH at another offset is 409 and changes nothing", tus -> {
            String url = tus.begin(5);
            tus.patch(url, 0, "ab");
            for (long offset : new long[] {0, 1, 3, 5}) {
                assertThat(tus.patch(url, offset, "xyz").statusCode()).isEqualTo(409);
            }
            assertHas("Upload-Offset", "2", tus.head(url));
            tus.patch(url, 2, "cde");
            assertThat(tus.download(KEY)).isEqualTo("abcde");
        });
        must("an offset or length that is not an integer of 0 or more is refused", tus -> {
            String url = tus.begin(3);
            for (String number : new String[] {"-1", "x", "1.5", ""}) {
                assertThat(tus.patch(url, 0, "abc", "Upload-Offset", number).statusCode())
                        .isEqualTo(400);
                assertThat(tus.create("Upload-Length", number).statusCode()).isEqualTo(400);
            }
        });
        must("PATCH is 204 with the new offset", tus -> {
            String url = tus.begin(5);
            HttpResponse<byte[]> answer = tus.patch(url, 0, "abc");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertHas("Upload-Offset", "3", answer);
            assertHas("Upload-Offset", "5", tus.patch(url, 3, "de"));
        });
        must(
                "PATCH of no upload is 404",
                tus -> assertThat(tus.patch(NOWHERE, 0, "abc").statusCode()).isEqualTo(404));
        must("OPTIONS is 204 and lists versions, extensions, and the maximum size", tus -> {
            for (String url : new String[] {BASE, tus.begin(1)}) {
                HttpResponse<byte[]> answer = tus.send("OPTIONS", url, "", "Tus-Resumable", "0.1");
                assertThat(answer.statusCode()).isEqualTo(204);
                assertHas("Tus-Version", "1.0.0", answer);
                assertHas("Tus-Max-Size", "5497558138880", answer);
                assertThat(header(answer, "Tus-Extension").split(","))
                        .containsExactlyInAnyOrder(
                                "creation",
                                "creation-with-upload",
                                "creation-defer-length",
                                "checksum",
                                "expiration",
                                "termination",
                                "concatenation");
            }
        });
    }

    private void creation() {
        must("creation is 201 with the upload's URL", tus -> {
            HttpResponse<byte[]> answer = tus.create("Upload-Length", "100");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(tus.head(header(answer, "Location")).statusCode()).isEqualTo(200);
        });
        must("creation needs a length or Upload-Defer-Length: 1, and not both", tus -> {
            assertThat(tus.create().statusCode()).isEqualTo(400);
            assertThat(tus.create("Upload-Defer-Length", "0").statusCode()).isEqualTo(400);
            assertThat(tus.create("Upload-Defer-Length", "1", "Upload-Length", "1")
                            .statusCode())
                    .isEqualTo(400);
        });
        must(
                "an upload over Tus-Max-Size is 413",
                tus -> assertThat(tus.create("Upload-Length", "5497558138881").statusCode())
                        .isEqualTo(413));
        must("an empty upload is complete at once", tus -> {
            HttpResponse<byte[]> answer = tus.create("Upload-Length", "0");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertHas("X-Object-Key", KEY, answer);
            assertThat(tus.download(KEY)).isEmpty();
        });
        must("a deferred length is reported as deferred, set by PATCH, and never changed", tus -> {
            String url = header(tus.create("Upload-Defer-Length", "1"), "Location");
            assertHas("Upload-Defer-Length", "1", tus.head(url));
            assertHas("Upload-Length", "", tus.head(url));
            tus.patch(url, 0, "ab");
            assertThat(tus.patch(url, 2, "c", "Upload-Length", "4").statusCode())
                    .isEqualTo(204);
            assertHas("Upload-Defer-Length", "", tus.head(url));
            assertHas("Upload-Length", "4", tus.head(url));
            assertThat(tus.patch(url, 3, "d", "Upload-Length", "5").statusCode())
                    .isEqualTo(400);
            assertThat(tus.patch(url, 3, "d").statusCode()).isEqualTo(204);
            assertThat(tus.download(KEY)).isEqualTo("abcd");
        });
        must("HEAD returns the metadata as sent", tus -> {
            String text = metadata("key", KEY, "filetype", "text/plain", "author", "Zoë") + ",flag";
            String url = header(tus.create("Upload-Length", "1", "Upload-Metadata", text), "Location");
            assertHas("Upload-Metadata", text, tus.head(url));
        });
        must("malformed metadata is refused", tus -> {
            for (String text :
                    new String[] {"key !", "key a b", ",", metadata("key", KEY, "key", KEY), "a YQ==,,b YQ=="}) {
                assertThat(tus.create("Upload-Length", "1", "Upload-Metadata", text)
                                .statusCode())
                        .as(text)
                        .isEqualTo(400);
            }
        });
        must("creation accepts the first bytes, and returns the offset", tus -> {
            HttpResponse<byte[]> answer = tus.send(
                    "POST",
                    BASE,
                    "abc",
                    "Upload-Length",
                    "5",
                    "Upload-Metadata",
                    metadata("key", KEY),
                    "Content-Type",
                    "application/offset+octet-stream");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertHas("Upload-Offset", "3", answer);
            assertHas("Upload-Offset", "5", tus.patch(header(answer, "Location"), 3, "de"));
            assertThat(tus.download(KEY)).isEqualTo("abcde");
        });
        must("bytes beyond the length are 413, and the upload is not complete", tus -> {
            String url = tus.begin(3);
            assertThat(tus.patch(url, 0, "abcd").statusCode()).isEqualTo(413);
            assertHas("Upload-Offset", "0", tus.head(url));
        });
    }

    private void expirationAndTermination() {
        must("Upload-Expires is in every response about an upload that can expire", tus -> {
            HttpResponse<byte[]> created = tus.create("Upload-Length", "5");
            String url = header(created, "Location");
            String expires = "Mon, 01 Dec 2025 12:00:00 GMT";
            assertHas("Upload-Expires", expires, created, tus.patch(url, 0, "a"), tus.head(url));
            assertHas("Upload-Expires", "", tus.patch(url, 1, "bcde"), tus.head(url));
        });
        must("DELETE is 204, and the upload is gone", tus -> {
            String url = tus.begin(5);
            tus.patch(url, 0, "ab");
            assertThat(tus.send("DELETE", url, "").statusCode()).isEqualTo(204);
            assertThat(tus.head(url).statusCode()).isEqualTo(404);
            assertThat(tus.patch(url, 2, "cde").statusCode()).isEqualTo(404);
            assertThat(tus.send("DELETE", url, "").statusCode()).isEqualTo(404);
        });
    }

    private void checksums() {
        must("Tus-Checksum-Algorithm lists the algorithms, including sha1", tus -> {
            HttpResponse<byte[]> answer = tus.send("OPTIONS", BASE, "");
            assertHas("Tus-Checksum-Algorithm", "sha1,sha256,md5,crc32", answer);
        });
        must("bytes that match their digest are stored", tus -> {
            String url = tus.begin(15);
            assertThat(tus.patch(url, 0, "hello", "Upload-Checksum", checksum("sha1", "SHA-1", "hello"))
                            .statusCode())
                    .isEqualTo(204);
            tus.patch(url, 5, "hello", "Upload-Checksum", checksum("sha256", "SHA-256", "hello"));
            tus.patch(url, 10, "hello", "Upload-Checksum", checksum("md5", "MD5", "hello"));
            assertThat(tus.download(KEY)).isEqualTo("hellohellohello");
        });
        must("bytes that do not match are 460, and discarded", tus -> {
            String key = "raw/p/never.txt";
            String url = header(tus.create("Upload-Length", "5", "Upload-Metadata", metadata("key", key)), "Location");
            String wrong = checksum("sha1", "SHA-1", "other");
            assertThat(tus.patch(url, 0, "hello", "Upload-Checksum", wrong).statusCode())
                    .isEqualTo(460);
            assertHas("Upload-Offset", "0", tus.head(url));
            assertThat(tus.exists(key)).isFalse();
        });
        must("an unsupported digest is 400, and nothing is stored", tus -> {
            String url = tus.begin(5);
            for (String checksum :
                    new String[] {"sha9 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1", "sha1 ***", "sha1 YQ=="}) {
                assertThat(tus.patch(url, 0, "hello", "Upload-Checksum", checksum)
                                .statusCode())
                        .isEqualTo(400);
            }
            assertHas("Upload-Offset", "0", tus.head(url));
        });
    }

    private void concatenation() {
        must("partial uploads are concatenated in the listed order", tus -> {
            String first = tus.partial("hello ");
            String second = "http://files.example" + tus.partial("world");
            String concat = "final;" + first + " " + second;
            HttpResponse<byte[]> made = tus.create("Upload-Concat", concat);
            assertThat(made.statusCode()).isEqualTo(201);
            assertHas("X-Object-Key", KEY, made);
            assertThat(tus.download(KEY)).isEqualTo("hello world");
            HttpResponse<byte[]> head = tus.head(header(made, "Location"));
            assertHas("Upload-Concat", concat, head);
            assertHas("Upload-Length", "11", head);
            assertHas("Upload-Offset", "11", head);
        });
        must("a partial upload is reported as such, with its offset", tus -> {
            String url = tus.partial("hello");
            assertHas("Upload-Concat", "partial", tus.head(url));
            assertHas("Upload-Offset", "5", tus.head(url));
            assertHas("X-Object-Key", "", tus.head(url));
        });
        must("PATCH of a final upload is 403 and changes nothing", tus -> {
            String url = header(tus.create("Upload-Concat", "final;" + tus.partial("abc")), "Location");
            assertThat(tus.patch(url, 3, "d").statusCode()).isEqualTo(403);
            assertThat(tus.patch(url, 0, "xyz").statusCode()).isEqualTo(403);
            assertThat(tus.download(KEY)).isEqualTo("abc");
        });
        must("a final upload accepts no length, and no uploads that are unknown, not partial, or not complete", tus -> {
            String partial = tus.partial("abc");
            String open =
                    header(tus.send("POST", BASE, "", "Upload-Concat", "partial", "Upload-Length", "9"), "Location");
            assertThat(tus.create("Upload-Concat", "final;" + partial, "Upload-Length", "3")
                            .statusCode())
                    .isEqualTo(400);
            for (String other : new String[] {open, tus.begin(3), "", "/elsewhere/a", "%%"}) {
                assertThat(tus.create("Upload-Concat", "final;" + partial + " " + other)
                                .statusCode())
                        .as(other)
                        .isEqualTo(other.isEmpty() ? 201 : 400);
            }
            assertThat(tus.create("Upload-Concat", "final;" + NOWHERE).statusCode())
                    .isEqualTo(404);
            assertThat(tus.create("Upload-Concat", "some").statusCode()).isEqualTo(400);
        });
        must("a list of uploads that is not separated by spaces is refused, and creates no file", tus -> {
            String first = tus.partial("abc");
            String second = tus.partial("def");
            for (String list : new String[] {
                first + "," + second,
                first + ", " + second,
                first + ";" + second,
                first + second,
                first + "?a=1 " + second,
                first + "#a " + second,
                first + "/ " + second,
                "ftp://files.example" + first + " " + second,
                first.substring(1) + " " + second
            }) {
                HttpResponse<byte[]> answer = tus.create("Upload-Concat", "final;" + list);
                assertThat(answer.statusCode()).as(list).isEqualTo(400);
                assertThat(RunningService.text(answer)).contains("by spaces");
            }
            assertThat(tus.create("Upload-Concat", "final; https://h:1/below" + first + "  " + second)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(tus.download(KEY)).isEqualTo("abcdef");
        });
    }

    private void must(String rule, Consumer<TusClient> check) {
        musts.put(rule, check);
    }

    @SafeVarargs
    private static void assertHas(String name, String value, HttpResponse<byte[]>... answers) {
        for (HttpResponse<byte[]> answer : answers) {
            assertThat(header(answer, name)).as(name + " of " + answer).isEqualTo(value);
        }
    }
}
