package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.File;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The contract of every store. An adapter's tests extend this class and implement how the store is opened:
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
 * <p>One store is opened for all tests of the class. Each test uses keys with its own prefix, and deletes them afterwards, so the store may
 * contain other objects. Tests run one after the other, each within {@value #TIMEOUT} seconds. A test of a capability that the store does
 * not declare is skipped; another test asserts that the store rejects such calls. When the store does not respond any more after a test
 * has failed, all further tests are skipped.
 */
@ExtendWith(ContractInvocations.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("measures the heap")
@Timeout(value = StorageContract.TIMEOUT, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StorageContract
        implements ObjectStoreContract, MultipartStoreContract, UrlSignerContract, MaintenanceContract {

    /** The maximum duration of a test in seconds. */
    public static final int TIMEOUT = 60;

    private final String root = "kit-" + UUID.randomUUID() + "/";
    private @Nullable Storage storage;
    private volatile @Nullable String end;
    private int test;

    /**
     * Opens a store. Called once for all tests of the class, and closed after them. Called again by a test of closing, which may get
     * another store, or another connection to the same one.
     */
    protected abstract Storage open();

    /**
     * Returns the number of items that the store holds in addition to its objects and
     * {@link dev.stowage.core.port.MultipartStore#listUploads}: temporary files, and blobs that no object uses. Tests compare the number
     * before and after an operation that must leave nothing behind. A store that cleans up in the background waits for that here.
     */
    @Override
    public abstract long leftovers();

    /**
     * Returns sizes in bytes at which the adapter or its store changes its behavior, such as the size of a buffer or of a part. Tests
     * store and read objects of about these sizes, which takes time accordingly. None by default.
     */
    @Override
    public List<Long> thresholds() {
        return List.of();
    }

    /** Returns the known differences of the store from the contract, with reasons, which are reported with the tests. None by default. */
    @Override
    public Map<Quirk, String> quirks() {
        return Map.of();
    }

    /**
     * Returns tests that fail for a reason outside of the adapter, such as a defect of an emulator, with the reason. They are reported as
     * skipped. Such a test that passes is a failure, so that the entry is removed when the reason is gone. A test is named as in its
     * failure: {@code method}, or {@code method[parameter=value]} for one run of a test with parameters. None by default.
     */
    public Map<String, String> knownFailures() {
        return Map.of();
    }

    /**
     * Returns the clock that the store was opened with, if tests may move it to let signed URLs expire. It must begin with the current time
     * if the store's server has its own clock. None by default; expiry is then not tested.
     */
    @Override
    public Optional<TestClock> clock() {
        return Optional.empty();
    }

    /**
     * Whether the store of these tests can take an object of {@code size} bytes within about 20 seconds. Objects of more than 2 GiB are
     * tested only then, and otherwise reported as skipped. By default, a store has to have no {@link Quirk#KEEPS_OBJECTS_IN_MEMORY}, and the
     * file system of temporary files room for three such objects.
     */
    @Override
    public boolean holds(long size) {
        return !has(Quirk.KEEPS_OBJECTS_IN_MEMORY)
                && new File(System.getProperty("java.io.tmpdir")).getUsableSpace() / 3 > size;
    }

    /**
     * Stores an object with a name that is not a valid key, bypassing the port, as another client of the store might.
     *
     * @return false when the store can't hold an object of that name; false by default
     */
    @Override
    public boolean plant(String name) {
        return false;
    }

    @Override
    public final Storage storage() {
        if (storage == null) {
            throw new IllegalStateException("the store is only open during tests");
        }
        return storage;
    }

    @Override
    public final String testPrefix() {
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

    @Test
    final void anyCall_afterClose_isUnavailable() {
        Storage closed = open();
        ObjectStore objects = closed.objects();
        MultipartStore uploads = closed.uploads();
        closed.close();
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("check", closed::check);
        calls.put("put", () -> objects.put(key("late"), Bodies.pattern(10, 1), PutOptions.DEFAULT));
        calls.put("read", () -> objects.read(key("late"), ReadOptions.ALL, (info, span, body) -> 0));
        calls.put("stat", () -> objects.stat(key("late")));
        calls.put("list", () -> objects.list(ListQuery.of(prefix(""))));
        calls.put("create", () -> uploads.create(key("late"), ObjectAttributes.DEFAULT));

        calls.forEach((name, call) ->
                assertThatThrownBy(call).as("%s after close", name).isInstanceOf(StorageUnavailable.class));

        assertThat(store().stat(key("late"))).isEmpty();
    }

    @BeforeAll
    @Timeout(TIMEOUT)
    final void openStorage(TestReporter reporter) {
        quirks().forEach((quirk, reason) -> reporter.publishEntry(quirk.name(), reason));
        checkNames(knownFailures().keySet());
        storage = open();
        storage.check();
    }

    private void checkNames(Set<String> tests) {
        Set<String> methods = new HashSet<>();
        for (Class<?> type = getClass(); type != Object.class; type = type.getSuperclass()) {
            Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getDeclaredMethods()))
                    .forEach(method -> methods.add(method.getName()));
        }
        assertThat(tests)
                .as("tests in knownFailures(), which must exist")
                .allMatch(test -> methods.contains(test.replaceFirst("\\[.*", "")));
    }

    /** Skips all further tests. */
    final void end(String reason) {
        end = reason;
    }

    @BeforeEach
    final void useNewPrefix() {
        assumeTrue(end == null, () -> "skipped, because " + end);
        test++;
    }

    @AfterEach
    @Timeout(TIMEOUT)
    final void deleteTestObjects() {
        if (end != null) {
            return;
        }
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
