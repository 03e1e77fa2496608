package dev.stowage.s3;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Creates presigned URLs of the store: Signature Version 4 in the query.
 *
 * <p>The body is not part of the signature, and no checksum is required, so that {@code curl -T} works. A granted content type
 * is a signed header: with another one, or none, the signature does not match.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating requests by query parameters</a>
 */
final class S3UrlSigner implements UrlSigner {

    /** Stored files must not run as pages in a browser, on the store's origin either, unless the grant says so. */
    private static final String ATTACHMENT = "attachment";

    private final S3Presigner presigner;
    private final String bucket;

    S3UrlSigner(Connection connection) {
        this.presigner = connection.presigner();
        this.bucket = connection.bucket();
    }

    /** @throws StorageException when there are no credentials to sign with */
    @Override
    public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
        try {
            PresignedRequest request = presign(grant, expiresIn);
            return new SignedUrl(URI.create(request.url().toString()), headers(request));
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, Target.of(grant.key()));
        }
    }

    private PresignedRequest presign(UrlGrant grant, Duration expiresIn) {
        String key = grant.key().value();
        if (grant instanceof UrlGrant.Upload upload) {
            String type = upload.contentType().map(ContentType::value).orElse(null);
            return presigner.presignPutObject(sign -> sign.signatureDuration(expiresIn)
                    .putObjectRequest(request -> request.bucket(bucket).key(key).contentType(type)));
        }
        if (grant instanceof UrlGrant.UploadPart part) {
            return presigner.presignUploadPart(sign -> sign.signatureDuration(expiresIn)
                    .uploadPartRequest(request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(part.upload().value())
                            .partNumber(part.number().value())));
        }
        String disposition = ((UrlGrant.Download) grant).contentDisposition().orElse(ATTACHMENT);
        return presigner.presignGetObject(sign -> sign.signatureDuration(expiresIn)
                .getObjectRequest(request -> request.bucket(bucket).key(key).responseContentDisposition(disposition)));
    }

    /** Without the host, which every client sends. */
    private static Map<String, String> headers(PresignedRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.signedHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host")) {
                headers.put(name.equalsIgnoreCase("content-type") ? "Content-Type" : name, String.join(",", values));
            }
        });
        return headers;
    }
}
