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

    private final Duration timeout;
    private final boolean secure;
    private final HttpClient service;
    private @Nullable HttpClient elsewhere;

    /** @param timeout how long to wait for a connection */
    HttpClients(URI address, Duration timeout) {
        this.timeout = timeout;
        this.secure = address.getScheme().equals("https");
        this.service = (secure ? builder() : builder().sslContext(trustingNobody())).build();
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

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    }

    /**
     * Without it, a client without TLS would begin by reading all certificates that the JDK trusts, which takes a noticeable part of a short
     * command's time.
     */
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
