package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken bodies: nothing is stored, existing objects are kept, and no data is left behind. */
interface BrokenBodyContract extends StoreFixture {

    @ParameterizedTest
    @MethodSource("brokenBodies")
    default void put_ofBrokenBody_storesNothing(BrokenBody body, long size) throws IOException {
        assertRefused(body.error(), () -> body.of(size), List.of());
    }

    @ParameterizedTest
    @EnumSource
    default void put_withWrongChecksum_storesNothing(ChecksumAlgorithm algorithm) throws IOException {
        for (long size : sizesFor(algorithm)) {
            List<Checksum> wrong = List.of(Bodies.checksum(algorithm, size, 8));
            assertRefused(ChecksumMismatch.class, () -> Bodies.pattern(size, 7), wrong);
            assertRefused(ChecksumMismatch.class, () -> Bodies.ofUnknownLength(size, 7), wrong);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void put_withCorrectChecksum_stores(ChecksumAlgorithm algorithm) throws IOException {
        for (long size : sizesFor(algorithm)) {
            List<Checksum> right = List.of(Bodies.checksum(algorithm, size, 7));
            store().put(key("known"), Bodies.pattern(size, 7), checked(right));
            store().put(key("unknown"), Bodies.ofUnknownLength(size, 7), checked(right));
            verify(key("known"), size, 7);
            verify(key("unknown"), size, 7);
        }
    }

    @Test
    default void put_withSeveralChecksums_verifiesAll() throws IOException {
        Checksum right = Bodies.checksum(ChecksumAlgorithm.SHA256, 1000, 7);
        Checksum wrong = Bodies.checksum(ChecksumAlgorithm.MD5, 999, 7);

        assertRefused(ChecksumMismatch.class, () -> Bodies.pattern(1000, 7), List.of(right, wrong));
        store().put(
                        key("all"),
                        Bodies.pattern(1000, 7),
                        checked(List.of(right, Bodies.checksum(ChecksumAlgorithm.MD5, 1000, 7))));
        verify(key("all"), 1000, 7);
    }

    @Test
    default void put_ofEmptyBodyWithWrongChecksum_storesNothing() throws IOException {
        List<Checksum> wrong = List.of(Bodies.checksum(ChecksumAlgorithm.SHA256, 1, 7));

        assertRefused(ChecksumMismatch.class, () -> Bodies.pattern(0, 7), wrong);
        assertRefused(ChecksumMismatch.class, () -> Bodies.ofUnknownLength(0, 7), wrong);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    default void put_opensOnceAndClosesOnce(long size) {
        for (Content body : List.of(Bodies.pattern(size, 1), Bodies.ofUnknownLength(size, 1))) {
            TrackedContent tracked = new TrackedContent(body, false);
            put(key("tracked"), tracked);
            assertThat(tracked.closed()).containsExactly(1);
        }
    }

    @Test
    default void put_ofReplayableBody_closesEveryStreamItOpened() {
        TrackedContent tracked = new TrackedContent(Bodies.pattern(1000, 1), true);

        put(key("tracked"), tracked);

        assertThat(tracked.closed()).isNotEmpty().containsOnly(1);
    }

    /** Returns every broken body in every relevant size. */
    default Stream<Arguments> brokenBodies() {
        return Stream.of(BrokenBody.values())
                .flatMap(body -> brokenSizes().stream().map(size -> Arguments.of(body, size)));
    }

    /** One algorithm is enough for large bodies. */
    private List<Long> sizesFor(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.SHA256 ? brokenSizes() : List.of(1L, 100_000L);
    }

    private List<Long> brokenSizes() {
        List<Long> sizes = new ArrayList<>(List.of(1L, 100_000L));
        thresholds().forEach(threshold -> sizes.add(threshold + 1));
        return sizes;
    }

    private void assertRefused(Class<? extends StorageException> error, Supplier<Content> body, List<Checksum> expected)
            throws IOException {
        ObjectKey absent = key("absent");
        ObjectKey present = key("present");
        put(present, "old");
        long before = leftovers();

        for (ObjectKey key : List.of(absent, present)) {
            TrackedContent tracked = new TrackedContent(body.get(), false);
            assertThatThrownBy(() -> store().put(key, tracked, checked(expected)))
                    .isInstanceOf(error);
            assertThat(tracked.opened()).isLessThanOrEqualTo(1);
            assertThat(tracked.closed()).allMatch(closes -> closes == 1);
        }

        assertThat(store().stat(absent)).isEmpty();
        assertThat(text(present)).isEqualTo("old");
        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
    }

    private static PutOptions checked(List<Checksum> expected) {
        return new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, expected);
    }
}
