package dev.stowage.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server in this process, with its files in a folder, for the user {@code stowage}. */
final class TestServer implements AutoCloseable {

    static final String USER = "stowage";
    static final String PASSWORD = "not a secret";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final Path folder;

    TestServer(Path folder) {
        this(folder, newKey(KeyPairProvider.ECDSA_SHA2_NISTP256, 256), 0);
    }

    TestServer(Path folder, KeyPair hostKey, int port) {
        this.folder = folder;
        this.hostKey = hostKey;
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setPort(port);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.setSubsystemFactories(List.of(new UniqueHandles()));
        try {
            Files.createDirectories(folder.resolve("store"));
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts one public key of the user. */
    void accept(PublicKey key) {
        server.setPublickeyAuthenticator((user, presented, session) -> KeyUtils.compareKeys(key, presented));
    }

    /** Accepts the password only as the answer to a question. */
    void askForThePassword() {
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
    }

    /** Hides extensions of the protocol, except for these. */
    void offerOnly(String extensions) {
        SftpModuleProperties.OPENSSH_EXTENSIONS.set(server, extensions);
        SftpModuleProperties.CLIENT_EXTENSIONS.set(server, "text-seek");
    }

    static KeyPair newKey(String type, int size) {
        try {
            return KeyUtils.generateKeyPair(type, size);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the public key as in a line of {@code known_hosts}. */
    static String line(KeyPair key) {
        return PublicKeyEntry.toString(key.getPublic());
    }

    KeyPair hostKeyPair() {
        return hostKey;
    }

    int port() {
        return server.getPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    String hostKeyLine() {
        return line(hostKey);
    }

    /** Returns the settings of a store on this server. */
    Map<String, String> settings() {
        return Map.of(
                "SFTP_HOST",
                "127.0.0.1",
                "SFTP_PORT",
                Integer.toString(port()),
                "SFTP_USER",
                USER,
                "SFTP_PASSWORD",
                PASSWORD,
                "SFTP_HOST_KEY",
                hostKeyLine(),
                "SFTP_PATH",
                "/store");
    }

    Path store() {
        return folder.resolve("store");
    }

    /** Returns the files and folders that are not part of an object or an open upload: temporary files, and empty folders. */
    List<Path> leftovers() {
        try (Stream<Path> all = Files.walk(store())) {
            return all.filter(this::isLeftover).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLeftover(Path path) {
        Path name = store().relativize(path);
        if (name.getNameCount() < 2) {
            return false;
        }
        String top = name.getName(0).toString();
        if (top.equals("tmp")) {
            return name.getNameCount() > 2 && !name.endsWith("alive");
        }
        return top.equals("completing") || (Files.isDirectory(path) && isEmpty(path));
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            // Removed meanwhile.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Numbers the handles of open files. The library assigns a handle twice after an attempt to open a missing file, and can't copy bytes
     * with random handles.
     */
    private static final class UniqueHandles extends SftpSubsystemFactory {

        @Override
        public Command createSubsystem(ChannelSession channel) {
            return new SftpSubsystem(channel, this) {

                private int last;

                @Override
                protected String generateFileHandle(Path file) {
                    return Integer.toString(++last);
                }
            };
        }
    }
}
