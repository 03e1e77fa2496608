package dev.stowage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.storage.common.policy.StorageSharedKeyCredentialPolicy;
import dev.stowage.core.adapter.InterruptibleSockets;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The connections to the store. Requests are sent, and their bodies read, by the calling thread, one for each connection.
 *
 * <p>Nothing is repeated here: a body may be readable only once, and a repeated conditional write would be refused because of its first
 * attempt.
 */
final class AzureConnection implements AutoCloseable {

    private static final int MAX_IDLE = 64;

    /** A request on a connection that the server has just closed fails, and Azurite closes idle ones after 5 seconds. */
    private static final int IDLE_SECONDS = 4;

    private final OkHttpClient client;
    private final HttpPipeline pipeline;
    private volatile boolean closed;

    AzureConnection(AzureConfig config) {
        client = new OkHttpClient.Builder()
                .socketFactory(new InterruptibleSockets())
                .connectionPool(new ConnectionPool(MAX_IDLE, IDLE_SECONDS, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .addInterceptor(chain -> {
                    if (closed) {
                        throw new IOException("The store is closed");
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        HttpClient http = new OkHttpAsyncHttpClientBuilder(client)
                .connectionTimeout(config.timeouts().connect())
                .readTimeout(config.timeouts().idle())
                .writeTimeout(config.timeouts().idle())
                .responseTimeout(config.timeouts().answer())
                .followRedirects(false)
                .build();
        pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(
                        new UserAgentPolicy("stowage"),
                        new RequestIdPolicy(),
                        new AddDatePolicy(),
                        new StorageSharedKeyCredentialPolicy(config.credential()))
                .build();
    }

    HttpPipeline pipeline() {
        return pipeline;
    }

    /** Ends all requests and connections. Further requests fail. */
    @Override
    public void close() {
        closed = true;
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
