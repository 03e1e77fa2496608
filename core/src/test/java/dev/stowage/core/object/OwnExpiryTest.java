package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnExpiryTest {

    private static final Instant STORED = Instant.parse("2025-01-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 3_155_760_000L})
    void span_countsFromTheLastModification(long seconds) {
        OwnExpiry expiry = OwnExpiry.inSeconds(Long.toString(seconds));

        assertThat(expiry).isEqualTo(OwnExpiry.inSeconds(seconds));
        assertThat(expiry.timeFor(STORED)).isEqualTo(STORED.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "1.5", " 1", "1h", "3155760001", "9223372036854775808", "\u0661"})
    void numberOutOfBounds_isRefused(String text) {
        assertThatThrownBy(() -> OwnExpiry.inSeconds(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_EXPIRY));
    }

    @Test
    void metadata_isReadAsItWasStored_withItsExpiry() {
        for (OwnExpiry expiry : List.of(OwnExpiry.inSeconds(60), new OwnExpiry.At(STORED.plusMillis(7)))) {
            Metadata metadata = new Metadata(Map.of("a", "b"), Optional.of(expiry));

            assertThat(metadata.values()).containsOnlyKeys("a");
            assertThat(Metadata.ofStored(metadata.stored())).isEqualTo(metadata);
            assertThat(Metadata.lenient(metadata.stored())).isEqualTo(metadata);
        }
    }

    @Test
    void entryInUpperCase_isReadToo_asSomeStoresReturnIt() {
        assertThat(Metadata.lenient(Map.of("Stowage-Expires", "+60")))
                .isEqualTo(new Metadata(Map.of(), Optional.of(OwnExpiry.inSeconds(60))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "60s", "+99999999999", "1234567890123456"})
    void entryOfAnotherProgram_isIgnored(String text) {
        assertThat(Metadata.lenient(Map.of("stowage-expires", text, "a", "b")))
                .isEqualTo(new Metadata(Map.of("a", "b")));
    }

    @Test
    void entry_takesNoMoreThanItsShareOfTheLimit() {
        for (OwnExpiry longest :
                List.of(new OwnExpiry.After(OwnExpiry.LONGEST), new OwnExpiry.At(STORED.plus(OwnExpiry.LONGEST)))) {
            assertThat(OwnExpiry.NAME.length() + longest.text().length()).isLessThanOrEqualTo(Metadata.EXPIRY_BYTES);
        }
        Map<String, String> full = new HashMap<>(Map.of("a", "x".repeat(Metadata.MAX_BYTES - 1)));
        assertThatThrownBy(() -> new Metadata(full).expiring(Optional.of(OwnExpiry.inSeconds(1))))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void reservedName_isRefused() {
        assertThatThrownBy(() -> new Metadata(Map.of("Stowage-Expires", "+60")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("expires_in");
    }

    @Test
    void pointInTime_isKeptToTheMillisecond() {
        assertThat(new OwnExpiry.At(STORED.plusNanos(1)).timeFor(STORED.plus(Duration.ofDays(1))))
                .isEqualTo(STORED);
    }
}
