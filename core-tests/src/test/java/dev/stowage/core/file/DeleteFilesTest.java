package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryStorage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeleteFilesTest {

    private static final AccessPolicy POLICY =
            new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE);
    private static final ObjectKey A = new ObjectKey("a");
    private static final ObjectKey B = new ObjectKey("b");

    private final ObjectStore store = new InMemoryStorage().objects();

    @Test
    void delete_ofDuplicateKey_returnsEqualResults() {
        store.put(A, Bodies.pattern(1, 1), PutOptions.DEFAULT);

        assertThat(new DeleteFiles(store, POLICY).delete(Principal.ANYONE, List.of(A, B, A)))
                .containsExactly(new DeleteResult.Deleted(A), new DeleteResult.Missing(B), new DeleteResult.Deleted(A));
        assertThat(store.stat(A)).isEmpty();
    }

    @Test
    void delete_thatFailsForOneKey_reportsTheOthers() {
        StorageUnavailable down = new StorageUnavailable("down", null);
        ObjectStore halfDown = new ForwardingObjectStore(store) {
            @Override
            public List<DeleteResult> delete(List<ObjectKey> keys) {
                return List.of(new DeleteResult.Deleted(A), new DeleteResult.Failed(B, down));
            }
        };

        assertThat(new DeleteFiles(halfDown, POLICY).delete(Principal.ANYONE, List.of(B, A)))
                .containsExactly(new DeleteResult.Failed(B, down), new DeleteResult.Deleted(A));
    }

    @Test
    void delete_ofNoneOrTooMany_isRejected() {
        DeleteFiles delete = new DeleteFiles(store, POLICY);

        assertRefused(ErrorCode.INVALID_REQUEST, delete, List.of());
        assertRefused(ErrorCode.TOO_MANY_KEYS, delete, Collections.nCopies(1001, A));
        assertThat(delete.delete(Principal.ANYONE, Collections.nCopies(1000, A)))
                .hasSize(1000);
    }

    private static void assertRefused(ErrorCode code, DeleteFiles delete, List<ObjectKey> keys) {
        assertThatThrownBy(() -> delete.delete(Principal.ANYONE, keys))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(code));
    }
}
