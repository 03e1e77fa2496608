package dev.stowage.http.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Etag;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadConditionsTest {

    private static final Etag TAG = new Etag("v1");
    private static final Instant MODIFIED = Instant.parse("2025-11-30T12:00:00.900Z");

    // The object has the tag "v1" and was modified at 12:00:00.9, which header fields see as 12:00:00.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-Match: "v1"                                       | ``                                                 | PROCEED
            If-Match: "v2"                                       | ``                                                 | FAILED
            If-Match: W/"v1"                                     | ``                                                 | FAILED
            If-Match: *                                          | ``                                                 | PROCEED
            If-Match: "x", "v1"                                  | ``                                                 | PROCEED
            If-Match: ""                                         | ``                                                 | FAILED
            If-Match: "v1"                                       | If-Unmodified-Since: Sun, 30 Nov 2025 11:00:00 GMT | PROCEED
            If-Match: "v2"                                       | If-Unmodified-Since: Sun, 30 Nov 2025 13:00:00 GMT | FAILED
            If-Unmodified-Since: Sun, 30 Nov 2025 12:00:00 GMT   | ``                                                 | PROCEED
            If-Unmodified-Since: Sun, 30 Nov 2025 11:59:59 GMT   | ``                                                 | FAILED
            If-Unmodified-Since: yesterday                       | ``                                                 | PROCEED
            If-None-Match: "v1"                                  | ``                                                 | NOT_MODIFIED
            If-None-Match: W/"v1"                                | ``                                                 | NOT_MODIFIED
            If-None-Match: v1                                    | ``                                                 | NOT_MODIFIED
            If-None-Match: *                                     | ``                                                 | NOT_MODIFIED
            If-None-Match: "x","v1"                              | ``                                                 | NOT_MODIFIED
            If-None-Match: "x"                                   | If-None-Match: "v1"                                | NOT_MODIFIED
            If-None-Match: "v2"                                  | ``                                                 | PROCEED
            If-None-Match: "v2"                                  | If-Modified-Since: Sun, 30 Nov 2025 13:00:00 GMT   | PROCEED
            If-None-Match: "v1"                                  | If-Modified-Since: Sun, 30 Nov 2025 11:00:00 GMT   | NOT_MODIFIED
            If-Modified-Since: Sun, 30 Nov 2025 12:00:00 GMT     | ``                                                 | NOT_MODIFIED
            If-Modified-Since: Sunday, 30-Nov-25 12:00:00 GMT    | ``                                                 | NOT_MODIFIED
            If-Modified-Since: Sun Nov 30 12:00:00 2025          | ``                                                 | NOT_MODIFIED
            If-Modified-Since: Sun, 30 Nov 2025 11:59:59 GMT     | ``                                                 | PROCEED
            If-Modified-Since: 2025-11-30T12:00:00Z              | ``                                                 | PROCEED
            If-Modified-Since: Sun, 30 Nov 2025 13:00:00 GMT     | If-Modified-Since: Sun, 30 Nov 2025 13:00:01 GMT   | PROCEED
            If-Match: "v1"                                       | If-None-Match: "v1"                                | NOT_MODIFIED
            If-Match: "v2"                                       | If-None-Match: "v1"                                | FAILED
            If-Unmodified-Since: Sun, 30 Nov 2025 11:00:00 GMT   | If-None-Match: "v1"                                | FAILED
            """)
    void conditions_areDecidedInTheOrderOfTheRfc(String first, String second, ReadConditions.Outcome outcome) {
        ReadConditions conditions = ReadConditions.parse(Fields.of(first, second));

        assertThat(conditions.evaluate(TAG, MODIFIED)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"If-Match: \"v1", "If-None-Match: ", "If-Match: ,", "If-Match: \"a\"b", "If-None-Match: W/\"a"})
    void malformedTagLists_areRefused(String line) {
        assertThatThrownBy(() -> ReadConditions.parse(Fields.of(line)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Match must be * or a list of entity tags");
    }

    @Test
    void requestWithoutConditions_isKnownToHaveNone() {
        assertThat(ReadConditions.parse(Fields.of("Range: bytes=0-1")).isEmpty())
                .isTrue();
        assertThat(ReadConditions.parse(Fields.of("If-None-Match: *")).isEmpty())
                .isFalse();
    }
}
