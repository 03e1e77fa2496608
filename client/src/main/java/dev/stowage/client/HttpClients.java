package dev.stowage.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The HTTP client for the service, and the one for stores that the service redirects downloads to. Thread-safe. */
final class HttpClients {

    private static final Duration CLOSING = Duration.ofMillis(200);

    private final Duration timeout;
    private final boolean secure;
    private final HttpClient service;
    private @Nullable HttpClient elsewhere;

    /** @param timeout how long to wait for a connection */
    HttpClients(URI address, Duration timeout) {
        this.timeout = timeout;
        this.secure = address.getScheme().equals("https");
        this.service = (secure ? builder() : builder().sslContext(withoutTrust())).build();
    }

    HttpClient service() {
        return service;
    }

    synchronized HttpClient elsewhere() {
        if (elsewhere == null) {
            elsewhere = secure ? service : builder().build();
        }
        return elsewhere;
    }

    /**
     * Ends the connections and threads where the JDK can (21 and later). Does not wait for calls that are still in progress, beyond a moment
     * for the threads to end.
     */
    synchronized void close() {
        Thread closer = new Thread(() -> close(service, elsewhere), "stowage-client-close");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Object... clients) {
        for (Object client : clients) {
            if (client instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception unused) {
                    // Nothing depends on it: the process ends a moment later instead.
                    return;
                }
            }
        }
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    }

    /**
     * Without it, a client without TLS would begin by reading all certificates that the JDK trusts, which takes a noticeable part of a short
     * command's time.
     */
    private static SSLContext withoutTrust() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
