package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.fault.FaultyS3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a put costs. */
final class PutRequestsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 door;
    private Storage storage;

    @BeforeEach
    void open() {
        server = S3Server.start();
        door = new FaultyS3(server.endpoint());
        storage = Stores.open(door.endpoint(), directory);
        storage.objects().stat(KEY);
    }

    @AfterEach
    void close() {
        storage.close();
        door.close();
        server.close();
    }

    @Test
    void smallPut_isOneRequest() {
        assertThat(requestsOf(10, PutOptions.DEFAULT)).containsExactly("PUT");
        assertThat(requestsOf(10, PutOptions.DEFAULT)).containsExactly("PUT");
        assertThat(requestsOf(1 << 20, PutOptions.DEFAULT)).containsExactly("PUT");
    }

    @Test
    void smallPut_underACondition_isOneRequest() {
        assertThat(requestsOf(10, PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT)))
                .containsExactly("PUT");
    }

    @Test
    void put_tellsWhatTheConditionSays_andNothingWithoutOne() {
        PutResult created = put(10, PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT));
        PutResult replaced = put(
                11,
                PutOptions.DEFAULT.withCondition(
                        new WriteCondition.IfMatch(created.info().etag())));

        assertThat(created.created()).contains(true);
        assertThat(replaced.created()).contains(false);
        assertThat(put(12, PutOptions.DEFAULT).created()).isEmpty();
    }

    private List<String> requestsOf(int size, PutOptions options) {
        int before = door.seen().size();
        put(size, options);
        List<String> methods = new ArrayList<>();
        door.seen().subList(before, door.seen().size()).forEach(request -> methods.add(request.method()));
        return methods;
    }

    private PutResult put(int size, PutOptions options) {
        return storage.objects().put(KEY, Content.of(new byte[size]), options);
    }
}
