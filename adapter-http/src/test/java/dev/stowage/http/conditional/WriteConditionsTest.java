package dev.stowage.http.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteConditionsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final ObjectInfo STORED =
            new ObjectInfo(KEY, 1, new Etag("v1"), Instant.parse("2025-11-30T12:00:00.900Z"), ObjectAttributes.DEFAULT);

    // What is decided when "v1" of 12:00:00 is there, and when nothing is.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                 | ``                    | None      | None
            If-None-Match: *                                   | ``                    | IfAbsent  | IfAbsent
            If-Match: "v1"                                     | ``                    | IfMatch   | IfMatch
            If-Match: "v2"                                     | ``                    | IfMatch v2| IfMatch v2
            If-Match: v1                                       | ``                    | IfMatch   | IfMatch
            If-Match: *                                        | ``                    | IfMatch   | fails
            If-Match: "x", "v1"                                | ``                    | IfMatch   | fails
            If-Match: "x", "y"                                 | ``                    | fails     | fails
            If-Match: W/"v1"                                   | ``                    | fails     | fails
            If-Match: ""                                       | ``                    | fails     | fails
            If-None-Match: "v1"                                | ``                    | fails     | IfAbsent
            If-None-Match: W/"v1"                              | ``                    | fails     | IfAbsent
            If-None-Match: "x"                                 | ``                    | IfMatch   | IfAbsent
            If-Unmodified-Since: Sun, 30 Nov 2025 12:00:00 GMT | ``                    | IfMatch   | IfAbsent
            If-Unmodified-Since: Sun, 30 Nov 2025 11:59:59 GMT | ``                    | fails     | IfAbsent
            If-Unmodified-Since: long ago                      | ``                    | None      | None
            If-Modified-Since: Sun, 30 Nov 2025 13:00:00 GMT   | ``                    | None      | None
            If-Match: "v1"                                     | If-None-Match: "x"    | IfMatch   | fails
            If-Match: "v1"                                     | If-None-Match: "v1"   | fails     | fails
            If-Match: "v1"                                     | If-None-Match: *      | fails     | fails
            """)
    void conditions_becomeOneThatTheStoreDecides(String first, String second, String present, String absent) {
        Preconditions conditions = WriteConditions.parse(Fields.of(first, second));

        check(conditions, Optional.of(STORED), present);
        check(conditions, Optional.empty(), absent);
    }

    private static void check(Preconditions conditions, Optional<ObjectInfo> current, String expected) {
        if (expected.equals("fails")) {
            assertThatThrownBy(() -> conditions.decide(KEY, () -> current)).isInstanceOf(PreconditionFailed.class);
            return;
        }
        WriteCondition wanted = switch (expected) {
            case "None" -> WriteCondition.NONE;
            case "IfAbsent" -> WriteCondition.IF_ABSENT;
            case "IfMatch v2" -> new WriteCondition.IfMatch(new Etag("v2"));
            default -> new WriteCondition.IfMatch(STORED.etag());
        };
        assertThat(conditions.decide(KEY, () -> current)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "If-None-Match: *", "If-Match: \"v1\""})
    void whatTheStoreCanDecide_isNotLookedAt(String line) {
        WriteCondition condition = WriteConditions.parse(Fields.of(line)).decide(KEY, () -> {
            throw new AssertionError("it was looked at");
        });

        assertThat(condition).isNotNull();
    }
}
