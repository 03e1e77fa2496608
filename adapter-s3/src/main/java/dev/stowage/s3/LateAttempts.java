package dev.stowage.s3;

import dev.stowage.core.job.Fence;
import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Refuses to send a change that comes too late. A process that was suspended in a call would otherwise send it, or repeat it, when it wakes
 * up, while others have taken over its work: and so delete or replace a file that was stored anew meanwhile.
 *
 * <p>A request with a fence is work on a job: whatever it changes is sent only while the fence is open, each attempt by itself. Without one,
 * a deletion or a copy is not sent again long after the call began. Other changes are: the body of a put or a part may take longer than that
 * by itself, and what a late completion or part could do wrong, it can only do to the upload of its own call.
 */
final class LateAttempts implements ExecutionInterceptor {

    static final Duration LATEST = Duration.ofSeconds(10);

    /** Of requests that are work on a job. */
    static final ExecutionAttribute<Fence> FENCE = new ExecutionAttribute<>("StowageFence");

    private static final ExecutionAttribute<Long> BEGUN = new ExecutionAttribute<>("StowageCallBegun");

    private final LongSupplier nanos;

    /** @param nanos as of {@link System#nanoTime} */
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
            throw NonRetryableException.create("Others may have taken over the work that this request belongs to");
        }
        long begun = attributes.getAttribute(BEGUN);
        if (isBrief(request) && nanos.getAsLong() - begun > LATEST.toNanos()) {
            throw NonRetryableException.create("The call began too long ago to be sent now");
        }
    }

    /** Whether it has no body of a client, and changes an object by itself. */
    private static boolean isBrief(SdkRequest request) {
        return request instanceof DeleteObjectRequest
                || request instanceof DeleteObjectsRequest
                || request instanceof CopyObjectRequest;
    }

    /** All that the adapter sends to change something, but for aborting uploads, which frees what is the call's own. */
    private static boolean changes(SdkRequest request) {
        return isBrief(request)
                || request instanceof PutObjectRequest
                || request instanceof CreateMultipartUploadRequest
                || request instanceof UploadPartRequest
                || request instanceof UploadPartCopyRequest
                || request instanceof CompleteMultipartUploadRequest;
    }
}
