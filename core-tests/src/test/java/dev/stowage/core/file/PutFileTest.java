package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.PutResult;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TrackedContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PutFileTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final PutFile files = new PutFile(storage.objects(), LAYOUT, new AccessPolicy(LAYOUT, AuditLog.NONE), 100);

    @Test
    void put_ofFileThatFits_storesIt() {
        assertThat(put(KEY, Bodies.pattern(100, 1), Preconditions.NONE).info().size())
                .isEqualTo(100);
        assertThat(put(KEY, Bodies.ofUnknownLength(100, 2), Preconditions.NONE)
                        .info()
                        .size())
                .isEqualTo(100);
    }

    @Test
    void put_underKeyOutsideTheLayout_doesNotOpenTheContent() {
        TrackedContent content = new TrackedContent(Bodies.pattern(10, 1), false);

        assertThatThrownBy(() -> put(new ObjectKey("other/p1/a"), content, Preconditions.NONE))
                .isInstanceOf(InvalidInput.class);
        assertThat(content.opened()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/", "raw/p1/", "raw/p1/a/b/"})
    void putFolder_overFilesThatFit_storesAnEmptyObject(String key) {
        ObjectInfo folder =
                files.putFolder(Principal.ANYONE, new ObjectKey(key), ObjectAttributes.DEFAULT, Preconditions.NONE);

        assertThat(folder.size()).isZero();
        assertThat(storage.objects().stat(new ObjectKey(key))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/p1/a", "/", "other/", "raw//", "raw/p1//", "raw/-/", ".stowage/pieces/"})
    void putFolder_whereNoFileFits_isRefused(String key) {
        assertThatThrownBy(() -> files.putFolder(
                        Principal.ANYONE, new ObjectKey(key), ObjectAttributes.DEFAULT, Preconditions.NONE))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void put_announcedOverTheLimit_doesNotOpenTheContent() {
        TrackedContent content = new TrackedContent(Bodies.pattern(101, 1), false);

        assertThatThrownBy(() -> put(KEY, content, Preconditions.NONE)).isInstanceOf(PayloadTooLarge.class);
        assertThat(content.opened()).isZero();
    }

    @Test
    void put_overTheLimitUnannounced_storesNothing() {
        TrackedContent content = new TrackedContent(Bodies.ofUnknownLength(101, 1), false);

        assertThatThrownBy(() -> put(KEY, content, Preconditions.NONE)).isInstanceOf(PayloadTooLarge.class);
        assertThat(storage.objects().stat(KEY)).isEmpty();
        assertThat(content.closed()).containsExactly(1);
    }

    @Test
    void put_ifAbsent_onExistingFile_conflicts() {
        Content content = Bodies.pattern(10, 1);
        put(KEY, content, Preconditions.IF_ABSENT);

        assertThatThrownBy(() -> put(KEY, content, Preconditions.IF_ABSENT)).isInstanceOf(PreconditionFailed.class);
    }

    private PutResult put(ObjectKey key, Content content, Preconditions conditions) {
        return files.put(Principal.ANYONE, key, content, ObjectAttributes.DEFAULT, conditions, List.of());
    }
}
