package dev.stowage.it.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client's view of one multipart upload: what it asked for, and what was acknowledged. What the service answers is checked, so that a
 * test that goes on after a failure is none.
 */
public record MultipartClient(String key, String id, Map<Integer, String> acknowledged) {

    /** Begins an upload. */
    public static MultipartClient create(Api api, String key) {
        Reply created = expect(201, api.post(Paths.MULTIPART + "create", Map.of("key", key)));
        return new MultipartClient(key, created.json().path("upload_id").asText(), new ConcurrentHashMap<>());
    }

    /** Sends the parts that were not acknowledged yet; the first has number 1. */
    public void putMissing(Api api, List<byte[]> parts) {
        for (int number = 1; number <= parts.size(); number++) {
            if (!acknowledged.containsKey(number)) {
                Reply part = expect(
                        200,
                        api.put(
                                Paths.MULTIPART + "upload-part" + query() + "&part_number=" + number,
                                parts.get(number - 1)));
                acknowledged.put(number, part.json().path("etag").asText());
            }
        }
    }

    /** Asks for the file of all that was uploaded. */
    public Reply complete(Api api) {
        return api.post(Paths.MULTIPART + "complete", Map.of("key", key, "upload_id", id));
    }

    /** How far the service says it is. */
    public String state(Api api) {
        return expect(200, api.get(Paths.MULTIPART + "status" + query()))
                .json()
                .path("state")
                .asText();
    }

    /** The ETags of the parts that the service says it has. */
    public Map<Integer, String> stored(Api api) {
        Map<Integer, String> parts = new HashMap<>();
        for (JsonNode part :
                api.get(Paths.MULTIPART + "list-parts" + query()).json().path("parts")) {
            parts.put(part.path("part_number").asInt(), part.path("etag").asText());
        }
        return parts;
    }

    /** The ids of the uploads that the service lists. */
    public static List<String> listed(Api api, String prefix) {
        return expect(200, api.get(Paths.MULTIPART + "list?max_uploads=1000&prefix=" + Api.query(prefix)))
                .json()
                .path("uploads")
                .findValuesAsText("upload_id");
    }

    /** Which upload it is, as a query. */
    public String query() {
        return "?key=" + Api.query(key) + "&upload_id=" + Api.query(id);
    }

    private static Reply expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError("expected " + status + ", got " + reply.status() + ": " + reply.text());
        }
        return reply;
    }
}
