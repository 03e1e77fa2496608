package dev.stowage.http.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters of resumable uploads in {@code /metrics}. */
final class UploadMetersTest {

    private final RunningService service = RunningService.over(new InMemoryStorage());
    private final TusClient tus = new TusClient(service);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void uploads_areCounted_byWhatBecameOfThem() {
        String finished = tus.begin(10);
        tus.patch(finished, 0, "abcd");
        tus.patch(finished, 4, "efghij");
        tus.head(finished);
        String givenUp = tus.begin(10);
        tus.patch(givenUp, 0, "abc");
        tus.send("DELETE", givenUp, "");

        assertThat(meters())
                .contains(uploads("tus", "begun", 2))
                .contains(uploads("tus", "finished", 1))
                .contains(uploads("tus", "given_up", 1))
                .contains("stowage_resumable_received_bytes_total{protocol=\"tus\"} 13.0")
                .contains("stowage_resumable_takeovers_total{protocol=\"tus\"} 0.0");
    }

    @Test
    void concatenatedFile_countsAsItsOwnUpload() {
        String partials = tus.partial("abc") + " " + tus.partial("def");
        tus.create("Upload-Concat", "final;" + partials);

        assertThat(meters()).contains(uploads("tus", "begun", 3)).contains(uploads("tus", "finished", 3));
    }

    @Test
    void protocols_areCountedSeparately() {
        service.send(service.request("/api/v1/resumable?key=" + TusClient.KEY)
                .header("Upload-Complete", "?1")
                .POST(BodyPublishers.ofString("abc")));
        service.postJson(
                "/api/v1/companion/s3/multipart",
                "{\"filename\":\"a\",\"metadata\":{\"key\":\"" + TusClient.KEY + "\"}}");

        assertThat(meters())
                .contains(uploads("draft", "begun", 1))
                .contains(uploads("draft", "finished", 1))
                .contains(uploads("companion", "begun", 1))
                .contains(uploads("companion", "finished", 0))
                .contains(uploads("tus", "begun", 0));
    }

    private String meters() {
        return RunningService.text(service.get("/metrics"));
    }

    private static String uploads(String protocol, String event, int count) {
        return "stowage_resumable_uploads_total{event=\"%s\",protocol=\"%s\"} %d.0".formatted(event, protocol, count);
    }
}
