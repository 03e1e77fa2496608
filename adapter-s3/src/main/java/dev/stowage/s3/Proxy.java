package dev.stowage.s3;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** An HTTP proxy for requests to the store. */
final class Proxy {

    private final HttpHost host;
    private final ProxyConfiguration configuration;

    private Proxy(HttpHost host, ProxyConfiguration configuration) {
        this.host = host;
        this.configuration = configuration;
    }

    /** The proxy of {@code configuration}, which by default reads {@code http.proxyHost} and related properties, or {@code HTTP_PROXY}. */
    static Optional<Proxy> of(ProxyConfiguration configuration) {
        return configuration.host() == null || configuration.port() <= 0
                ? Optional.empty()
                : Optional.of(new Proxy(
                        new HttpHost(configuration.scheme(), configuration.host(), configuration.port()),
                        configuration));
    }

    void apply(HttpClientBuilder client) {
        client.setRoutePlanner(new Routes());
        if (configuration.username() != null && configuration.password() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            configuration.username(), configuration.password().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
    }

    private boolean isBypassed(HttpHost target) {
        String name = target.getHostName().toLowerCase(Locale.ROOT);
        Set<String> patterns = configuration.nonProxyHosts();
        return patterns != null && patterns.stream().anyMatch(name::matches);
    }

    private final class Routes extends DefaultRoutePlanner {

        Routes() {
            super(null);
        }

        @Override
        protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
            return isBypassed(target) ? null : host;
        }
    }
}
