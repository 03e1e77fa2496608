package dev.stowage.s3;

import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/**
 * Refuses to send a deletion or a copy again long after the call began. A process that was suspended in a call would otherwise repeat it
 * when it wakes up, while others have taken over its work: and so delete or replace a file that was stored anew meanwhile. The limit is
 * shorter than what is left of a process's lease when a call begins.
 */
final class LateAttempts implements ExecutionInterceptor {

    static final Duration LATEST = Duration.ofSeconds(10);

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
        long begun = attributes.getAttribute(BEGUN);
        if (changes(context.request()) && nanos.getAsLong() - begun > LATEST.toNanos()) {
            throw NonRetryableException.create("The call began too long ago to be sent now");
        }
    }

    private static boolean changes(SdkRequest request) {
        return request instanceof DeleteObjectRequest
                || request instanceof DeleteObjectsRequest
                || request instanceof CopyObjectRequest;
    }
}
