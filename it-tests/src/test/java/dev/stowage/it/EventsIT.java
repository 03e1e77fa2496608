package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every way to change a file is told in the log of events, in order. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY, StandKind.POSTGRES})
class EventsIT extends ServiceSuite {

    private static final String EVENTS = "/api/v1/events";

    @Test
    void everyWayToChangeAFile_isAnEvent_asSoonAsItIsAcknowledged() throws Exception {
        String start = now();
        api.store(key("put"), bytes(5));
        Form form = new Form().field("key", key("form")).file("file", "f", "text/plain", bytes(6));
        api.send(
                        "POST",
                        Paths.OBJECT + "upload",
                        BodyPublishers.ofByteArray(form.bytes()),
                        "Content-Type",
                        form.contentType())
                .expect(201);
        Form batch = new Form().field("keys", key("batch")).file("files", "f", "text/plain", bytes(7));
        api.send(
                        "POST",
                        Paths.OBJECT + "upload/batch",
                        BodyPublishers.ofByteArray(batch.bytes()),
                        "Content-Type",
                        batch.contentType())
                .expect(200);
        TusUpload tus = TusUpload.create(api, key("tus"), bytes(8));
        tus.send(api, 8);
        MultipartClient multipart = MultipartClient.create(api, key("multipart"));
        multipart.putMissing(api, List.of(bytes(5 << 20), bytes(9)));
        multipart.complete(api).expect(200);
        api.post(Paths.OBJECT + "copy", Map.of("source_key", key("put"), "target_key", key("copy")))
                .expect(200);
        api.post(Paths.OBJECT + "move", Map.of("source_key", key("copy"), "target_key", key("moved")))
                .expect(200);
        api.send(
                        "PATCH",
                        Paths.METADATA + Api.encode(key("put")),
                        BodyPublishers.ofString("{\"content_type\": \"text/csv\"}"),
                        "Content-Type",
                        "application/json")
                .expect(200);
        api.delete(Paths.OBJECT + Api.encode(key("form"))).expect(204);
        api.post(Paths.OBJECT + "delete/batch", Map.of("keys", List.of(key("batch"))))
                .expect(200);

        assertThat(events(start))
                .containsExactly(
                        "file.created put 5",
                        "file.created form 6",
                        "file.created batch 7",
                        "file.created tus 8",
                        "upload.completed tus 8",
                        "file.created multipart " + ((5 << 20) + 9),
                        "upload.completed multipart " + ((5 << 20) + 9),
                        "file.created copy 5",
                        "file.created moved 5",
                        "file.deleted copy -",
                        "file.updated put 5",
                        "file.deleted form -",
                        "file.deleted batch -");
    }

    @Test
    void conditionalPuts_areCreationsAndUpdates() {
        String start = now();

        api.store(key("f"), bytes(1), "If-None-Match", "*");
        JsonNode info = api.get(Paths.METADATA + Api.encode(key("f"))).json();
        api.store(key("f"), bytes(2), "If-Match", '"' + info.path("etag").asText() + '"');
        api.put(Paths.OBJECT + Api.encode(key("f")), bytes(3), "If-None-Match", "*")
                .expect(412);

        assertThat(events(start)).containsExactly("file.created f 1", "file.updated f 2");
    }

    @Test
    void job_tellsEachFile_andItsEnd() throws Exception {
        api.store(key("in/a"), bytes(1));
        api.store(key("in/b"), bytes(2));
        String start = now();

        JobClient job = JobClient.submit(api, Map.of("operation", "delete", "source", Map.of("prefix", key("in/"))));
        JsonNode done = job.await(api, Duration.ofSeconds(30));

        JsonNode all =
                api.get(EVENTS + "?limit=1000&after=" + start).expect(200).json();
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        assertThat(names(all)).containsExactlyInAnyOrder("file.deleted in/a -", "file.deleted in/b -");
        assertThat(all.findValuesAsText("job_id")).contains(done.path("id").asText());
    }

    @Test
    void completionOfAnUpload_namesTheRequestThatCompletedIt() throws Exception {
        String start = now();
        TusUpload tus = TusUpload.create(api, key("tus"), bytes(8));
        tus.send(api, 8);
        MultipartClient multipart = MultipartClient.create(api, key("multipart"));
        multipart.putMissing(api, List.of(bytes(9)));

        Reply completion = multipart.complete(api).expect(200);

        JsonNode all = api.get(EVENTS + "?after=" + start + "&prefix=" + Api.query(key("")))
                .expect(200)
                .json();
        List<String> ids = all.findValuesAsText("request_id");
        assertThat(names(all))
                .containsExactly(
                        "file.created tus 8",
                        "upload.completed tus 8",
                        "file.created multipart 9",
                        "upload.completed multipart 9");
        assertThat(ids.get(0)).isNotEqualTo("null").isEqualTo(ids.get(1));
        assertThat(ids.get(2)).isEqualTo(completion.header("X-Request-Id")).isEqualTo(ids.get(3));
    }

    private String now() {
        return api.get(EVENTS + "?after=now")
                .expect(200)
                .json()
                .path("next_after")
                .asText();
    }

    private List<String> events(String after) {
        return names(api.get(EVENTS + "?limit=1000&after=" + after + "&prefix=" + Api.query(key("")))
                .expect(200)
                .json());
    }

    /** Type, name and size of the events of this test's files. */
    private List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        for (JsonNode event : page.path("events")) {
            String key = event.at("/data/key").asText();
            if (key.startsWith(key(""))) {
                names.add(event.path("type").asText() + " " + key.substring(key("").length()) + " "
                        + (event.at("/data/size").isNumber()
                                ? event.at("/data/size").asText()
                                : "-"));
            }
        }
        return names;
    }
}
