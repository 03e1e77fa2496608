package dev.stowage.s3api.operation;

import dev.stowage.core.access.Principal;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.s3api.auth.SignedCall;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.QueryText;
import dev.stowage.s3api.request.RequestHead;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * A request for an operation, whose caller is known.
 *
 * @param object the name of the object in its bucket; empty for operations on buckets
 * @param body as it was sent; nothing is read before the first byte is asked for
 * @param request for {@link dev.stowage.s3api.traffic.Traffic}
 */
record S3Call(
        RequestHead head,
        SignedCall signed,
        Optional<Bucket> target,
        Optional<String> object,
        InputStream body,
        Reply reply,
        Request request) {

    Principal caller() {
        return signed.caller();
    }

    HeaderLines headers() {
        return head.headers();
    }

    QueryText query() {
        return head.query();
    }

    /** Returns the bucket of an operation on a bucket or an object. */
    Bucket bucket() {
        return target.orElseThrow(() -> new IllegalStateException("the operation has no bucket"));
    }

    /** Returns the object's name in the bucket. */
    String name() {
        return object.orElseThrow(() -> new IllegalStateException("the operation has no object"));
    }

    /**
     * Returns the object's key.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is not valid
     */
    ObjectKey key() {
        return bucket().key(name());
    }
}
