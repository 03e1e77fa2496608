package dev.stowage.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SourceFilterTest {

    private static final Instant SUBMITTED = Instant.parse("2025-11-30T12:00:00Z");
    private static final Optional<Duration> NO_SPAN = Optional.empty();
    private static final OptionalLong NO_SIZE = OptionalLong.empty();

    @Test
    void age_isCountedToTheSubmission_andTheLimitsAreOutside() {
        Optional<Duration> hour = Optional.of(Duration.ofHours(1));
        SourceFilter older = filter(hour, NO_SPAN, NO_SIZE, NO_SIZE);
        SourceFilter newer = filter(NO_SPAN, hour, NO_SIZE, NO_SIZE);

        assertThat(older.matches(file("a", 1, 3601), SUBMITTED)).isTrue();
        assertThat(older.matches(file("a", 1, 3600), SUBMITTED)).isFalse();
        assertThat(newer.matches(file("a", 1, 3599), SUBMITTED)).isTrue();
        assertThat(newer.matches(file("a", 1, 3600), SUBMITTED)).isFalse();
        assertThat(newer.matches(file("a", 1, -10), SUBMITTED)).isTrue();
    }

    @Test
    void size_hasItsLimitsOutside() {
        SourceFilter filter = filter(NO_SPAN, NO_SPAN, OptionalLong.of(10), OptionalLong.of(12));

        assertThat(filter.matches(file("a", 10, 0), SUBMITTED)).isFalse();
        assertThat(filter.matches(file("a", 11, 0), SUBMITTED)).isTrue();
        assertThat(filter.matches(file("a", 12, 0), SUBMITTED)).isFalse();
        assertThat(filter(NO_SPAN, NO_SPAN, OptionalLong.of(0), NO_SIZE).matches(file("a", 0, 0), SUBMITTED))
                .isFalse();
    }

    @Test
    void name_isThePartAfterTheLastSlash() {
        SourceFilter filter = named("a*");

        assertThat(filter.matches(file("raw/p/abc", 1, 0), SUBMITTED)).isTrue();
        assertThat(filter.matches(file("abc", 1, 0), SUBMITTED)).isTrue();
        assertThat(filter.matches(file("raw/abc/x", 1, 0), SUBMITTED)).isFalse();
    }

    @Test
    void attributes_areComparedWithoutParametersOfTheType_andWithOtherEntries() {
        SourceFilter filter = new SourceFilter(
                NO_SPAN,
                NO_SPAN,
                NO_SIZE,
                NO_SIZE,
                Optional.empty(),
                Optional.of(new Glob("Text/*")),
                new Metadata(Map.of("Owner", "Ada")));

        assertThat(filter.needsAttributes()).isTrue();
        assertThat(filter.matches(info("TEXT/plain; charset=utf-8", Map.of("owner", "Ada", "more", "x")), SUBMITTED))
                .isTrue();
        assertThat(filter.matches(info("image/png", Map.of("owner", "Ada")), SUBMITTED))
                .isFalse();
        assertThat(filter.matches(info("text/plain", Map.of("owner", "ada")), SUBMITTED))
                .isFalse();
    }

    @Test
    void filtersThatSelectNothing_areRefused_withTheField() {
        Optional<Duration> hour = Optional.of(Duration.ofHours(1));
        refused("source.filter", () -> filter(NO_SPAN, NO_SPAN, NO_SIZE, NO_SIZE));
        refused("source.filter.newer_than", () -> filter(hour, hour, NO_SIZE, NO_SIZE));
        refused("source.filter.older_than", () -> filter(Optional.of(Duration.ZERO), NO_SPAN, NO_SIZE, NO_SIZE));
        refused(
                "source.filter.older_than",
                () -> filter(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), NO_SPAN, NO_SIZE, NO_SIZE));
        refused("source.filter.larger_than", () -> filter(NO_SPAN, NO_SPAN, OptionalLong.of(-1), NO_SIZE));
        refused("source.filter.smaller_than", () -> filter(NO_SPAN, NO_SPAN, NO_SIZE, OptionalLong.of(0)));
        refused("source.filter.smaller_than", () -> filter(NO_SPAN, NO_SPAN, OptionalLong.of(10), OptionalLong.of(11)));
        refused("source.filter.name", () -> named("raw/*"));
    }

    private static void refused(String field, ThrowingCallable filter) {
        assertThatThrownBy(filter)
                .as(field)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", field));
    }

    private static SourceFilter filter(
            Optional<Duration> older, Optional<Duration> newer, OptionalLong larger, OptionalLong smaller) {
        return new SourceFilter(older, newer, larger, smaller, Optional.empty(), Optional.empty(), Metadata.NONE);
    }

    private static SourceFilter named(String pattern) {
        return new SourceFilter(
                NO_SPAN, NO_SPAN, NO_SIZE, NO_SIZE, Optional.of(new Glob(pattern)), Optional.empty(), Metadata.NONE);
    }

    private static ObjectSummary file(String key, long size, long age) {
        return new ObjectSummary(new ObjectKey(key), size, new Etag("e"), SUBMITTED.minusSeconds(age));
    }

    private static ObjectInfo info(String type, Map<String, String> metadata) {
        return new ObjectInfo(
                new ObjectKey("a"),
                1,
                new Etag("e"),
                SUBMITTED,
                new ObjectAttributes(new ContentType(type), new Metadata(metadata)));
    }
}
