package dev.stowage.http.server;

import dev.stowage.core.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The address that the server listens on, and the proxies, origins and hosts that it trusts.
 *
 * @param port 0 for any free port
 * @param tls empty for plain HTTP
 * @param forwardedHeaders whether to trust {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*}: only behind a proxy that sets them,
 *     since any client can send them
 * @param corsOrigins the origins whose pages may call the API, or {@code *}; empty for none; unmodifiable
 * @param allowedHosts the host names that requests may use, in lower case and without brackets, or {@code *}; loopback names are always
 *     allowed. If empty, any name is allowed with authentication, and only loopback names without it; unmodifiable
 */
public record Listener(
        String host,
        int port,
        Optional<TlsFiles> tls,
        boolean forwardedHeaders,
        Set<String> corsOrigins,
        Set<String> allowedHosts) {

    /** Allows pages of any origin. */
    static final String ANY_ORIGIN = "*";

    private static final int MAX_PORT = 65_535;

    public Listener {
        corsOrigins = Set.copyOf(corsOrigins);
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** Reads {@code HTTP_HOST}, {@code HTTP_PORT}, {@code TLS_*}, {@code FORWARDED_HEADERS}, {@code CORS_ALLOWED_ORIGINS} and {@code HTTP_ALLOWED_HOSTS}. */
    public static Listener from(Settings settings) {
        return new Listener(
                settings.text("HTTP_HOST", "127.0.0.1"),
                settings.number("HTTP_PORT", 9090, 0, MAX_PORT),
                TlsFiles.from(settings),
                settings.flag("FORWARDED_HEADERS", false),
                settings.read("CORS_ALLOWED_ORIGINS", Set.of(), Listener::origins),
                settings.read("HTTP_ALLOWED_HOSTS", Set.of(), AllowedHosts::parse));
    }

    /** The scheme of the service's URLs. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    private static Set<String> origins(String text) {
        Set<String> origins = new LinkedHashSet<>();
        for (String origin :
                Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            if (!origin.equals(ANY_ORIGIN) && !isOrigin(origin)) {
                throw new IllegalArgumentException(
                        "is neither a list of origins such as https://app.example.com, http://localhost:3000, nor *");
            }
            origins.add(origin);
        }
        return origins;
    }

    /** Whether the text is an origin as browsers send it: scheme, host and optional port (RFC 6454, section 6.2). */
    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
