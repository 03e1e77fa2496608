package dev.stowage.s3api.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.RangeNotSatisfiable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class S3ErrorMapperTest {

    @Test
    void rangeBeyondTheEnd_tellsTheSize() {
        S3ErrorException error = S3ErrorMapper.map(new RangeNotSatisfiable(10));

        assertThat(error.code()).isEqualTo(S3ErrorCode.INVALID_RANGE);
        assertThat(error.details()).containsEntry("ActualObjectSize", "10");
        assertThat(error.headers()).containsEntry("Content-Range", "bytes */10");
    }

    @Test
    void errorInACause_isKept() {
        S3ErrorException known = new S3ErrorException(S3ErrorCode.BAD_DIGEST, "differs");

        assertThat(S3ErrorMapper.map(new IllegalStateException(new IOException(known))))
                .isSameAs(known);
    }

    @Test
    void defect_isNotDescribed() {
        S3ErrorException error = S3ErrorMapper.map(new IllegalStateException("secret"));

        assertThat(error.code()).isEqualTo(S3ErrorCode.INTERNAL_ERROR);
        assertThat(error.message()).doesNotContain("secret");
    }
}
