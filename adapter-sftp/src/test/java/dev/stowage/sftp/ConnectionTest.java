package dev.stowage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.testkit.Bodies;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the server is recognized, and the user. */
final class ConnectionTest {

    @TempDir
    private Path folder;

    private TestServer server;
    private Map<String, String> settings;

    @BeforeEach
    void start() {
        server = new TestServer(folder.resolve("server"));
        settings = new HashMap<>(server.settings());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void otherHostKey_isRefused() {
        settings.put("SFTP_HOST_KEY", TestServer.line(TestServer.newKey("ecdsa-sha2-nistp256", 256)));

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("another host key")
                .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void hostKeyOfAnotherType_isRefused() {
        settings.put("SFTP_HOST_KEY", TestServer.line(TestServer.newKey("ssh-rsa", 2048)));

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("no host key of the type");
    }

    @ParameterizedTest
    @CsvSource({"ssh-ed25519, 256", "ssh-rsa, 2048", "ecdsa-sha2-nistp256, 256"})
    void hostKeyOfAnyType_isAccepted(String type, int size) {
        server.close();
        server = new TestServer(folder.resolve("other"), TestServer.newKey(type, size), 0);
        settings.putAll(server.settings());

        open().close();
    }

    @Test
    void knownHost_isAccepted_amongOthers() throws IOException {
        knownHosts("""
            other.example.com %2$s
            [127.0.0.1]:%1$d %3$s
            """.formatted(server.port(), otherKey(), server.hostKeyLine()));

        open().close();
    }

    @ParameterizedTest
    @CsvSource({"other.example.com", "@revoked [127.0.0.1]:PORT", "@cert-authority [127.0.0.1]:PORT"})
    void hostThatIsNotKnown_isRefused(String host) throws IOException {
        knownHosts(host.replace("PORT", Integer.toString(server.port())) + " " + server.hostKeyLine() + "\n");

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("SFTP_KNOWN_HOSTS has no key");
    }

    @Test
    void keyThatIsKnownAndRevoked_isRefused() throws IOException {
        String host = "[127.0.0.1]:" + server.port() + " " + server.hostKeyLine() + "\n";
        knownHosts(host + "@revoked " + host);

        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class);
    }

    @Test
    void wrongPassword_isRefused() {
        settings.put("SFTP_PASSWORD", "wrong");

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("refuses SFTP_USER")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void passwordThatIsAskedFor_isGiven() {
        server.askForThePassword();

        open().close();

        settings.put("SFTP_PASSWORD", "wrong");
        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class);
    }

    @Test
    void privateKeyWithPassphrase_isUsed() throws Exception {
        KeyPair key = TestServer.newKey("ssh-ed25519", 256);
        server.accept(key.getPublic());
        settings.remove("SFTP_PASSWORD");
        settings.put("SFTP_KEY_FILE", keyFile(key, "pass phrase").toString());
        settings.put("SFTP_KEY_PASSPHRASE", "pass phrase");

        open().close();

        settings.put("SFTP_KEY_PASSPHRASE", "another");
        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class).hasMessageContaining("SFTP_KEY_FILE");
    }

    @Test
    void missingFolder_isReported_andNotCreated() {
        settings.put("SFTP_PATH", "/missing");

        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class).hasMessageContaining("SFTP_PATH");
        assertThat(server.store().resolveSibling("missing")).doesNotExist();
    }

    @Test
    void serverThatCantReplaceFiles_isRefused() {
        server.offerOnly("fsync@openssh.com=1");

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("posix-rename@openssh.com");
    }

    @Test
    void restartedServer_isConnectedAgain() {
        try (SftpStorage storage = open()) {
            storage.check();
            int port = server.port();
            KeyPair hostKey = server.hostKeyPair();
            server.close();
            assertThatThrownBy(storage::check).isInstanceOf(StorageUnavailable.class);

            server = new TestServer(folder.resolve("server"), hostKey, port);

            storage.check();
            assertThat(storage.objects().list(ListQuery.of(KeyPrefix.ALL)).objects())
                    .isEmpty();
        }
    }

    @Test
    void interruptedCall_doesNotDisturbOthers() throws Exception {
        settings.put("SFTP_CONNECTIONS", "1");
        ObjectKey key = new ObjectKey("a");
        try (SftpStorage storage = open()) {
            storage.objects().put(key, Bodies.pattern(2 << 20, 1), PutOptions.DEFAULT);
            AtomicBoolean reading = new AtomicBoolean(true);
            Thread other = new Thread(() -> {
                while (reading.get()) {
                    try {
                        Optional<ObjectInfo> unused = storage.objects().stat(key);
                    } catch (StorageUnavailable e) {
                        boolean unused = Thread.interrupted();
                    }
                }
            });
            other.start();

            storage.objects().read(key, ReadOptions.ALL, (info, span, body) -> {
                byte[] block = new byte[10_000];
                for (int count = body.read(block); count >= 0; count = body.read(block)) {
                    other.interrupt();
                }
                return info;
            });

            reading.set(false);
            other.join();
        }
    }

    private SftpStorage open() {
        Settings read = new Settings(settings);
        SftpConfig config = SftpConfig.from(read);
        assertThat(read.problems()).isEmpty();
        return SftpStorage.open(config, InstantSource.system());
    }

    private static String otherKey() {
        return TestServer.line(TestServer.newKey("ssh-ed25519", 256));
    }

    private void knownHosts(String lines) throws IOException {
        settings.remove("SFTP_HOST_KEY");
        settings.put(
                "SFTP_KNOWN_HOSTS",
                Files.writeString(folder.resolve("known_hosts"), lines).toString());
    }

    private Path keyFile(KeyPair key, String passphrase) throws Exception {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(passphrase);
        encryption.setCipherType("256");
        Path file = folder.resolve("key");
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
        }
        return file;
    }
}
