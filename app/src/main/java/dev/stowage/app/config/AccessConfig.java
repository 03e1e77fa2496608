package dev.stowage.app.config;

import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import dev.stowage.jwt.JwtConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How requests are authenticated.
 *
 * @param modes the accepted kinds of credentials; empty for no authentication, which is allowed only on a loopback address
 * @param jwt how tokens are validated; present when {@code modes} contains {@link Mode#JWT}
 * @param s3Secret the secret from which those of S3 key pairs are derived, if it is set
 */
public record AccessConfig(Set<Mode> modes, Optional<JwtConfig> jwt, Optional<Secret> s3Secret) {

    private static final String AUTH_MODE = "AUTH_MODE";
    private static final String S3_SECRET = "S3_API_SECRET";
    private static final String NONE = "none";

    /** A kind of credentials. */
    public enum Mode {
        /** API keys. */
        KEYS,
        /** Tokens signed by an identity provider. */
        JWT
    }

    public AccessConfig {
        modes = Set.copyOf(modes);
    }

    /**
     * Reads {@code AUTH_MODE} and {@code S3_API_SECRET}, and the JWT settings where it contains {@code jwt}; problems are recorded in {@code settings}.
     *
     * @param host the address that the service listens on
     */
    public static AccessConfig from(Settings settings, String host) {
        // An invalid value falls back to authentication, never to none.
        Set<Mode> modes = settings.text(AUTH_MODE).isEmpty()
                ? Set.of()
                : settings.read(AUTH_MODE, Set.of(Mode.KEYS), AccessConfig::parse);
        if (modes.isEmpty() && !isLoopback(host)) {
            settings.problem(
                    AUTH_MODE,
                    "is none, which gives every client full access, but HTTP_HOST=" + host
                            + " is reachable from other machines; set AUTH_MODE=keys (or jwt), or HTTP_HOST=127.0.0.1");
        }
        Optional<JwtConfig> jwt = modes.contains(Mode.JWT) ? Optional.of(JwtConfig.from(settings)) : Optional.empty();
        return new AccessConfig(modes, jwt, s3Secret(settings));
    }

    /** Whether requests are authenticated. */
    public boolean isGuarded() {
        return !modes.isEmpty();
    }

    private static Optional<Secret> s3Secret(Settings settings) {
        Optional<Secret> secret = settings.secret(S3_SECRET);
        if (secret.filter(text -> text.value().length() < S3Secrets.MIN_LENGTH).isPresent()) {
            settings.problem(
                    S3_SECRET,
                    "is shorter than " + S3Secrets.MIN_LENGTH
                            + " characters; set a random one, such as the output of openssl rand -hex 32");
        }
        return secret;
    }

    private static Set<Mode> parse(String text) {
        if (text.equals(NONE)) {
            return Set.of();
        }
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        for (String word : text.split(",", -1)) {
            modes.add(mode(word.strip()));
        }
        return modes;
    }

    private static Mode mode(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "keys" -> Mode.KEYS;
            case "jwt" -> Mode.JWT;
            default -> throw new IllegalArgumentException("is not none, keys, jwt or keys,jwt");
        };
    }

    /** Whether the host is a loopback address; false for a name that can't be resolved. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
