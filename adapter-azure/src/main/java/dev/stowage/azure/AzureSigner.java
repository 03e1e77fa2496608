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

    AzureSigner(Blobs blobs) {
        this.blobs = blobs;
    }

    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        if (grant instanceof UrlGrant.Download download) {
            BlobSasPermission read = new BlobSasPermission().setReadPermission(true);
            Optional<String> disposition =
                    Optional.of(download.contentDisposition().orElse(ATTACHMENT));
            String url = blobs.signed(BlobNames.of(grant.key()), read, expiresIn, disposition);
            return new SignedUrl(URI.create(url), Map.of());
        }
        BlobSasPermission write =
                new BlobSasPermission().setCreatePermission(true).setWritePermission(true);
        Map<String, String> headers = new HashMap<>(Map.of("x-ms-blob-type", "BlockBlob"));
        String name;
        if (grant instanceof UrlGrant.UploadPart part) {
            name = Upload.of(part.key(), part.upload()).part(part.number());
        } else {
            name = BlobNames.of(grant.key());
        }
        if (grant instanceof UrlGrant.Upload upload) {
            upload.contentType().ifPresent(type -> headers.put("Content-Type", type.value()));
        }
        return new SignedUrl(URI.create(blobs.signed(name, write, expiresIn, Optional.empty())), headers);
    }
}
