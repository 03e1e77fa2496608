package dev.stowage.app.config;

import dev.stowage.core.config.Settings;
import dev.stowage.jwt.JwtConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is let in.
 *
 * @param modes by what people tell who they are; empty for a service that asks nobody, which only this machine can reach then
 * @param jwt whose tokens are good; there when {@code modes} has {@link Mode#JWT}
 */
public record AccessConfig(Set<Mode> modes, Optional<JwtConfig> jwt) {

    private static final String AUTH_MODE = "AUTH_MODE";
    private static final String NONE = "none";

    /** By what somebody tells who they are. */
    public enum Mode {
        /** API keys. */
        KEYS,
        /** Tokens that somebody else has signed. */
        JWT
    }

    public AccessConfig {
        modes = Set.copyOf(modes);
    }

    /**
     * Reads {@code AUTH_MODE}, and the settings of JWT where that is in it; what is wrong is noted in {@code settings}.
     *
     * @param host where the service listens
     */
    public static AccessConfig from(Settings settings, String host) {
        // What can't be read was meant to ask.
        Set<Mode> modes = settings.text(AUTH_MODE).isEmpty()
                ? Set.of()
                : settings.read(AUTH_MODE, Set.of(Mode.KEYS), AccessConfig::parse);
        if (modes.isEmpty() && !isLoopback(host)) {
            settings.problem(
                    AUTH_MODE,
                    "is none, which lets everybody do everything, but HTTP_HOST=" + host
                            + " can be reached from other machines; set AUTH_MODE=keys (or jwt), or HTTP_HOST=127.0.0.1");
        }
        Optional<JwtConfig> jwt = modes.contains(Mode.JWT) ? Optional.of(JwtConfig.from(settings)) : Optional.empty();
        return new AccessConfig(modes, jwt);
    }

    /** Whether anybody is asked who they are. */
    public boolean isGuarded() {
        return !modes.isEmpty();
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
            default -> throw new IllegalArgumentException("is none of none, keys, jwt and keys,jwt");
        };
    }

    /** A name that can't be resolved may mean anything. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
