package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Counting the objects of a store. */
final class CountUsageTest {

    private static final String DEFAULT = KeyLayout.DEFAULT_TEMPLATE;

    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();

    @Test
    void count_ofAnExistingStore_findsAllFiles_onSeveralPages() {
        int files = 2 * ListQuery.MAX_KEYS + 16;
        for (int i = 0; i < files; i++) {
            store("raw/p" + i % 3 + "/f" + i, i % 10);
        }
        store("elsewhere/x", 10);
        QuotaStorage storage = open(DEFAULT);
        assertThat(storage.isCounted()).isFalse();

        assertThat(storage.recount()).isEqualTo(files);

        assertThat(storage.isCounted()).isTrue();
        assertThat(usage.totals("p0").files()).isEqualTo(files / 3);
        assertCountedBy(DEFAULT);
        assertThat(storage.recount()).isZero();
    }

    @Test
    void count_correctsChangesMadeDirectlyInTheStore() {
        QuotaStorage storage = open(DEFAULT);
        for (String name : List.of("a", "b", "c", "z")) {
            storage.objects().put(new ObjectKey("raw/p1/" + name), Bodies.pattern(10, 1), PutOptions.DEFAULT);
        }
        store("raw/p1/b", 20);
        memory.objects().delete(List.of(new ObjectKey("raw/p1/c"), new ObjectKey("raw/p1/z")));
        store("raw/p1/d", 5);

        assertThat(storage.recount()).isEqualTo(4);
        assertCountedBy(DEFAULT);
    }

    @Test
    void count_ofAnEmptyStore_removesAllRecordedSizes() {
        QuotaStorage storage = open(DEFAULT);
        int files = ProjectUsage.MAX_AT_ONCE + 5;
        for (int i = 0; i < files; i++) {
            ObjectKey key = new ObjectKey("raw/p1/f" + i);
            storage.objects().put(key, Bodies.pattern(10, 1), PutOptions.DEFAULT);
            memory.objects().delete(List.of(key));
        }

        assertThat(storage.recount()).isEqualTo(files);
        assertThat(usage.list(10, Optional.empty())).isEmpty();
    }

    @Test
    void changedLayout_isCountedAgain() {
        store("raw/p1/a", 10);
        store("users/u/b", 20);
        open(DEFAULT).recount();

        QuotaStorage storage = open("users/{project_id}/{file**}");
        assertThat(storage.isCounted()).isFalse();
        assertThat(storage.recount()).isEqualTo(2);

        assertThat(usage.totals("p1").files()).isZero();
        assertThat(usage.totals("u").bytes()).isEqualTo(20);
        QuotaStorage swapped = open("{project_id}/{file**}");
        assertThat(swapped.recount()).isEqualTo(2);
        assertCountedBy("{project_id}/{file**}");
    }

    @Test
    void fileWrittenBetweenListingAndCounting_isCountedExactly() {
        store("raw/p1/a", 10);
        store("raw/p1/b", 10);
        QuotaStorage writer = open(DEFAULT);
        ForwardingObjectStore changing = new ForwardingObjectStore(memory.objects()) {
            @Override
            public ObjectPage list(ListQuery query) {
                ObjectPage page = super.list(query);
                writer.objects().put(new ObjectKey("raw/p1/a"), Bodies.pattern(99, 1), PutOptions.DEFAULT);
                writer.objects().delete(List.of(new ObjectKey("raw/p1/b")));
                return page;
            }
        };

        QuotaStorage storage = new QuotaStorage(
                new InterceptedStorage(memory, changing, () -> {}),
                usage,
                new InMemorySessions(),
                quotas(DEFAULT),
                new TestClock());
        storage.recount();

        assertCountedBy(DEFAULT);
    }

    private void store(String key, int size) {
        assertThat(memory.objects()
                        .put(new ObjectKey(key), Bodies.pattern(size, 1), PutOptions.DEFAULT)
                        .info()
                        .size())
                .isEqualTo(size);
    }

    private QuotaStorage open(String layout) {
        return new QuotaStorage(memory, usage, new InMemorySessions(), quotas(layout), new TestClock());
    }

    private void assertCountedBy(String layout) {
        UsageAssertions.assertCounted(memory.objects(), usage, quotas(layout));
    }

    private static ProjectQuotas quotas(String layout) {
        return new ProjectQuotas(KeyLayout.parse(layout), OptionalLong.of(1_000_000), Map.of());
    }
}
