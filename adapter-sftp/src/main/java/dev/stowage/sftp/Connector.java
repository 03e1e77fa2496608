package dev.stowage.sftp;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.jspecify.annotations.Nullable;

/** Opens connections. Safe for concurrent use. */
final class Connector implements AutoCloseable {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int UNANSWERED_KEEP_ALIVES = 2;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final SftpConfig config;
    private final List<KeyPair> keys;
    private final SshClient client;

    /** @throws StorageRejected when a key can't be read */
    Connector(SftpConfig config) {
        this.config = config;
        this.keys = keys(config.keyFile(), config.keyPassphrase());
        this.client = client(HostKeys.of(config), config.timeout());
        client.start();
    }

    /** Ignores the files of the user in whose name the service runs, such as {@code ~/.ssh/config}. */
    private static SshClient client(HostKeys hostKeys, Duration timeout) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier(hostKeys);
        List<NamedFactory<Signature>> signatures = ClientBuilder.setUpDefaultSignatureFactories(false);
        client.setSignatureFactories(hostKeys.onlyTheirs(signatures));
        // Many servers ask for the password in a dialog only (RFC 4256).
        client.setUserAuthFactories(List.of(
                new UserAuthPublicKeyFactory(signatures),
                new UserAuthKeyboardInteractiveFactory(),
                new UserAuthPasswordFactory()));
        // Otherwise a small request waits for the acknowledgement of an earlier one, often for 40 ms.
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, KEEP_ALIVE);
        CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED_KEEP_ALIVES);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, timeout);
        AbstractSftpClient.SFTP_CLIENT_CMD_TIMEOUT.set(client, timeout);
        return client;
    }

    private static List<KeyPair> keys(Optional<Path> file, Optional<Secret> passphrase) {
        List<KeyPair> keys = new ArrayList<>();
        if (file.isEmpty()) {
            return keys;
        }
        FileKeyPairProvider provider = new FileKeyPairProvider(file.get());
        passphrase.ifPresent(secret -> provider.setPasswordFinder(FilePasswordProvider.of(secret.value())));
        try {
            provider.loadKeys(null).forEach(keys::add);
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        if (keys.isEmpty()) {
            throw unreadable(null);
        }
        return keys;
    }

    private static StorageRejected unreadable(@Nullable Throwable cause) {
        return new StorageRejected(
                "The private key in SFTP_KEY_FILE can't be read, or SFTP_KEY_PASSPHRASE is wrong", cause);
    }

    /** @throws StorageRejected when the server is not the expected one, refuses the user, or lacks what is required */
    SftpConnection connect(Deadline deadline) throws IOException {
        ClientSession session = null;
        SftpConnection connection = null;
        try {
            session = client.connect(config.user(), config.host(), config.port())
                    .verify(time(deadline))
                    .getSession();
            config.password().ifPresent(passwordOf(session));
            keys.forEach(session::addPublicKeyIdentity);
            session.auth().verify(time(deadline));
            SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(session, time(deadline));
            connection = new SftpConnection(session);
        } catch (SocketTimeoutException e) {
            throw new ConnectionLost(e);
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } catch (IOException e) {
            throw Failures.ofConnecting(e);
        } catch (IllegalStateException e) {
            // The client was closed meanwhile.
            throw new ConnectionLost(e);
        } finally {
            if (session != null && connection == null) {
                session.close(true);
            }
        }
        if (!connection.features().replace()) {
            connection.close();
            throw new StorageRejected(
                    "The SFTP server can't replace files in one step; it lacks the extension " + Features.RENAME, null);
        }
        return connection;
    }

    private static Consumer<Secret> passwordOf(ClientSession session) {
        return secret -> session.addPasswordIdentity(secret.value());
    }

    private Duration time(Deadline deadline) throws ConnectionLost {
        Duration time = deadline.remaining(config.timeout());
        if (time.isZero()) {
            throw new ConnectionLost("no connection in time", true);
        }
        return time;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        try {
            boolean unused = client.close(true).await(CLOSING);
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }
}
