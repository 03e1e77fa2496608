package dev.stowage.s3;

import dev.stowage.core.job.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Refuses to send a change too late. A process that was suspended during a call would otherwise send or repeat it when it resumes,
 * after others have taken over its work, and might delete or replace a file that was stored in the meantime.
 *
 * <p>A request with a fence is work under a lease: each attempt to change something is sent only while the fence is open. With or without
 * a fence, a request without a body from a client is not repeated long after the call began: a deletion, a copy, or the end of an upload.
 * Puts and parts are repeated, as their bodies may take longer than that by themselves.
 */
final class LateAttempts implements ExecutionInterceptor {

    static final Duration LATEST = Duration.ofSeconds(10);

    /** The fence of requests that are work under a lease. */
    static final ExecutionAttribute<Fence> FENCE = new ExecutionAttribute<>("StowageFence");

    private static final ExecutionAttribute<Long> BEGUN = new ExecutionAttribute<>("StowageCallBegun");

    private final LongSupplier nanos;

    /** @param nanos see {@link System#nanoTime} */
    LateAttempts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEGUN, nanos.getAsLong());
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        Fence fence = attributes.getAttribute(FENCE);
        if (fence != null && changes(request) && !fence.isOpen()) {
            throw NonRetryableException.create("Another process may have taken over the work of this request");
        }
        long begun = attributes.getAttribute(BEGUN);
        if (isShort(request) && nanos.getAsLong() - begun > LATEST.toNanos()) {
            throw NonRetryableException.create("The call began too long ago to be sent now");
        }
    }

    /**
     * Asks the fence again at each read of a request's document, such as the keys of a bulk deletion. The transport reads it directly
     * before it writes it, so the process is hardly ever suspended between the check and the last byte; a request without its last byte
     * has no effect.
     */
    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        Fence fence = attributes.getAttribute(FENCE);
        return fence != null && hasDocument(context.request())
                ? context.requestBody().map(body -> fenced(body, fence))
                : context.requestBody();
    }

    private static RequestBody fenced(RequestBody body, Fence fence) {
        ContentStreamProvider document = body.contentStreamProvider();
        ContentStreamProvider fenced = () -> new FencedStream(document.newStream(), fence);
        return body.optionalContentLength()
                .map(length -> RequestBody.fromContentProvider(fenced, length, body.contentType()))
                .orElseGet(() -> RequestBody.fromContentProvider(fenced, body.contentType()));
    }

    private static boolean hasDocument(SdkRequest request) {
        return request instanceof DeleteObjectsRequest || request instanceof CompleteMultipartUploadRequest;
    }

    /** Whether the request has no body from a client, and changes an object or ends an upload by itself. */
    private static boolean isShort(SdkRequest request) {
        return request instanceof DeleteObjectRequest
                || request instanceof DeleteObjectsRequest
                || request instanceof CopyObjectRequest
                || request instanceof CompleteMultipartUploadRequest
                || request instanceof AbortMultipartUploadRequest;
    }

    /** All requests of the adapter that change something, except for aborting uploads: a call aborts its own after its fence is closed. */
    private static boolean changes(SdkRequest request) {
        if (request instanceof AbortMultipartUploadRequest) {
            return false;
        }
        return isShort(request)
                || request instanceof PutObjectRequest
                || request instanceof CreateMultipartUploadRequest
                || request instanceof UploadPartRequest
                || request instanceof UploadPartCopyRequest;
    }
}
