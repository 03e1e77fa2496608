package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MoveFileTest {

    private static final ObjectKey SOURCE = new ObjectKey("raw/p1/a.txt");
    private static final ObjectKey TARGET = new ObjectKey("processed/p1/a.txt");

    private final ObjectStore store = new InMemoryStorage().objects();

    @Test
    void move_leavesTheFileOnlyAtTheTarget() {
        put(SOURCE, 10);

        assertThat(on(store)
                        .move(Principal.ANYONE, SOURCE, TARGET, Preconditions.IF_ABSENT, Preconditions.NONE)
                        .key())
                .isEqualTo(TARGET);

        assertThat(store.stat(SOURCE)).isEmpty();
        assertThat(store.stat(TARGET)).isPresent();
    }

    @Test
    void move_ofMissingSource_isNotFound() {
        assertThatThrownBy(
                        () -> on(store).move(Principal.ANYONE, SOURCE, TARGET, Preconditions.NONE, Preconditions.NONE))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void move_ontoExistingFile_needsOverwrite() {
        put(SOURCE, 10);
        put(TARGET, 20);

        assertThatThrownBy(() ->
                        on(store).move(Principal.ANYONE, SOURCE, TARGET, Preconditions.IF_ABSENT, Preconditions.NONE))
                .isInstanceOf(PreconditionFailed.class);
        assertThat(store.stat(SOURCE)).isPresent();

        on(store).move(Principal.ANYONE, SOURCE, TARGET, Preconditions.NONE, Preconditions.NONE);
        assertThat(store.stat(TARGET).orElseThrow().size()).isEqualTo(10);
    }

    @Test
    void move_ontoItself_keepsTheFile() {
        put(SOURCE, 10);

        assertThatThrownBy(
                        () -> on(store).move(Principal.ANYONE, SOURCE, SOURCE, Preconditions.NONE, Preconditions.NONE))
                .isInstanceOf(InvalidInput.class);
        assertThat(store.stat(SOURCE)).isPresent();
    }

    @Test
    void move_ofFileThatIsReplacedMeanwhile_keepsTheNewerOne() {
        put(SOURCE, 10);
        ObjectStore replacing = new ForwardingObjectStore(store) {
            @Override
            public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                ObjectInfo copied = super.copy(source, target, options);
                MoveFileTest.this.put(SOURCE, 30);
                return copied;
            }
        };

        assertThatThrownBy(() -> on(replacing)
                        .move(Principal.ANYONE, SOURCE, TARGET, Preconditions.IF_ABSENT, Preconditions.NONE))
                .isInstanceOf(Conflict.class);

        assertThat(store.stat(SOURCE).orElseThrow().size()).isEqualTo(30);
        assertThat(store.stat(TARGET).orElseThrow().size()).isEqualTo(10);
    }

    @Test
    void move_whoseDeletionFails_isFinishedByRepeatingIt() {
        put(SOURCE, 10);
        ObjectStore failing = new ForwardingObjectStore(store) {
            @Override
            public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                return List.of(new DeleteResult.Failed(SOURCE, new StorageUnavailable("down", null)));
            }
        };

        assertThatThrownBy(() ->
                        on(failing).move(Principal.ANYONE, SOURCE, TARGET, Preconditions.IF_ABSENT, Preconditions.NONE))
                .isInstanceOf(StorageUnavailable.class);
        assertThat(store.stat(SOURCE)).isPresent();
        assertThat(store.stat(TARGET)).isPresent();

        on(store).move(Principal.ANYONE, SOURCE, TARGET, Preconditions.NONE, Preconditions.NONE);
        assertThat(store.stat(SOURCE)).isEmpty();
    }

    private void put(ObjectKey key, long size) {
        store.put(key, Bodies.pattern(size, size), PutOptions.DEFAULT);
    }

    private static MoveFile on(ObjectStore store) {
        KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
        AccessPolicy policy = new AccessPolicy(layout, AuditLog.NONE);
        return new MoveFile(store, new CopyFile(store, layout, policy), policy);
    }
}
