package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

class LateAttemptsTest {

    private final long[] now = {Long.MAX_VALUE - 5};
    private final LateAttempts attempts = new LateAttempts(() -> now[0]);

    @Test
    void deletionAndCopy_areNotSentAgain_longAfterTheCallBegan() {
        for (SdkRequest request : new SdkRequest[] {
            DeleteObjectRequest.builder().build(),
            DeleteObjectsRequest.builder().build(),
            CopyObjectRequest.builder().build()
        }) {
            assertThatCode(() -> send(request, LateAttempts.LATEST.toNanos())).doesNotThrowAnyException();
            assertThatThrownBy(() -> send(request, LateAttempts.LATEST.toNanos() + 1))
                    .isInstanceOf(NonRetryableException.class);
        }
    }

    @Test
    void readings_areSentAgainAtAnyTime() {
        assertThatCode(() -> send(GetObjectRequest.builder().build(), Long.MAX_VALUE / 2))
                .doesNotThrowAnyException();
    }

    /** Begins a call, and sends it so many nanoseconds later. */
    private void send(SdkRequest request, long later) {
        InterceptorContext context =
                InterceptorContext.builder().request(request).build();
        ExecutionAttributes attributes = new ExecutionAttributes();
        attempts.beforeExecution(context, attributes);
        now[0] += later;
        attempts.beforeTransmission(context, attributes);
    }
}
