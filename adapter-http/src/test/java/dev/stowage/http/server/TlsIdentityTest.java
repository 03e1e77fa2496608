package dev.stowage.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {

    @TempDir
    private Path folder;

    @Test
    void service_speaksTls_andItsUrlsSaySo() throws Exception {
        Certificates certificates = new Certificates(folder);
        X509Certificate certificate = certificates.renew("first");
        try (RunningService service = RunningService.over(new InMemoryStorage(), certificates.files())) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(Certificates.trusting(certificate))
                    .build();
            URI base = URI.create("https://127.0.0.1:" + service.port());

            HttpResponse<String> signed = client.send(
                    HttpRequest.newBuilder(base.resolve("/api/v1/s3/presigned-url/download"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"raw/p/a\"}"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(signed.statusCode()).isEqualTo(200);
            assertThat(signed.body()).contains("\"url\":\"" + base + "/api/v1/signed/");
        }
    }

    @Test
    void renewedCertificate_isTaken_andABrokenOneIsNot() throws Exception {
        Certificates certificates = new Certificates(folder);
        X509Certificate first = certificates.renew("first");
        TlsIdentity identity = new TlsIdentity(certificates.files());
        assertThat(shown(identity, first)).isEqualTo(first);

        X509Certificate second = certificates.renew("second");
        Files.setLastModifiedTime(certificates.files().certificate(), FileTime.from(Instant.EPOCH));
        assertThat(shown(identity, first, second)).isEqualTo(first);
        identity.refresh();
        assertThat(shown(identity, first, second)).isEqualTo(second);

        Files.writeString(certificates.files().certificate(), "half a certificate");
        identity.refresh();
        assertThat(shown(identity, first, second)).isEqualTo(second);
    }

    @Test
    void filesThatAreNoCertificate_areNamed() throws IOException {
        TlsFiles files = new Certificates(folder).files();
        Files.writeString(files.certificate(), "nothing");
        Files.writeString(files.key(), "nothing");

        assertThatThrownBy(() -> new TlsIdentity(files))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls.crt")
                .hasMessageContaining("tls.key");
    }

    /** Returns the certificate that a client receives. */
    private static X509Certificate shown(TlsIdentity identity, X509Certificate... trusted) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) identity.contexts()
                        .getSslContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket client = (SSLSocket) Certificates.trusting(trusted)
                        .getSocketFactory()
                        .createSocket(server.getInetAddress(), server.getLocalPort())) {
            Thread accepting = new Thread(() -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                    accepted.startHandshake();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            accepting.start();
            client.startHandshake();
            X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
            accepting.join(10_000);
            return certificate;
        }
    }
}
