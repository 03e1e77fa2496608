package dev.stowage.jwt;

import dev.stowage.core.config.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code JWT_} settings.
 *
 * @param keys where the keys are that tokens are signed with
 * @param issuer whose tokens are good: their {@code iss}, to the letter
 * @param audience who tokens are made for: one of their {@code aud}, to the letter
 * @param clockSkew by how much the issuer's clock may differ from this one: 0 to 5 minutes
 * @param claims where a token says what its owner may do
 */
public record JwtConfig(KeyLocation keys, String issuer, String audience, Duration clockSkew, ClaimNames claims) {

    /**
     * Where the JSON Web Key Set (RFC 7517, section 5) is: one of the two, unless a problem was noted.
     *
     * @param url https, or http on this machine
     * @param file that can be read
     */
    public record KeyLocation(Optional<URI> url, Optional<Path> file) {}

    /** The names of the claims that grant something, each to the letter: a dot or a slash has no meaning. */
    public record ClaimNames(String projects, String prefixes, String actions) {}

    private static final String URL = "JWT_JWKS_URL";
    private static final String FILE = "JWT_JWKS_FILE";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    /** Reads the configuration; what is missing or wrong is noted in {@code settings}. */
    public static JwtConfig from(Settings settings) {
        return new JwtConfig(
                keys(settings),
                required(settings, "JWT_ISSUER", "it names whose tokens are good, as their iss claim has it"),
                required(settings, "JWT_AUDIENCE", "it names this service, as the aud claim of its tokens has it"),
                settings.duration("JWT_CLOCK_SKEW", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)),
                new ClaimNames(
                        settings.text("JWT_PROJECTS_CLAIM", "stowage_projects"),
                        settings.text("JWT_PREFIXES_CLAIM", "stowage_prefixes"),
                        settings.text("JWT_ACTIONS_CLAIM", "stowage_actions")));
    }

    private static KeyLocation keys(Settings settings) {
        boolean named = settings.text(URL).isPresent();
        if (named == settings.text(FILE).isPresent()) {
            settings.problem(
                    URL,
                    named
                            ? "is set, and so is " + FILE + "; leave one of the two out"
                            : "is not set, nor is " + FILE + "; one of them says where the issuer's keys are");
        }
        return new KeyLocation(url(settings), settings.read(FILE, Optional.empty(), JwtConfig::readable));
    }

    private static Optional<URI> url(Settings settings) {
        Optional<URI> url = settings.url(URL);
        if (url.isPresent() && !trustworthy(url.get())) {
            settings.problem(URL, "is http; whoever can change the keys on their way can sign tokens, so use https");
        }
        return url;
    }

    private static boolean trustworthy(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                || LOOPBACK.matcher(url.getHost()).matches();
    }

    private static Optional<Path> readable(String text) {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("is no file that can be read");
        }
        return Optional.of(file);
    }

    private static String required(Settings settings, String name, String why) {
        if (settings.text(name).isEmpty()) {
            settings.problem(name, "is not set; " + why);
        }
        return settings.text(name, "");
    }
}
