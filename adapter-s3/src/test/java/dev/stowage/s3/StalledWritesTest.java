package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

final class StalledWritesTest {

    /** The kernel accepts the connection and a few megabytes, which are never read. */
    @Test
    @Timeout(30)
    void call_whenTheStoreStopsReading_isAborted() throws IOException {
        byte[] body = new byte[64 << 20];
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SdkHttpClient client = new StalledWrites(
                        new Transport(1, Timeouts.DEFAULT, Optional.empty()), Duration.ofMillis(300))) {
            HttpExecuteRequest request = HttpExecuteRequest.builder()
                    .request(SdkHttpRequest.builder()
                            .method(SdkHttpMethod.PUT)
                            .protocol("http")
                            .host("127.0.0.1")
                            .port(deaf.getLocalPort())
                            .encodedPath("/")
                            .putHeader("Content-Length", Integer.toString(body.length))
                            .build())
                    .contentStreamProvider(
                            ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(body)))
                    .build();

            assertThatThrownBy(() -> client.prepareRequest(request).call()).isInstanceOf(IOException.class);
        }
    }
}
