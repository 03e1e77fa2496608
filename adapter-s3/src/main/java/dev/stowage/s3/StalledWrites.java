package dev.stowage.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that aborts a request when the store reads no bytes of its body for some time.
 *
 * <p>A socket's time-out only applies to reading: a store that stops reading would block an upload forever. Time spent waiting for the
 * body's source, which is the client's time, does not count.
 */
final class StalledWrites implements SdkHttpClient {

    private final SdkHttpClient client;
    private final Duration limit;
    private final Set<WatchedBody> writing = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor scheduler;
    private final ScheduledFuture<?> watch;

    StalledWrites(SdkHttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
        this.scheduler = new ScheduledThreadPoolExecutor(1, RequestThreads.threads("s3-idle-watch"));
        long period = Math.max(1, limit.toMillis() / 4);
        watch = scheduler.scheduleWithFixedDelay(this::abortStalled, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.contentStreamProvider().isEmpty()) {
            return client.prepareRequest(request);
        }
        WatchedBody body = new WatchedBody(request.contentStreamProvider().get());
        ExecutableHttpRequest prepared = client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.httpRequest())
                .contentStreamProvider(body)
                .metricCollector(request.metricCollector().orElse(null))
                .build());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                body.start(prepared);
                writing.add(body);
                try {
                    return prepared.call();
                } finally {
                    writing.remove(body);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private void abortStalled() {
        for (WatchedBody body : writing) {
            body.abortWhenIdle(limit);
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
        scheduler.shutdown();
        client.close();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }
}
