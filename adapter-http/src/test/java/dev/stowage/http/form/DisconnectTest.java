package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.ListQuery;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clients that disconnect in the middle of their form. */
final class DisconnectTest {

    @Test
    void cutForms_leaveNothing_whereverTheyAreCut() throws IOException {
        InMemoryStorage storage = new InMemoryStorage();
        byte[] keyFirst = new FormBody()
                .field("key", "raw/demo/a")
                .file("file", new byte[200_000])
                .end();
        byte[] fileFirst = new FormBody()
                .file("file", new byte[200_000])
                .field("key", "raw/demo/b")
                .end();
        try (RunningService service = RunningService.over(storage)) {
            for (int i = 0; i < 20; i++) {
                cut(service.port(), keyFirst, keyFirst.length * i / 20);
                cut(service.port(), fileFirst, fileFirst.length * i / 20);
                cut(service.port(), keyFirst, keyFirst.length - 5 - i);
            }
            // Stopping waits for all requests to end.
        }
        assertThat(storage.objects().list(ListQuery.of(KeyPrefix.ALL)).objects())
                .isEmpty();
    }

    private static void cut(int port, byte[] form, int length) throws IOException {
        try (RawClient client = new RawClient(port)) {
            String head = "POST /api/v1/s3/upload HTTP/1.1\r\nHost: x\r\nContent-Type: " + new FormBody().contentType()
                    + "\r\nContent-Length: " + form.length + "\r\n\r\n";
            client.send(head.getBytes(StandardCharsets.UTF_8));
            client.send(Arrays.copyOf(form, length));
        }
    }
}
