package dev.stowage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Apache's HTTP client for the SDK. It differs from the SDK's own module in its bodies: that one reads 4 KiB at a time and sends 8 KiB
 * with each system call, which takes a quarter of the CPU time of an upload. Safe for concurrent use.
 */
final class Transport implements SdkHttpClient {

    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    /** Headers that the client derives from the entity or the address. */
    private static final Set<String> NOT_COPIED = Set.of("content-length", "transfer-encoding");

    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final RequestConfig requestConfig;

    /**
     * Does not connect yet.
     *
     * @param maxConnections at once; further calls wait for one for the time in {@code timeouts}
     * @param proxy for requests to the store
     */
    Transport(int maxConnections, Timeouts timeouts, Optional<Proxy> proxy) {
        Timeout connect = Timeout.of(timeouts.connect());
        Timeout idle = Timeout.of(timeouts.idle());
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoKeepAlive(true)
                        .setTcpNoDelay(true)
                        .setSoTimeout(idle)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(idle)
                        .build())
                .build();
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(connections)
                // The SDK itself signs, repeats and redirects requests.
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.of(MAX_IDLE));
        proxy.ifPresent(way -> way.apply(builder));
        client = builder.build();
        requestConfig = RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(idle)
                .setExpectContinueEnabled(false)
                .setDefaultKeepAlive(MAX_IDLE.toSeconds(), TimeUnit.SECONDS)
                .build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest call) {
        HttpUriRequestBase request = request(call);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(client.executeOpen(null, request, null), request);
            }

            @Override
            public void abort() {
                request.abort();
            }
        };
    }

    private HttpUriRequestBase request(HttpExecuteRequest call) {
        SdkHttpRequest head = call.httpRequest();
        HttpUriRequestBase request = new HttpUriRequestBase(head.method().name(), uri(head));
        request.setConfig(requestConfig);
        head.forEachHeader((name, values) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        call.contentStreamProvider()
                .ifPresent(body -> request.setEntity(new StreamEntity(
                        body,
                        head.firstMatchingHeader("Content-Length")
                                .map(Long::parseLong)
                                .orElse(-1L))));
        return request;
    }

    /**
     * The client drops empty segments at the beginning of a path. There the slash is sent encoded, which stores decode before they verify the
     * signature. All other paths are sent as they were signed, because some stores use the path as received.
     */
    private static URI uri(SdkHttpRequest head) {
        URI uri = head.getUri();
        String path = head.encodedPath();
        return path.startsWith("//") ? URI.create(uri.toString().replace(path, "/%2F" + path.substring(2))) : uri;
    }

    private static HttpExecuteResponse response(ClassicHttpResponse answer, HttpUriRequestBase request)
            throws IOException {
        SdkHttpResponse.Builder head =
                SdkHttpResponse.builder().statusCode(answer.getCode()).statusText(answer.getReasonPhrase());
        answer.headerIterator().forEachRemaining(header -> head.appendHeader(header.getName(), header.getValue()));
        HttpExecuteResponse.Builder response = HttpExecuteResponse.builder().response(head.build());
        HttpEntity body = answer.getEntity();
        if (body == null) {
            answer.close();
        } else if (body.getContentLength() == 0) {
            answer.close();
            response.responseBody(AbortableInputStream.create(new ByteArrayInputStream(new byte[0])));
        } else {
            InputStream content = body.getContent();
            response.responseBody(AbortableInputStream.create(content, request::abort));
        }
        return response.build();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        connections.close(CloseMode.IMMEDIATE);
    }

    @Override
    public String clientName() {
        return "Apache5";
    }
}
