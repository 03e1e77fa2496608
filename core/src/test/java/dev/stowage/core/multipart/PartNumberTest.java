package dev.stowage.core.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartNumberTest {

    @Test
    void number_is1To10000() {
        assertThat(new PartNumber(1)).isLessThan(new PartNumber(10_000));
        assertThat(new PartNumber(77)).hasToString("77");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MAX_VALUE})
    void number_outside_isRejected(int value) {
        assertThatThrownBy(() -> new PartNumber(value))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PART_NUMBER));
    }

    @Test
    void uploadId_isVisibleAscii() {
        assertThat(new UploadId("!~aZ0-_.").value()).isEqualTo("!~aZ0-_.");
        for (String text : new String[] {"", " ", "a b", "a\n", "\u00E9", "x".repeat(1025)}) {
            assertThatThrownBy(() -> new UploadId(text)).isInstanceOf(InvalidInput.class);
        }
    }
}
