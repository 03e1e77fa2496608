package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The fixture of the contract's topics: the store under test, its properties, and a separate prefix for each test. */
interface StoreFixture {

    /** The largest difference between the clocks of the store and of the tests. */
    Duration ONE_DAY = Duration.ofDays(1);

    /** More than the usual page of a store's lists, which has 1000 entries. */
    int MORE_THAN_A_PAGE = 1001;

    /** Returns the store under test. */
    Storage storage();

    /** Returns the prefix of all keys of the running test; it ends with a slash. */
    String testPrefix();

    /** See {@link StorageContract#leftovers()}. */
    long leftovers();

    /** See {@link StorageContract#thresholds()}. */
    List<Long> thresholds();

    /** See {@link StorageContract#quirks()}. */
    Map<Quirk, String> quirks();

    /** See {@link StorageContract#clock()}. */
    Optional<TestClock> clock();

    /** See {@link StorageContract#holds(long)}. */
    boolean holds(long size);

    /** See {@link StorageContract#plant(String)}. */
    boolean plant(String name);

    default ObjectStore store() {
        return storage().objects();
    }

    default MultipartStore uploads() {
        return storage().uploads();
    }

    default boolean can(Capability capability) {
        return store().capabilities().contains(capability);
    }

    /** Whether the store decides {@code condition}; {@code every} is the capability for every condition of the call. */
    default boolean can(Capability every, WriteCondition condition) {
        return every.decides(condition, store().capabilities());
    }

    default boolean has(Quirk quirk) {
        return quirks().containsKey(quirk);
    }

    /** Asserts that the store holds no more in addition to its objects than {@code before}. */
    default void assertNothingLeft(long before) {
        assertThat(leftovers())
                .as("leftovers(): temporary files, blobs without an object, and uploads of the store's own")
                .isEqualTo(before);
    }

    /** Asserts that {@code rule} holds, or, if the store has declared the quirk, that it does not. */
    default void assertUnless(Quirk quirk, boolean holds, String rule) {
        if (has(quirk)) {
            assertThat(holds)
                    .as("the store has the quirk %s no more, remove it from quirks(): %s", quirk, rule)
                    .isFalse();
        } else {
            assertThat(holds)
                    .as("%s (a store that can't do this declares %s in quirks())", rule, quirk)
                    .isTrue();
        }
    }

    /** Asserts that {@code time} is about the current time of the store. */
    default void assertRecent(Instant time) {
        Instant now = clock().map(TestClock::instant).orElseGet(Instant::now);
        assertThat(Duration.between(time, now)).as("time since %s", time).isBetween(ONE_DAY.negated(), ONE_DAY);
    }

    /** Returns the key {@code name} under this test's prefix. */
    default ObjectKey key(String name) {
        return new ObjectKey(testPrefix() + name);
    }

    /** Returns the prefix {@code begin} under this test's prefix. */
    default KeyPrefix prefix(String begin) {
        return new KeyPrefix(testPrefix() + begin);
    }

    /** Stores {@code text}. */
    default ObjectInfo put(ObjectKey key, String text) {
        return put(key, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Stores {@code content} unconditionally. */
    default ObjectInfo put(ObjectKey key, Content content) {
        return store().put(key, content, PutOptions.DEFAULT).info();
    }

    /** Returns the object's bytes as text. */
    default String text(ObjectKey key) throws IOException {
        return text(key, ReadOptions.ALL);
    }

    /** Returns the bytes selected by {@code options} as text. */
    default String text(ObjectKey key, ReadOptions options) throws IOException {
        return store().read(key, options, (info, span, body) -> asText(body));
    }

    private static String asText(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Asserts that the object equals the patterned body of this size and seed. */
    default void verify(ObjectKey key, long size, long seed) throws IOException {
        store().read(key, ReadOptions.ALL, (info, span, body) -> {
            Bodies.verify(body, 0, size, seed);
            return info;
        });
    }

    /** Returns the open uploads under this test's prefix. */
    default List<UploadInfo> openUploads() {
        return Page.all((Optional<String> token) -> uploads().listUploads(prefix(""), 1000, token))
                .toList();
    }

    /** Runs {@code call} for each number from 1 to {@code last}, on several threads. */
    default void forEach(int last, IntConsumer call) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(() -> {
                for (int number = next.incrementAndGet(); number <= last; number = next.incrementAndGet()) {
                    call.accept(number);
                }
                return true;
            });
        }
        Race.run(workers);
    }

    /** Returns the sizes to test with: small ones, and around every threshold. */
    default List<Long> sizes() {
        List<Long> sizes = new ArrayList<>(List.of(0L, 1L, 2L, 1000L, 65_535L, 65_536L, 65_537L));
        for (long threshold : thresholds()) {
            sizes.addAll(List.of(threshold - 1, threshold, threshold + 1));
        }
        return sizes.stream().filter(size -> size >= 0).distinct().sorted().toList();
    }
}
