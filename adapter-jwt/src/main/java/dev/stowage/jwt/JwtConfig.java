package dev.stowage.jwt;

import dev.stowage.core.config.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration from the {@code JWT_} settings.
 *
 * @param keys the location of the keys that sign tokens
 * @param issuer the exact {@code iss} of accepted tokens
 * @param audience a value that must exactly match one in the {@code aud} of accepted tokens
 * @param clockSkew the tolerated difference from the issuer's clock: 0 to 5 minutes
 * @param claims the names of the claims that grant rights
 */
public record JwtConfig(KeyLocation keys, String issuer, String audience, Duration clockSkew, ClaimNames claims) {

    /**
     * The location of the JSON Web Key Set (RFC 7517, section 5): exactly one of the two, unless a problem was reported.
     *
     * @param url https, or http on this machine
     * @param file a readable file
     */
    public record KeyLocation(Optional<URI> url, Optional<Path> file) {}

    /** The exact names of the claims that grant rights; dots and slashes have no special meaning. */
    public record ClaimNames(String projects, String prefixes, String actions) {}

    private static final String URL = "JWT_JWKS_URL";
    private static final String FILE = "JWT_JWKS_FILE";

    /** Reads the configuration. Missing and invalid values are reported in {@code settings}. */
    public static JwtConfig from(Settings settings) {
        return new JwtConfig(
                keys(settings),
                required(settings, "JWT_ISSUER", "set it to the iss claim of the tokens to accept"),
                required(settings, "JWT_AUDIENCE", "set it to the name of this service in the aud claim of tokens"),
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
                            ? "is set, and so is " + FILE + "; set only one of them"
                            : "is not set, nor is " + FILE + "; set one of them to the location of the issuer's keys");
        }
        return new KeyLocation(
                settings.secureUrl(URL, "anyone who can modify the keys in transit can sign tokens"),
                settings.read(FILE, Optional.empty(), JwtConfig::readable));
    }

    private static Optional<Path> readable(String text) {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("is not a readable file");
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
