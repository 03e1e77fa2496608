package dev.stowage.jwt;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A key set at a URL. Redirects are not followed, because only the configured URL is trusted. */
final class HttpKeySource implements KeySource {

    private final HttpRequest request;
    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout from the request to the last byte of the response */
    HttpKeySource(URI url, Duration timeout) {
        this.timeout = timeout;
        request = HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public CompletableFuture<String> read() {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, response -> new BoundedBody(LARGEST));
        // The timeout of the client covers the response headers only. Cancelling a copy of the future would not cancel
        // the request.
        return answer.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> answer.cancel(true))
                .thenApply(HttpKeySource::body);
    }

    @Override
    public String toString() {
        return "JWT_JWKS_URL";
    }

    private static String body(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new CompletionException(new IOException("its response is " + answer.statusCode()));
        }
        return answer.body();
    }
}
