package dev.stowage.http.server;

import dev.stowage.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of the server's TLS certificate and key.
 *
 * @param certificate the certificate and its chain, in PEM
 * @param key the private key, in PEM and not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

    private static final String CERTIFICATE = "TLS_CERT_FILE";
    private static final String KEY = "TLS_KEY_FILE";

    /** Reads {@code TLS_CERT_FILE} and {@code TLS_KEY_FILE}: both, or neither for plain HTTP. */
    static Optional<TlsFiles> from(Settings settings) {
        Optional<Path> certificate = file(settings, CERTIFICATE);
        Optional<Path> key = file(settings, KEY);
        if (settings.text(CERTIFICATE).isPresent() != settings.text(KEY).isPresent()) {
            settings.problem(
                    settings.text(KEY).isPresent() ? CERTIFICATE : KEY,
                    "is missing; TLS needs both " + CERTIFICATE + " and " + KEY);
        }
        return certificate.flatMap(cert -> key.map(secret -> new TlsFiles(cert, secret)));
    }

    private static Optional<Path> file(Settings settings, String name) {
        return settings.read(name, Optional.empty(), text -> {
            Path file = Path.of(text);
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("is not a readable file");
            }
            return Optional.of(file);
        });
    }
}
