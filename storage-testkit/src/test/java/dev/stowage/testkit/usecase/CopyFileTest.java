package dev.stowage.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.file.CopyFile;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyFileTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ObjectKey SOURCE = new ObjectKey("anywhere/a.txt");
    private static final ObjectKey TARGET = new ObjectKey("raw/p1/a.txt");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_toFreeKey_copies(boolean conditional) {
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
    void copy_toKeyOutsideTheLayoutOrOntoItself_isRefused(boolean conditional) {
        Fixture store = new Fixture(conditional);
        store.put(TARGET, 20);

        assertThatThrownBy(() -> store.copy(new ObjectKey("elsewhere"), true)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> store.copy.copy(Principal.ANYONE, TARGET, TARGET, true, Optional.empty()))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ofMissingOrOtherSource_copiesNothing(boolean conditional) {
        Fixture store = new Fixture(conditional);

        assertThatThrownBy(() ->
                        store.copy.copy(Principal.ANYONE, new ObjectKey("missing"), TARGET, true, Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(
                        () -> store.copy.copy(Principal.ANYONE, SOURCE, TARGET, true, Optional.of(new Etag("other"))))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.storage.objects().stat(TARGET)).isEmpty();
    }

    private static final class Fixture {

        private final InMemoryStorage storage;
        private final CopyFile copy;

        Fixture(boolean conditional) {
            Set<Capability> capabilities = conditional ? EnumSet.allOf(Capability.class) : Set.of();
            storage = new InMemoryStorage(InMemoryStorage.TINY_PARTS, capabilities, InstantSource.system());
            copy = new CopyFile(storage.objects(), LAYOUT, new AccessPolicy(LAYOUT, AuditLog.NONE));
            put(SOURCE, 10);
        }

        void put(ObjectKey key, long size) {
            storage.objects().put(key, Bodies.pattern(size, 1), PutOptions.DEFAULT);
        }

        ObjectInfo copy(ObjectKey target, boolean overwrite) {
            return copy.copy(Principal.ANYONE, SOURCE, target, overwrite, Optional.empty());
        }

        long sizeOf(ObjectKey key) {
            return storage.objects().stat(key).orElseThrow().size();
        }
    }
}
