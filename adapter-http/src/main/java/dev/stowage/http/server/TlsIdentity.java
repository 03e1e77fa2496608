package dev.stowage.http.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.SSLFactoryUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's current certificate and key. Safe for concurrent use. */
final class TlsIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final TlsFiles files;
    private final SSLFactory factory;
    private List<Object> seen;

    /** @throws IllegalStateException when they can't be used; the message names the files */
    TlsIdentity(TlsFiles files) {
        this.files = files;
        try {
            seen = marks();
            factory = load().withSwappableIdentityMaterial().build();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "Can't use TLS with " + files.certificate() + " and " + files.key() + ": " + e.getMessage(), e);
        }
    }

    /** The context of the server, which follows later reloads. */
    SslContextFactory.Server contexts() {
        SslContextFactory.Server contexts = new SslContextFactory.Server();
        contexts.setSslContext(factory.getSslContext());
        return contexts;
    }

    /** Reloads the files if they have changed. Files that can't be used are ignored until the next change. */
    synchronized void refresh() {
        try {
            List<Object> now = marks();
            if (!now.equals(seen)) {
                seen = now;
                SSLFactoryUtils.reload(factory, load().build());
                LOG.info("Reloaded the TLS certificate from {}", files.certificate());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not load the changed TLS files; the previous certificate stays in use", e);
        }
    }

    private SSLFactory.Builder load() {
        return SSLFactory.builder()
                .withIdentityMaterial(PemUtils.loadIdentityMaterial(files.certificate(), files.key()));
    }

    /** Returns the values by which a change is detected. Links are followed, because orchestrators swap them. */
    private List<Object> marks() throws IOException {
        return List.of(
                Files.getLastModifiedTime(files.certificate()),
                Files.size(files.certificate()),
                files.certificate().toRealPath(),
                Files.getLastModifiedTime(files.key()),
                files.key().toRealPath());
    }
}
