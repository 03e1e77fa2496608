package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What any store must do. An adapter's tests extend this class, say how the store is opened, and have the whole suite:
 *
 * <pre>{@code
 * final class ShoeboxContractTest extends StorageContract {
 *     private final Shoebox shoebox = new Shoebox();
 *
 *     protected Storage open() {
 *         return shoebox.open();
 *     }
 *
 *     public long leftovers() {
 *         return shoebox.looseLeaves();
 *     }
 * }
 * }</pre>
 *
 * <p>One store is opened for all tests of the class. Each test works on keys that begin with a text of its own, which are
 * removed after it, so the store may hold other objects too. Tests run one after the other, each within
 * {@value #TIMEOUT} seconds. A test of something that the store does not declare is skipped and says so; that it then
 * refuses it is asserted elsewhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(value = StorageContract.TIMEOUT, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StorageContract
        implements ObjectStoreContract, MultipartStoreContract, UrlSignerContract, MaintenanceContract {

    /** The most seconds that a test may take. */
    public static final int TIMEOUT = 60;

    private final String root = "kit-" + UUID.randomUUID() + "/";
    private @Nullable Storage storage;
    private int test;

    /**
     * Opens a store. Called once for all tests of the class, and closed after them; called again by a test of closing,
     * where it may give another store or one more access to the same.
     */
    protected abstract Storage open();

    /**
     * Counts what the store holds beyond objects and what {@link dev.stowage.core.port.MultipartStore#listUploads} shows:
     * temporary files, blobs that no object uses. Tests compare the count before and after what must leave nothing
     * behind; a store that tidies up in the background waits for that here.
     */
    @Override
    public abstract long leftovers();

    /**
     * Sizes in bytes at which the adapter or its store works in another way: a buffer is full, a body is split. Objects of
     * about these sizes are stored and read, so they take their share of the time; none, unless overridden.
     */
    @Override
    public List<Long> thresholds() {
        return List.of();
    }

    /**
     * In what the store is known to differ from the contract, and why, which is reported with the tests; in nothing, unless
     * overridden.
     */
    @Override
    public Map<Quirk, String> quirks() {
        return Map.of();
    }

    /**
     * The clock that the store was opened with, where the tests may move it for a while, to see signed URLs expire. Where
     * the store's server has a clock of its own, this one begins with the present. None, unless overridden; expiry then
     * goes untested.
     */
    @Override
    public Optional<TestClock> clock() {
        return Optional.empty();
    }

    /**
     * Stores an object by other means than the port's, under a name that is no key, such as another client of the store may give.
     *
     * @return false when the store can't hold one of that name; always, unless overridden
     */
    @Override
    public boolean plant(String name) {
        return false;
    }

    @Override
    public final Storage storage() {
        if (storage == null) {
            throw new IllegalStateException("the store is open during tests alone");
        }
        return storage;
    }

    @Override
    public final String corner() {
        return root + test + "/";
    }

    @Test
    final void check_ofOpenStore_passes() {
        storage().check();

        assertThat(storage().bucket()).isNotBlank();
        assertThat(storage().description()).isNotBlank();
    }

    @Test
    final void close_repeated_doesNothing() {
        Storage another = open();

        another.close();
        another.close();
    }

    @BeforeAll
    @Timeout(TIMEOUT)
    final void openStorage(TestReporter reporter) {
        quirks().forEach((quirk, reason) -> reporter.publishEntry(quirk.name(), reason));
        storage = open();
    }

    @BeforeEach
    final void takeAnotherCorner() {
        test++;
    }

    @AfterEach
    @Timeout(TIMEOUT)
    final void clearCorner() {
        for (UploadInfo upload : openUploads()) {
            uploads().abort(upload.key(), upload.id());
        }
        ListQuery query = ListQuery.of(prefix(""));
        for (ObjectPage page = store().list(query);
                ;
                page = store().list(query.after(page.nextToken().get()))) {
            if (!page.objects().isEmpty()) {
                List<DeleteResult> results = store().delete(
                                page.objects().stream().map(ObjectSummary::key).toList());
                for (DeleteResult result : results) {
                    if (result instanceof DeleteResult.Failed failed) {
                        throw failed.reason();
                    }
                }
            }
            if (page.nextToken().isEmpty()) {
                return;
            }
        }
    }

    @AfterAll
    @Timeout(TIMEOUT)
    final void closeStorage() {
        if (storage != null) {
            storage.close();
        }
    }
}
