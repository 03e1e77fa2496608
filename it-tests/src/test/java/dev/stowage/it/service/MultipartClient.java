package dev.stowage.it.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client's view of one multipart upload: what it requested, and what was acknowledged. Responses are checked, so a
 * test can't continue after a failure.
 */
public record MultipartClient(String key, String id, Map<Integer, String> acknowledged) {

    /** Creates an upload. */
    public static MultipartClient create(Api api, String key) {
        return create(api, key, Map.of());
    }

    /** Creates an upload, with further fields of the request. */
    public static MultipartClient create(Api api, String key, Map<String, ?> fields) {
        Map<String, Object> request = new HashMap<>(fields);
        request.put("key", key);
        Reply created = api.post(Paths.MULTIPART + "create", request).expect(201);
        return new MultipartClient(key, created.json().path("upload_id").asText(), new ConcurrentHashMap<>());
    }

    /** Sends the parts that are not acknowledged; the first has number 1. */
    public void putMissing(Api api, List<byte[]> parts) {
        for (int number = 1; number <= parts.size(); number++) {
            if (!acknowledged.containsKey(number)) {
                Reply part = api.put(
                                Paths.MULTIPART + "upload-part" + query() + "&part_number=" + number,
                                parts.get(number - 1))
                        .expect(200);
                acknowledged.put(number, part.json().path("etag").asText());
            }
        }
    }

    /** Completes the upload with all acknowledged parts. */
    public Reply complete(Api api) {
        return api.post(Paths.MULTIPART + "complete", Map.of("key", key, "upload_id", id));
    }

    /** The progress as reported by the service. */
    public String state(Api api) {
        return api.get(Paths.MULTIPART + "status" + query())
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    /** The ETags of the parts as reported by the service. */
    public Map<Integer, String> stored(Api api) {
        Map<Integer, String> parts = new HashMap<>();
        for (JsonNode part : api.get(Paths.MULTIPART + "list-parts" + query())
                .expect(200)
                .json()
                .path("parts")) {
            parts.put(part.path("part_number").asInt(), part.path("etag").asText());
        }
        return parts;
    }

    /** The ids of the uploads listed by the service. */
    public static List<String> listed(Api api, String prefix) {
        return api.get(Paths.MULTIPART + "list?max_uploads=1000&prefix=" + Api.query(prefix))
                .expect(200)
                .json()
                .path("uploads")
                .findValuesAsText("upload_id");
    }

    /** The query parameters of the upload. */
    public String query() {
        return "?key=" + Api.query(key) + "&upload_id=" + Api.query(id);
    }
}
