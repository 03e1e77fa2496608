package dev.stowage.http.console;

import dev.stowage.core.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How people sign in at an identity provider: OpenID Connect Core 1.0, section 3.1, with PKCE (RFC 7636). The browser does it; the service
 * gets only access tokens, as from every client. None of this is secret.
 *
 * @param issuer the provider's issuer identifier (OpenID Connect Discovery 1.0, section 3): https, or http on this machine, without query
 *     and fragment
 * @param clientId the public client of the console: 1 to 255 visible characters
 * @param scopes what is asked for, separated by single spaces; contains {@code openid}
 * @param audience the {@code aud} that the service accepts, which some providers have to be asked for; may be empty
 * @param origins of the provider's endpoints besides that of the issuer (RFC 6454, section 6.2); unmodifiable
 */
public record OidcConfig(URI issuer, String clientId, String scopes, String audience, List<String> origins) {

    private static final String ISSUER = "CONSOLE_OIDC_ISSUER";
    private static final String CLIENT_ID = "CONSOLE_OIDC_CLIENT_ID";
    private static final String SCOPES = "CONSOLE_OIDC_SCOPES";
    private static final String ORIGINS = "CONSOLE_OIDC_ORIGINS";
    private static final String USUAL_SCOPES = "openid profile";
    private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x7e]{1,255}");
    /** In a Content-Security-Policy, nothing else may appear. */
    private static final Pattern ORIGIN = Pattern.compile(
            "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]{1,5})?");
    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE_LIST =
            Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    public OidcConfig {
        origins = List.copyOf(origins);
    }

    /**
     * Reads {@code CONSOLE_OIDC_ISSUER}, {@code CONSOLE_OIDC_CLIENT_ID}, {@code CONSOLE_OIDC_SCOPES}, {@code CONSOLE_OIDC_ORIGINS} and
     * {@code JWT_AUDIENCE}; empty when the first two are not set. Problems are reported in {@code settings}.
     */
    static Optional<OidcConfig> from(Settings settings) {
        Optional<URI> issuer = settings.secureUrl(ISSUER, "tokens are sent to and from the provider");
        if (issuer.isPresent()
                && (issuer.get().getRawQuery() != null || issuer.get().getRawFragment() != null)) {
            settings.problem(ISSUER, "has a query or a fragment, which an issuer does not have");
        }
        String client = settings.read(CLIENT_ID, "", text -> matching(CLIENT, text, "is not a client id"));
        String scopes = settings.read(SCOPES, USUAL_SCOPES, OidcConfig::scopes);
        List<String> origins = settings.read(ORIGINS, List.of(), OidcConfig::origins);
        requireTogether(settings, ISSUER, CLIENT_ID);
        requireTogether(settings, CLIENT_ID, ISSUER);
        return client.isEmpty()
                ? Optional.empty()
                : issuer.map(url -> new OidcConfig(url, client, scopes, settings.text("JWT_AUDIENCE", ""), origins));
    }

    /** The origins of the provider, to which the console connects, separated by spaces. */
    String allOrigins() {
        return Stream.concat(Stream.of(issuer.getScheme() + "://" + issuer.getRawAuthority()), origins.stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static void requireTogether(Settings settings, String name, String other) {
        if (settings.text(name).isPresent() && settings.text(other).isEmpty()) {
            settings.problem(name, "is set, but " + other + " is not");
        }
    }

    private static List<String> origins(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(origin -> matching(
                        ORIGIN, origin, "is not a list of origins such as https://token.example, which have no path"))
                .toList();
    }

    private static String scopes(String text) {
        matching(SCOPE_LIST, text, "is not a list of scopes such as openid profile");
        if (!(" " + text + " ").contains(" openid ")) {
            throw new IllegalArgumentException(
                    "does not contain openid, without which the provider returns no identity");
        }
        return text;
    }

    private static String matching(Pattern pattern, String text, String problem) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(problem);
        }
        return text;
    }
}
