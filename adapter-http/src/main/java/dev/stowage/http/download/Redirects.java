package dev.stowage.http.download;

import dev.stowage.core.config.Settings;
import dev.stowage.core.file.Files;
import java.time.Duration;
import java.util.Locale;

/**
 * When downloads are redirected to signed URLs of the store, so that their bytes do not pass through the service.
 *
 * @param byDefault whether downloads without the {@code redirect} parameter are
 * @param expiry the lifetime of the signed URLs, 1 second to {@link Files#MAX_URL_EXPIRY}
 */
public record Redirects(boolean byDefault, Duration expiry) {

    /** Redirects on request only. */
    public static final Redirects ON_REQUEST = new Redirects(false, Duration.ofSeconds(60));

    /** Reads {@code DOWNLOAD_MODE} and {@code REDIRECT_EXPIRY}. */
    public static Redirects from(Settings settings) {
        return new Redirects(
                settings.read("DOWNLOAD_MODE", ON_REQUEST.byDefault, Redirects::isRedirect),
                settings.duration("REDIRECT_EXPIRY", ON_REQUEST.expiry, Duration.ofSeconds(1), Files.MAX_URL_EXPIRY));
    }

    private static boolean isRedirect(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "redirect" -> true;
            case "proxy" -> false;
            default -> throw new IllegalArgumentException("is neither proxy nor redirect");
        };
    }
}
