package dev.stowage.sftp;

import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the server is recognized. Any other key is refused.
 *
 * @param accepted at least one
 */
record HostKeys(List<PublicKey> accepted) implements ServerKeyVerifier {

    /** What is wrong with a text that is not a key. */
    static final String NO_KEY = "is not a public key such as ssh-ed25519 AAAA...";

    HostKeys {
        accepted = List.copyOf(accepted);
    }

    /** Returns the keys of the configured server. @throws StorageRejected when the file of known hosts has none */
    static HostKeys of(SftpConfig config) {
        if (config.hostKey().isPresent()) {
            return new HostKeys(List.of(parse(config.hostKey().get())));
        }
        HostKeys known = inFile(config.knownHosts().orElseThrow(), config.host(), config.port());
        if (known.accepted.isEmpty()) {
            throw new StorageRejected("SFTP_KNOWN_HOSTS has no key of the server in SFTP_HOST", null);
        }
        return known;
    }

    /** @throws IllegalArgumentException when the text is not a public key */
    static PublicKey parse(String text) {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(text)
                    .resolvePublicKey(null, null, PublicKeyEntryResolver.FAILING);
            if (key != null) {
                return key;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw notAKey(e);
        }
        throw notAKey(null);
    }

    private static IllegalArgumentException notAKey(@Nullable Exception cause) {
        return new IllegalArgumentException(NO_KEY, cause);
    }

    /** Keys with a marker are left out: authorities of certificates are not supported, and revoked keys not accepted. */
    private static HostKeys inFile(Path file, String host, int port) {
        try {
            List<PublicKey> keys = new ArrayList<>();
            List<PublicKey> revoked = new ArrayList<>();
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
                PublicKey key = entry.isHostMatch(host, port)
                        ? entry.getKeyEntry().resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING)
                        : null;
                if (key != null && entry.getMarker() == null) {
                    keys.add(key);
                } else if (key != null && "revoked".equals(entry.getMarker())) {
                    revoked.add(key);
                }
            }
            keys.removeIf(key -> contains(revoked, key));
            return new HostKeys(keys);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new StorageRejected("The file in SFTP_KNOWN_HOSTS can't be read", e);
        }
    }

    /** Leaves only algorithms of these keys, so that a server with several keys presents one that can be verified. */
    List<NamedFactory<Signature>> onlyTheirs(List<NamedFactory<Signature>> all) {
        Set<String> types = accepted.stream().map(KeyUtils::getKeyType).collect(Collectors.toSet());
        return all.stream()
                .filter(signature -> types.contains(KeyUtils.getCanonicalKeyType(signature.getName())))
                .toList();
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey presented) {
        return contains(accepted, presented);
    }

    private static boolean contains(List<PublicKey> keys, PublicKey wanted) {
        return keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, wanted));
    }
}
