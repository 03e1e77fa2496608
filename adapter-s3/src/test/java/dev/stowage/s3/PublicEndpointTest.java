package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed URLs for clients that reach the store by another address than the service does. */
final class PublicEndpointTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a b");

    @TempDir
    Path directory;

    /** The host is part of the signature, so a URL can't be moved to another address later. */
    @Test
    void everyUrl_isSignedForThePublicAddress_whileTheServiceUsesItsOwn() {
        try (S3Server server = S3Server.start()) {
            Map<String, String> settings =
                    Stores.with(server.settings(), "S3_PUBLIC_ENDPOINT_URL", "https://files.example.com:8443");
            try (Storage storage = Stores.open(settings, Stores.SMALL, directory)) {
                storage.check();
                UrlSigner signer = storage.signer().orElseThrow();

                for (UrlGrant grant : List.of(
                        new UrlGrant.Download(KEY, Optional.empty()),
                        new UrlGrant.Upload(KEY, Optional.empty()),
                        new UrlGrant.UploadPart(KEY, new UploadId("u"), new PartNumber(1)))) {
                    URI url = signer.sign(grant, Duration.ofMinutes(1)).url();
                    assertThat(url.getScheme()).isEqualTo("https");
                    assertThat(url.getAuthority()).isEqualTo("files.example.com:8443");
                    assertThat(url.getPath()).isEqualTo("/files/raw/p/a b");
                    assertThat(url.getQuery()).contains("X-Amz-SignedHeaders=host");
                }
            }
        }
    }
}
