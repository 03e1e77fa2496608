package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code DELETE} of a file under conditions (RFC 9110, section 13.2.2). */
final class ConditionalDeleteTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    private final Storage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    // CURRENT stands for the ETag of the file, which was written at 12:00:00 on 30 November 2025 or later.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-Match: "CURRENT"                                | ``                                                 | 204
            If-Match: CURRENT                                  | ``                                                 | 204
            If-Match: "x", "CURRENT"                           | ``                                                 | 204
            If-Match: "x"                                      | If-Match: "CURRENT"                                | 204
            If-Match: *                                        | ``                                                 | 204
            If-Match: "x"                                      | ``                                                 | 412
            If-Match: "x", "y"                                 | ``                                                 | 412
            If-Match: W/"CURRENT"                              | ``                                                 | 412
            If-Match: ""                                       | ``                                                 | 412
            If-None-Match: *                                   | ``                                                 | 412
            If-None-Match: "CURRENT"                           | ``                                                 | 412
            If-None-Match: W/"CURRENT"                         | ``                                                 | 412
            If-None-Match: "x"                                 | ``                                                 | 204
            If-Unmodified-Since: Wed, 21 Oct 2015 07:28:00 GMT | ``                                                 | 412
            If-Unmodified-Since: Fri, 31 Dec 2100 23:59:59 GMT | ``                                                 | 204
            If-Unmodified-Since: long ago                      | ``                                                 | 204
            If-Match: "CURRENT"                                | If-Unmodified-Since: Wed, 21 Oct 2015 07:28:00 GMT | 204
            If-Match: "x"                                      | If-Unmodified-Since: Fri, 31 Dec 2100 23:59:59 GMT | 412
            If-Match: "CURRENT"                                | If-None-Match: "CURRENT"                           | 412
            If-Match: "CURRENT"                                | If-None-Match: "x"                                 | 204
            If-Match: *, "x"                                   | ``                                                 | 400
            If-Match: "x                                       | ``                                                 | 400
            If-Match:                                          | ``                                                 | 400
            If-Modified-Since: Wed, 21 Oct 2015 07:28:00 GMT   | ``                                                 | 400
            """)
    void delete_isDoneExactlyWhenTheConditionsHold(String first, String second, int status) {
        String tag = put().etag().value();

        assertThat(delete(first.replace("CURRENT", tag), second.replace("CURRENT", tag)))
                .isEqualTo(status);

        assertThat(storage.objects().stat(KEY).isPresent()).isEqualTo(status != 204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                 | 404
            If-Match: *                                        | 412
            If-Match: "x"                                      | 412
            If-Match: "x", "y"                                 | 412
            If-None-Match: *                                   | 404
            If-None-Match: "x"                                 | 404
            If-Unmodified-Since: Wed, 21 Oct 2015 07:28:00 GMT | 404
            """)
    void delete_ofMissingFile_failsWhenTheConditionAsksForOne(String condition, int status) {
        assertThat(delete(condition, "")).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match: *", "If-Match: \"CURRENT\"", "If-None-Match: \"x\""})
    void delete_onAStoreThatCantDecide_isRefused(String condition) {
        Storage limited = new InMemoryStorage(
                InMemoryStorage.TINY_PARTS,
                EnumSet.complementOf(EnumSet.of(Capability.CONDITIONAL_DELETE)),
                RunningService.CLOCK);
        String tag = limited.objects()
                .put(KEY, Content.of(new byte[3]), PutOptions.DEFAULT)
                .info()
                .etag()
                .value();

        try (RunningService refusing = RunningService.over(limited)) {
            assertThat(delete(refusing, condition.replace("CURRENT", tag), "")).isEqualTo(501);
        }

        assertThat(limited.objects().stat(KEY)).isPresent();
    }

    @Test
    void delete_ofAFileThatIsReplacedAllTheTime_isOfTheVersionThatWasLookedAt() {
        Storage replacing = new StorageOf(new ForwardingObjectStore(storage.objects()) {
            @Override
            public Optional<ObjectInfo> stat(ObjectKey key) {
                Optional<ObjectInfo> found = super.stat(key);
                ObjectInfo unused = storage.objects()
                        .put(
                                key,
                                Content.of(
                                        new byte[1 + (int) found.orElseThrow().size()]),
                                PutOptions.DEFAULT)
                        .info();
                return found;
            }
        });
        ObjectInfo first = put();

        try (RunningService busy = RunningService.over(replacing)) {
            assertThat(delete(busy, "If-Match: *", "")).isEqualTo(409);
        }

        assertThat(storage.objects().stat(KEY))
                .hasValueSatisfying(info -> assertThat(info.size()).isGreaterThan(first.size()));
    }

    private ObjectInfo put() {
        return storage.objects()
                .put(KEY, Content.of(new byte[3]), PutOptions.DEFAULT)
                .info();
    }

    private int delete(String... conditions) {
        return delete(service, conditions);
    }

    private static int delete(RunningService service, String... conditions) {
        HttpRequest.Builder request = service.request("/api/v1/s3/" + KEY).DELETE();
        for (String condition : conditions) {
            if (!condition.isEmpty()) {
                int colon = condition.indexOf(':');
                request.header(
                        condition.substring(0, colon),
                        condition.substring(colon + 1).strip());
            }
        }
        return service.send(request).statusCode();
    }
}
