package dev.stowage.testkit;

import dev.stowage.core.port.SignedUrl;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Sends signed requests over HTTP. */
final class HttpRequests implements SignedRequests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    @Override
    public Answer put(SignedUrl url, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.url()).timeout(TIMEOUT).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(url.headers());
        all.putAll(headers);
        all.forEach(request::header);
        return send(request.build());
    }

    @Override
    public Answer get(SignedUrl url) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.url()).timeout(TIMEOUT);
        url.headers().forEach(request::header);
        return send(request.build());
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Content-Disposition").orElse(""));
    }
}
