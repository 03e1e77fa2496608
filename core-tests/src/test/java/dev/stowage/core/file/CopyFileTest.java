package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyFileTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ObjectKey SOURCE = new ObjectKey("anywhere/a.txt");
    private static final ObjectKey TARGET = new ObjectKey("raw/p1/a.txt");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_toUnusedKey_copies(boolean conditional) {
        Fixture store = new Fixture(conditional);

        assertThat(store.copy(TARGET, false).size()).isEqualTo(10);
        assertThat(store.sizeOf(TARGET)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ontoExistingFile_needsOverwrite(boolean conditional) {
        Fixture store = new Fixture(conditional);
        store.put(TARGET, 20);

        assertThatThrownBy(() -> store.copy(TARGET, false)).isInstanceOf(PreconditionFailed.class);
        assertThat(store.sizeOf(TARGET)).isEqualTo(20);
        store.copy(TARGET, true);
        assertThat(store.sizeOf(TARGET)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_toKeyOutsideTheLayoutOrOntoItself_isRejected(boolean conditional) {
        Fixture store = new Fixture(conditional);
        store.put(TARGET, 20);

        assertThatThrownBy(() -> store.copy(new ObjectKey("elsewhere"), true)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> store.copy.copy(
                        Principal.ANYONE,
                        TARGET,
                        TARGET,
                        AttributeChanges.NONE,
                        Preconditions.NONE,
                        Preconditions.NONE))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ofMissingOrOtherSource_copiesNothing(boolean conditional) {
        Fixture store = new Fixture(conditional);

        assertThatThrownBy(() -> store.copy.copy(
                        Principal.ANYONE,
                        new ObjectKey("missing"),
                        TARGET,
                        AttributeChanges.NONE,
                        Preconditions.NONE,
                        Preconditions.NONE))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> store.copy.copy(
                        Principal.ANYONE, SOURCE, TARGET, AttributeChanges.NONE, Preconditions.NONE, of("other")))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.storage.objects().stat(TARGET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ifMatch_replacesOnlyThatTarget(boolean conditional) {
        Fixture store = new Fixture(conditional);
        store.put(TARGET, 20);
        String tag = store.storage.objects().stat(TARGET).orElseThrow().etag().value();

        for (Preconditions failing : List.of(of("other"), of("other", "another"))) {
            assertThatThrownBy(() -> store.copy(TARGET, failing, Preconditions.NONE))
                    .isInstanceOf(PreconditionFailed.class);
            assertThat(store.sizeOf(TARGET)).isEqualTo(20);
        }
        assertThatThrownBy(() -> store.copy(new ObjectKey("raw/p1/free"), of(tag), Preconditions.NONE))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.copy(TARGET, of("other", tag), Preconditions.NONE).size())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ofAnotherVersionThanRequested_copiesNothing(boolean conditional) {
        Fixture store = new Fixture(conditional);
        String tag = store.storage.objects().stat(SOURCE).orElseThrow().etag().value();

        assertThatThrownBy(() -> store.copy(TARGET, of("x", "y").andAbsent(), Preconditions.NONE))
                .isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> store.copy(TARGET, Preconditions.NONE, of("x", "y")))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.storage.objects().stat(TARGET)).isEmpty();
        assertThat(store.copy(TARGET, Preconditions.IF_ABSENT, of("x", tag)).size())
                .isEqualTo(10);
    }

    @Test
    void copy_onStoreThatOnlyCreatesUnderConditions_decidesTheRestBefore() {
        Fixture store = new Fixture(Set.of(Capability.IF_ABSENT));

        assertThat(store.copy(TARGET, false).size()).isEqualTo(10);
        assertThatThrownBy(() -> store.copy(TARGET, false)).isInstanceOf(PreconditionFailed.class);
        String tag = store.storage.objects().stat(TARGET).orElseThrow().etag().value();
        assertThatThrownBy(() -> store.copy(TARGET, of("other"), Preconditions.NONE))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.copy(TARGET, of(tag), Preconditions.NONE).size()).isEqualTo(10);
    }

    private static Preconditions of(String... tags) {
        return new Preconditions(
                Optional.of(TagList.parse("If-Match", String.join(", ", tags))), Optional.empty(), Optional.empty());
    }

    private static final class Fixture {

        private final InMemoryStorage storage;
        private final CopyFile copy;

        Fixture(boolean conditional) {
            this(conditional ? EnumSet.allOf(Capability.class) : Set.of());
        }

        Fixture(Set<Capability> capabilities) {
            storage = new InMemoryStorage(InMemoryStorage.TINY_PARTS, capabilities, InstantSource.system());
            copy = new CopyFile(storage.objects(), LAYOUT, new AccessPolicy(LAYOUT, AuditLog.NONE));
            put(SOURCE, 10);
        }

        void put(ObjectKey key, long size) {
            storage.objects().put(key, Bodies.pattern(size, 1), PutOptions.DEFAULT);
        }

        ObjectInfo copy(ObjectKey target, boolean overwrite) {
            return copy(target, overwrite ? Preconditions.NONE : Preconditions.IF_ABSENT, Preconditions.NONE);
        }

        ObjectInfo copy(ObjectKey target, Preconditions conditions, Preconditions sourceConditions) {
            return copy.copy(Principal.ANYONE, SOURCE, target, AttributeChanges.NONE, conditions, sourceConditions);
        }

        long sizeOf(ObjectKey key) {
            return storage.objects().stat(key).orElseThrow().size();
        }
    }
}
