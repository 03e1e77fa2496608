package dev.stowage.http;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request to one route on the file, upload or job of a principal.
 *
 * @param method and {@code path} of the request; the body is JSON, a form, bytes, or empty for none
 * @param headers alternating names and values
 */
record Attempt(String method, String path, String contentType, String body, List<String> headers) {

    private static final String BOUNDARY = "b";

    Attempt(String method, String path, String contentType, String body) {
        this(method, path, contentType, body, List.of());
    }

    /** The same with more headers, as alternating names and values. */
    Attempt with(String... more) {
        List<String> all = Stream.concat(headers.stream(), Stream.of(more)).toList();
        return new Attempt(method, path, contentType, body, all);
    }

    static Attempt of(String method, String path) {
        return new Attempt(method, path, "", "");
    }

    static Attempt json(String method, String path, String body) {
        return new Attempt(method, path, "application/json", body.replace('\'', '"'));
    }

    /** A form with fields, as alternating names and values, and a file. */
    static Attempt form(String method, String path, String file, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append("\"\r\n\r\n")
                    .append(fields[i + 1])
                    .append("\r\n");
        }
        body.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(file)
                .append("\"; filename=\"f\"\r\n\r\nforged\r\n--b--\r\n");
        return new Attempt(method, path, "multipart/form-data; boundary=" + BOUNDARY, body.toString());
    }

    HttpRequest.Builder request(RunningService service) {
        HttpRequest.Builder request = service.request(path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return contentType.isEmpty() ? request : request.header("Content-Type", contentType);
    }
}
