package dev.stowage.sftp;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the store. One of password and key file is set, and one of host key and known hosts.
 *
 * @param bucket the name of the bucket that clients see
 * @param hostKey the public key of the server, as in a line of {@code known_hosts} without the host
 * @param path the folder on the server, absolute or relative to where the user logs in
 * @param connections how many connections are open at most
 * @param timeout how long to wait for a connection, and for the response to one request
 */
record SftpConfig(
        String bucket,
        String host,
        int port,
        String user,
        Optional<Secret> password,
        Optional<Path> keyFile,
        Optional<Secret> keyPassphrase,
        Optional<String> hostKey,
        Optional<Path> knownHosts,
        String path,
        int connections,
        Duration timeout) {

    private static final int MAX_CONNECTIONS = 64;

    /** Leaves time for a second attempt within the 30 seconds of a call. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(25);

    static SftpConfig from(Settings settings) {
        SftpConfig config = new SftpConfig(
                settings.text("SFTP_BUCKET", "files"),
                settings.required("SFTP_HOST", "name the server"),
                settings.number("SFTP_PORT", 22, 1, 65_535),
                settings.required("SFTP_USER", "name the user"),
                settings.secret("SFTP_PASSWORD"),
                settings.text("SFTP_KEY_FILE").map(Path::of),
                settings.secret("SFTP_KEY_PASSPHRASE"),
                settings.text("SFTP_HOST_KEY"),
                settings.text("SFTP_KNOWN_HOSTS").map(Path::of),
                trimmed(settings.required("SFTP_PATH", "name an existing folder on the server")),
                settings.number("SFTP_CONNECTIONS", 8, 1, MAX_CONNECTIONS),
                settings.duration("SFTP_TIMEOUT", Duration.ofSeconds(10), Duration.ofSeconds(1), MAX_TIMEOUT));
        if (config.password.isEmpty() == config.keyFile.isEmpty()) {
            settings.problem("SFTP_PASSWORD", "set either this or SFTP_KEY_FILE");
        }
        if (config.hostKey.isEmpty() == config.knownHosts.isEmpty()) {
            settings.problem(
                    "SFTP_HOST_KEY", "set either this or SFTP_KNOWN_HOSTS, so that the server can be recognized");
        }
        try {
            config.hostKey.ifPresent(HostKeys::parse);
        } catch (IllegalArgumentException e) {
            settings.problem("SFTP_HOST_KEY", HostKeys.NO_KEY);
        }
        return config;
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
