package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies within the store. */
interface CopyContract extends StoreFixture {

    /** Attributes of which each differs from the default. */
    ObjectAttributes CUSTOM = new ObjectAttributes(
            new ContentType("text/csv; header=present"),
            new Metadata(Map.of("note", "caf\u00E9")),
            new HeaderAttributes(Map.of(
                    HeaderAttribute.CACHE_CONTROL, "private, max-age=60",
                    HeaderAttribute.CONTENT_DISPOSITION, "inline; filename=\"a;b.csv\"",
                    HeaderAttribute.CONTENT_ENCODING, "gzip",
                    HeaderAttribute.CONTENT_LANGUAGE, "de, en")));

    /** The same, with an expiry. */
    ObjectAttributes EXPIRING = CUSTOM.expiring(Optional.of(OwnExpiry.inSeconds(3600)));

    @ParameterizedTest
    @MethodSource("sizes")
    default void copy_keepsBytesAndAttributes(long size) throws IOException {
        store().put(key("source"), Bodies.pattern(size, 1), PutOptions.of(CUSTOM));

        ObjectInfo copied = store().copy(key("source"), key("target"), CopyOptions.DEFAULT);

        ObjectInfo stored = store().stat(key("target")).orElseThrow();
        assertThat(copied)
                .usingRecursiveComparison()
                .ignoringFields("lastModified")
                .isEqualTo(stored);
        assertThat(stored.size()).isEqualTo(size);
        assertThat(stored.attributes()).isEqualTo(CUSTOM);
        verify(key("target"), size, 1);
        verify(key("source"), size, 1);
    }

    @Test
    default void copy_withChangesOfAllAttributes_hasTheNewOnes() throws IOException {
        put(key("source"), "text");

        store().copy(key("source"), key("target"), replacing(CUSTOM));

        assertThat(store().stat(key("target")).orElseThrow().attributes()).isEqualTo(CUSTOM);
        assertThat(store().stat(key("source")).orElseThrow().attributes()).isEqualTo(ObjectAttributes.DEFAULT);
        assertThat(text(key("target"))).isEqualTo("text");
    }

    @Test
    default void copy_withDefaultsForEverything_dropsTheSourcesAttributes() {
        store().put(key("source"), Bodies.pattern(3, 1), PutOptions.of(CUSTOM));

        store().copy(key("source"), key("target"), replacing(ObjectAttributes.DEFAULT));

        assertThat(store().stat(key("target")).orElseThrow().attributes()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    default void copy_ontoItselfWithChanges_changesOnlyTheAttributes() throws IOException {
        put(key("self"), "text");

        store().copy(key("self"), key("self"), replacing(CUSTOM));

        assertThat(store().stat(key("self")).orElseThrow().attributes()).isEqualTo(CUSTOM);
        assertThat(text(key("self"))).isEqualTo("text");
    }

    @Test
    default void copy_ontoItselfWithoutChanges_isRejected() throws IOException {
        put(key("self"), "text");

        assertThatThrownBy(() -> store().copy(key("self"), key("self"), CopyOptions.DEFAULT))
                .isInstanceOf(InvalidInput.class);
        assertThat(text(key("self"))).isEqualTo("text");
    }

    @ParameterizedTest
    @MethodSource("singleChanges")
    default void copy_withOneChange_keepsTheRest(AttributeChanges changes) throws IOException {
        store().put(key("source"), Bodies.pattern(3, 1), PutOptions.of(CUSTOM));
        store().put(key("self"), Bodies.pattern(3, 1), PutOptions.of(CUSTOM));
        ObjectAttributes changed = changes.applyTo(CUSTOM);

        ObjectInfo copy = store().copy(key("source"), key("target"), changing(changes));
        ObjectInfo self = store().copy(key("self"), key("self"), changing(changes));

        assertThat(List.of(copy.attributes(), self.attributes())).containsOnly(changed);
        assertThat(store().stat(key("target")).orElseThrow().attributes()).isEqualTo(changed);
        assertThat(store().stat(key("self")).orElseThrow().attributes()).isEqualTo(changed);
        assertThat(store().stat(key("source")).orElseThrow().attributes()).isEqualTo(CUSTOM);
        verify(key("self"), 3, 1);
    }

    @Test
    default void copy_ofObjectWithExpiry_hasNone() throws IOException {
        store().put(key("source"), Bodies.pattern(3, 1), PutOptions.of(EXPIRING));

        ObjectInfo copy = store().copy(key("source"), key("target"), CopyOptions.DEFAULT);

        assertThat(copy.attributes()).isEqualTo(CUSTOM);
        assertThat(store().stat(key("target")).orElseThrow().attributes()).isEqualTo(CUSTOM);
        assertThat(store().stat(key("source")).orElseThrow().attributes()).isEqualTo(EXPIRING);
        verify(key("target"), 3, 1);
    }

    @Test
    default void move_ofObjectWithExpiry_keepsTheTime() {
        store().put(key("source"), Bodies.pattern(3, 1), PutOptions.of(EXPIRING));
        ObjectInfo source = store().stat(key("source")).orElseThrow();

        ObjectInfo moved =
                store().copy(key("source"), key("target"), CopyOptions.moving(WriteCondition.NONE, source.etag()));

        assertThat(expiry(moved)).isEqualTo(expiry(source));
        assertThat(expiry(store().stat(key("target")).orElseThrow())).isEqualTo(expiry(source));
    }

    @Test
    default void changeOfMetadata_ofObjectWithExpiry_keepsTheTime() {
        store().put(key("self"), Bodies.pattern(3, 1), PutOptions.of(EXPIRING));
        Instant time = expiry(store().stat(key("self")).orElseThrow());
        Metadata other = new Metadata(Map.of("other", "1"));

        ObjectInfo changed = store().copy(
                        key("self"),
                        key("self"),
                        changing(new AttributeChanges(Optional.empty(), Optional.of(other), Map.of())));

        assertThat(expiry(changed)).isEqualTo(time);
        assertThat(changed.attributes().metadata().values()).isEqualTo(other.values());
        assertThat(expiry(store().stat(key("self")).orElseThrow())).isEqualTo(time);
    }

    /** Points in time are kept to the millisecond, also where the last modification is more precise. */
    private static Instant expiry(ObjectInfo info) {
        return info.expiresAt().orElseThrow().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    default void put_overObjectWithExpiry_hasNone() {
        store().put(key("a"), Bodies.pattern(3, 1), PutOptions.of(EXPIRING));
        store().put(key("a"), Bodies.pattern(3, 1), PutOptions.of(CUSTOM));

        assertThat(store().stat(key("a")).orElseThrow().attributes()).isEqualTo(CUSTOM);
    }

    /** Some stores copy large objects in another way than small ones. */
    @Test
    default void copy_over16MiB_keepsBytesAndAttributes() throws IOException {
        long size = (16 << 20) + 1;
        store().put(key("large"), Bodies.pattern(size, 1), PutOptions.of(CUSTOM));
        AttributeChanges change =
                new AttributeChanges(Optional.of(new ContentType("text/plain")), Optional.empty(), Map.of());

        store().copy(key("large"), key("copy"), CopyOptions.DEFAULT);
        store().copy(key("large"), key("large"), changing(change));

        ObjectInfo copy = store().stat(key("copy")).orElseThrow();
        assertThat(copy.attributes()).isEqualTo(CUSTOM);
        assertRecent(copy.lastModified());
        verify(key("copy"), size, 1);
        assertThat(store().stat(key("large")).orElseThrow().attributes()).isEqualTo(change.applyTo(CUSTOM));
        verify(key("large"), size, 1);
    }

    /** A change of attributes is atomic, too: readers find the object at any moment. */
    @Test
    default void copy_ontoItself_neverHidesTheObject() throws Exception {
        ObjectKey self = key("self");
        put(self, "text");
        AtomicBoolean changing = new AtomicBoolean(true);

        Race.run(List.of(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        store().copy(self, self, replacing(i % 2 == 0 ? CUSTOM : ObjectAttributes.DEFAULT));
                    }
                    changing.set(false);
                    return true;
                },
                () -> {
                    while (changing.get()) {
                        assertThat(store().stat(self)).isPresent();
                        assertThat(text(self)).isEqualTo("text");
                    }
                    return true;
                }));
    }

    /** Returns changes of each single attribute: to another value, and to none. */
    default Stream<AttributeChanges> singleChanges() {
        Stream<AttributeChanges> headers = Stream.of(HeaderAttribute.values())
                .flatMap(attribute -> Stream.of("x-other", "")
                        .map(value ->
                                new AttributeChanges(Optional.empty(), Optional.empty(), Map.of(attribute, value))));
        return Stream.concat(
                Stream.of(
                        new AttributeChanges(Optional.of(new ContentType("text/plain")), Optional.empty(), Map.of()),
                        new AttributeChanges(Optional.empty(), Optional.of(new Metadata(Map.of("new", "1"))), Map.of()),
                        new AttributeChanges(Optional.empty(), Optional.of(Metadata.NONE), Map.of())),
                headers);
    }

    @Test
    default void copy_ofMissingSource_isNotFound() throws IOException {
        put(key("target"), "old");

        assertThatThrownBy(() -> store().copy(key("missing"), key("target"), CopyOptions.DEFAULT))
                .isInstanceOf(NotFound.class);
        assertThat(text(key("target"))).isEqualTo("old");
    }

    @Test
    default void copy_overExistingTarget_replacesIt() throws IOException {
        put(key("source"), "new");
        store().put(key("target"), Bodies.pattern(1000, 1), PutOptions.of(CUSTOM));

        store().copy(key("source"), key("target"), CopyOptions.DEFAULT);

        assertThat(text(key("target"))).isEqualTo("new");
        assertThat(store().stat(key("target")).orElseThrow().attributes()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    default void copy_survivesTheDeletionOfItsSource() throws IOException {
        put(key("source"), Bodies.pattern(100_000, 1));
        store().copy(key("source"), key("target"), CopyOptions.DEFAULT);

        put(key("source"), "replaced");
        verify(key("target"), 100_000, 1);
        store().delete(List.of(key("source")));
        verify(key("target"), 100_000, 1);
    }

    @Test
    default void copy_ofCopy_andDeletionOfAll_leavesNothing() throws IOException {
        long before = leftovers();
        put(key("one"), Bodies.pattern(100_000, 1));
        store().copy(key("one"), key("two"), CopyOptions.DEFAULT);
        store().copy(key("two"), key("three"), CopyOptions.DEFAULT);

        store().delete(List.of(key("two")));
        store().delete(List.of(key("one")));
        verify(key("three"), 100_000, 1);
        store().delete(List.of(key("three")));

        assertNothingLeft(before);
    }

    @Test
    default void copy_ifSourceMatch_onThatVersion_copies() throws IOException {
        ObjectInfo source = put(key("source"), "text");

        store().copy(key("source"), key("target"), ifSourceMatch(source.etag()));

        assertThat(text(key("target"))).isEqualTo("text");
    }

    @Test
    default void copy_ifSourceMatch_onAnotherVersion_conflicts() {
        ObjectInfo old = put(key("source"), "old");
        put(key("source"), "newer");

        for (Etag etag : List.of(old.etag(), ConditionalPutContract.UNUSED_TAG)) {
            assertThatThrownBy(() -> store().copy(key("source"), key("target"), ifSourceMatch(etag)))
                    .isInstanceOf(PreconditionFailed.class);
        }
        assertThat(store().stat(key("target"))).isEmpty();
    }

    @Test
    default void copy_ifSourceMatch_ofMissingSource_isNotFound() {
        assertThatThrownBy(() ->
                        store().copy(key("missing"), key("target"), ifSourceMatch(ConditionalPutContract.UNUSED_TAG)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    default void copy_withCondition_isSupportedExactlyWhenDeclared() throws IOException {
        put(key("source"), "text");
        ObjectInfo present = put(key("present"), "old");

        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(present.etag()))) {
            if (!can(Capability.CONDITIONAL_COPY, condition)) {
                assertThatThrownBy(() -> store().copy(key("source"), key("present"), when(condition)))
                        .isInstanceOf(NotSupported.class);
                assertThatThrownBy(() -> store().copy(key("source"), key("absent"), when(condition)))
                        .isInstanceOf(NotSupported.class);
            }
        }
        assertThat(store().stat(key("absent"))).isEmpty();
        assertThat(text(key("present"))).isEqualTo("old");
        if (can(Capability.CONDITIONAL_COPY, WriteCondition.IF_ABSENT)) {
            store().copy(key("source"), key("absent"), when(WriteCondition.IF_ABSENT));
            assertThat(text(key("absent"))).isEqualTo("text");
        }
    }

    @Test
    default void copy_whenConditionFails_changesNothing() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_COPY, WriteCondition.IF_ABSENT), "conditional copies are not declared");
        put(key("source"), "text");
        ObjectInfo old = put(key("present"), "old");
        put(key("present"), "newer");

        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, new WriteCondition.IfMatch(old.etag()))) {
            if (can(Capability.CONDITIONAL_COPY, condition)) {
                assertThatThrownBy(() -> store().copy(key("source"), key("present"), when(condition)))
                        .isInstanceOf(PreconditionFailed.class);
            }
        }
        assertThat(text(key("present"))).isEqualTo("newer");
    }

    @Test
    default void copy_ifMatch_onMissingTarget_conflicts() {
        assumeTrue(can(Capability.CONDITIONAL_COPY), "conditional copies are not declared");
        ObjectInfo source = put(key("source"), "text");

        assertThatThrownBy(() ->
                        store().copy(key("source"), key("absent"), when(new WriteCondition.IfMatch(source.etag()))))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store().stat(key("absent"))).isEmpty();
    }

    @Test
    default void copy_ifMatch_onThatTarget_replacesIt() throws IOException {
        assumeTrue(can(Capability.CONDITIONAL_COPY), "conditional copies are not declared");
        put(key("source"), "text");
        ObjectInfo present = put(key("present"), "old");

        store().copy(key("source"), key("present"), when(new WriteCondition.IfMatch(present.etag())));

        assertThat(text(key("present"))).isEqualTo("text");
    }

    private static CopyOptions replacing(ObjectAttributes attributes) {
        return changing(AttributeChanges.to(attributes));
    }

    private static CopyOptions changing(AttributeChanges changes) {
        return new CopyOptions(WriteCondition.NONE, Optional.empty(), changes);
    }

    private static CopyOptions ifSourceMatch(Etag etag) {
        return new CopyOptions(WriteCondition.NONE, Optional.of(etag), AttributeChanges.NONE);
    }

    private static CopyOptions when(WriteCondition condition) {
        return new CopyOptions(condition, Optional.empty(), AttributeChanges.NONE);
    }
}
