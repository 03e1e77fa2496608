package dev.stowage.s3api;

import dev.stowage.core.Services;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.service.SignatureAuthenticator;
import dev.stowage.s3api.auth.SignatureVerifier;
import dev.stowage.s3api.bucket.BucketMap;
import dev.stowage.s3api.form.FormOpener;
import dev.stowage.s3api.operation.PostObject;
import dev.stowage.s3api.operation.S3Operations;
import dev.stowage.s3api.traffic.Traffic;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;

/** The S3 API: a handler of requests, for a server that the caller starts. */
public final class S3ApiModule {

    private S3ApiModule() {}

    /**
     * Who may do what.
     *
     * @param keys empty to accept every request, whatever its signature
     * @param audit records refused requests; the services record the others
     */
    public record Guard(Optional<SignatureAuthenticator> keys, AuditLog audit) {}

    /** What is shared with other protocols of the process. */
    public record Shared(Traffic traffic, FormOpener forms) {}

    /**
     * Returns the document of an error of the server itself, such as malformed HTTP, and sets the header fields that describe it.
     *
     * @param status of the response
     * @param message for people
     */
    public static byte[] error(Response response, int status, String message, String path, String requestId) {
        return S3ErrorDocument.ofServer(response, status, message, path, requestId);
    }

    /**
     * Returns the handler.
     *
     * @param bucket the name of the only bucket, unless the configuration names others
     * @param clock with which signatures are checked
     */
    public static Handler handler(
            S3ApiConfig config,
            String bucket,
            Services services,
            KeyLayout layout,
            Guard guard,
            Shared shared,
            InstantSource clock) {
        BucketMap buckets = config.buckets().orElseGet(() -> BucketMap.whole(bucket));
        SignatureVerifier signatures = new SignatureVerifier(guard.keys(), guard.audit(), clock);
        S3Operations operations = new S3Operations(services, buckets, layout, shared.traffic());
        PostObject posts = operations.posts(shared.forms(), signatures, clock);
        return new S3Handler(config.domain(), signatures, operations, posts, shared.traffic());
    }
}
