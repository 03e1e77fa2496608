package dev.stowage.azure;

import com.azure.storage.blob.sas.BlobSasPermission;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs URLs of the store (service SAS). A signature covers the blob and the kind of access, but no content type.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas">Service SAS</a>
 */
final class AzureSigner implements UrlSigner {

    private static final String ATTACHMENT = "attachment";

    private final Blobs blobs;
    private final URI endpoint;

    /** @param endpoint the one that clients reach */
    AzureSigner(Blobs blobs, URI endpoint) {
        this.blobs = blobs;
        this.endpoint = endpoint;
    }

    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        String name = BlobNames.of(grant.key());
        BlobSasPermission access = new BlobSasPermission();
        if (grant instanceof UrlGrant.Download download) {
            Optional<String> disposition = download.contentDisposition().or(() -> Optional.of(ATTACHMENT));
            String url = blobs.signed(endpoint, name, access.setReadPermission(true), expiresIn, disposition);
            return new SignedUrl(URI.create(url), Map.of());
        }
        Map<String, String> headers = new HashMap<>(Map.of("x-ms-blob-type", "BlockBlob"));
        if (grant instanceof UrlGrant.UploadPart part) {
            name = Upload.of(part.key(), part.upload()).part(part.number());
        } else if (grant instanceof UrlGrant.Upload upload) {
            upload.contentType().ifPresent(type -> headers.put("Content-Type", type.value()));
        }
        access.setCreatePermission(true).setWritePermission(true);
        return new SignedUrl(URI.create(blobs.signed(endpoint, name, access, expiresIn, Optional.empty())), headers);
    }
}
