package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.Fence;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

class LateAttemptsTest {

    private static final List<SdkRequest> CHANGES = List.of(
            DeleteObjectRequest.builder().build(),
            DeleteObjectsRequest.builder().build(),
            CopyObjectRequest.builder().build(),
            CompleteMultipartUploadRequest.builder().build(),
            AbortMultipartUploadRequest.builder().build(),
            PutObjectRequest.builder().build(),
            CreateMultipartUploadRequest.builder().build(),
            UploadPartRequest.builder().build(),
            UploadPartCopyRequest.builder().build());

    private final long[] now = {Long.MAX_VALUE - 5};
    private final LateAttempts attempts = new LateAttempts(() -> now[0]);

    @Test
    void deletionCopyAndEndOfAnUpload_areNotRepeated_longAfterTheCallBegan() {
        for (SdkRequest request : CHANGES.subList(0, 5)) {
            assertThatCode(() -> send(request, null, LateAttempts.LATEST.toNanos()))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> send(request, null, LateAttempts.LATEST.toNanos() + 1))
                    .isInstanceOf(NonRetryableException.class);
        }
    }

    @Test
    void changeOfAJob_isNotSent_onceItsFenceIsClosed() {
        boolean[] open = {true};
        Fence fence = () -> open[0];
        List<SdkRequest> changes = CHANGES.stream()
                .filter(request -> !(request instanceof AbortMultipartUploadRequest))
                .toList();
        for (SdkRequest request : changes) {
            open[0] = true;
            assertThatCode(() -> send(request, fence, 0)).doesNotThrowAnyException();
            open[0] = false;
            assertThatThrownBy(() -> send(request, fence, 0)).isInstanceOf(NonRetryableException.class);
        }
        assertThatCode(() -> send(GetObjectRequest.builder().build(), fence, 0)).doesNotThrowAnyException();
    }

    @Test
    void abort_isSent_afterTheFenceIsClosed() {
        assertThatCode(() -> send(AbortMultipartUploadRequest.builder().build(), () -> false, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void reads_areRepeatedAtAnyTime() {
        assertThatCode(() -> send(GetObjectRequest.builder().build(), null, Long.MAX_VALUE / 2))
                .doesNotThrowAnyException();
    }

    /** Begins a call, and sends it after so many nanoseconds. */
    private void send(SdkRequest request, @Nullable Fence fence, long later) {
        InterceptorContext context =
                InterceptorContext.builder().request(request).build();
        ExecutionAttributes attributes = new ExecutionAttributes();
        if (fence != null) {
            attributes.putAttribute(LateAttempts.FENCE, fence);
        }
        attempts.beforeExecution(context, attributes);
        now[0] += later;
        attempts.beforeTransmission(context, attributes);
    }
}
