package dev.stowage.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Sends requests to the service, with the credential, bounded waits, and repetitions. Thread-safe. */
final class ApiConnection {

    /** Statuses with which the service, or a proxy, refuses before anything has happened. */
    private static final Set<Integer> NOT_BEGUN = Set.of(429, 503);

    /** Statuses of proxies that do not say whether anything has happened. */
    private static final Set<Integer> UNCERTAIN = Set.of(502, 504);

    private static final int TEMPORARY_REDIRECT = 307;

    /** The slowest transfer that is waited for, in bytes per second. */
    private static final long SLOWEST = 32 << 10;

    /** The most bytes of a response that is read as a whole: a page of keys has less than 2 MiB. */
    private static final int LARGEST_ANSWER = 32 << 20;

    private final String address;
    private final Optional<String> credential;
    private final HttpClients http;
    private final Duration timeout;
    private final RetryPolicy retries;

    /**
     * @param address of the service, with the path of a reverse proxy
     * @param credential an API key or a token
     * @param timeout how long to wait for the head of a response after the request was sent, and for the next bytes of a body
     */
    ApiConnection(URI address, Optional<String> credential, HttpClients http, Duration timeout, RetryPolicy retries) {
        String text = address.toString();
        this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.credential = credential;
        this.http = http;
        this.timeout = timeout;
        this.retries = retries;
    }

    /** Returns the address without a slash at its end. */
    String address() {
        return address;
    }

    RetryPolicy retries() {
        return retries;
    }

    /** Returns the answer with its whole body. @throws StowageException when it is an error, or does not arrive */
    ApiResponse call(ApiRequest request) throws InterruptedException {
        RetryPolicy.Attempts attempts = retries.begin();
        while (true) {
            try {
                HttpResponse<ResponseStream> response = send(request, attempts);
                try (ResponseStream body = response.body()) {
                    return new ApiResponse(
                            response.statusCode(),
                            response.headers(),
                            JsonFields.parse(body.readNBytes(LARGEST_ANSWER)));
                }
            } catch (InterruptedIOException e) {
                throw interrupted(e);
            } catch (IOException e) {
                if (!request.repeatable() || !attempts.pause(Duration.ZERO)) {
                    throw StowageException.unreachable(url(request), e);
                }
            }
        }
    }

    /** Returns the answer with its body unread, which the caller closes. @throws StowageException as {@link #call} */
    HttpResponse<ResponseStream> open(ApiRequest request) throws InterruptedException {
        return send(request, retries.begin());
    }

    /** As {@link #open}, but without repetitions. */
    HttpResponse<ResponseStream> openOnce(ApiRequest request) throws InterruptedException {
        return send(request, RetryPolicy.of(Duration.ZERO).begin());
    }

    private HttpResponse<ResponseStream> send(ApiRequest request, RetryPolicy.Attempts attempts)
            throws InterruptedException {
        while (true) {
            Duration wanted = Duration.ZERO;
            StowageException failure;
            boolean repeatable;
            try {
                HttpResponse<ResponseStream> response = followed(request, exchange(request, url(request), true));
                if (response.statusCode() < 300) {
                    return response;
                }
                wanted = retryAfter(response.headers());
                repeatable = NOT_BEGUN.contains(response.statusCode())
                        || (request.repeatable() && UNCERTAIN.contains(response.statusCode()));
                failure = refusal(response);
            } catch (ConnectException e) {
                repeatable = true;
                failure = StowageException.unreachable(url(request), e);
            } catch (InterruptedIOException e) {
                throw interrupted(e);
            } catch (IOException e) {
                repeatable = request.repeatable();
                failure = StowageException.unreachable(url(request), e);
            }
            if (!repeatable || !attempts.pause(wanted)) {
                throw failure;
            }
        }
    }

    /** Follows a redirect of a download to a signed URL of the store, which must not get the credential. */
    private HttpResponse<ResponseStream> followed(ApiRequest request, HttpResponse<ResponseStream> response)
            throws IOException, InterruptedException {
        Optional<String> location = response.headers().firstValue("Location");
        if (response.statusCode() != TEMPORARY_REDIRECT
                || location.isEmpty()
                || !request.method().equals("GET")) {
            return response;
        }
        response.body().close();
        return exchange(request, response.uri().resolve(location.get()), false);
    }

    private HttpResponse<ResponseStream> exchange(ApiRequest request, URI url, boolean toService)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url)
                .method(request.method(), request.body())
                .timeout(timeout.plusSeconds(request.size() / SLOWEST));
        request.headers().forEach(builder::header);
        if (toService) {
            credential.ifPresent(key -> builder.header("Authorization", "Bearer " + key));
        }
        HttpClient client = toService ? http.service() : http.elsewhere();
        return client.send(builder.build(), head -> new ResponseStream(timeout));
    }

    private static StowageException refusal(HttpResponse<ResponseStream> response) throws IOException {
        try (ResponseStream body = response.body()) {
            return StowageException.refused(
                    response.statusCode(),
                    JsonFields.parse(body.readNBytes(LARGEST_ANSWER)),
                    response.headers().firstValue("X-Request-Id"));
        }
    }

    private static Duration retryAfter(HttpHeaders headers) {
        try {
            return headers.firstValue("Retry-After")
                    .map(text -> Duration.ofSeconds(Long.parseLong(text.strip())))
                    .orElse(Duration.ZERO);
        } catch (NumberFormatException date) {
            return Duration.ZERO;
        }
    }

    /** @throws StowageException when an absolute target leads to another server, which must not get the credential */
    private URI url(ApiRequest request) {
        URI target = request.target();
        if (!target.isAbsolute()) {
            return URI.create(address + target);
        }
        URI own = URI.create(address);
        if (!own.getScheme().equals(target.getScheme())
                || !own.getRawAuthority().equals(target.getRawAuthority())) {
            throw StowageException.unexpected("The service named a URL of another server: " + target);
        }
        return target;
    }

    static InterruptedException interrupted(InterruptedIOException cause) {
        // The exception replaces the flag.
        boolean unused = Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }
}
