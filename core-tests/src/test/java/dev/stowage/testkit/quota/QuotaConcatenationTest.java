package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concatenation within a store that has quotas. */
final class QuotaConcatenationTest {

    private static final ObjectKey TARGET = key("joined");
    private static final List<ObjectKey> SOURCES = List.of(new ObjectKey(".stowage/1"), new ObjectKey(".stowage/2"));

    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(1000), Map.of());
    private boolean declines;
    private int joins;

    private final ObjectStore joining = new ForwardingObjectStore(memory.objects()) {
        @Override
        public Optional<ObjectInfo> concatenate(
                List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
            joins++;
            long size = sources.stream()
                    .mapToLong(source -> stat(source).orElseThrow().size())
                    .sum();
            return declines
                    ? Optional.empty()
                    : Optional.of(put(target, Bodies.pattern(size, 1), PutOptions.of(attributes))
                            .info());
        }
    };
    private final ObjectStore objects = new QuotaStorage(
                    new InterceptedStorage(memory, joining, () -> {}),
                    usage,
                    new InMemorySessions(),
                    quotas,
                    new TestClock())
            .objects();

    @AfterEach
    void everything_isCountedExactly() {
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void join_isForwarded_andCounted() {
        putSources(400);

        assertThat(concatenate()).isPresent();

        assertThat(joins).isEqualTo(1);
        assertThat(memory.objects().stat(TARGET)).isPresent();
        assertThatThrownBy(() -> objects.put(key("more"), Bodies.pattern(201, 1), PutOptions.DEFAULT))
                .isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void join_overTheQuota_isRejected_beforeTheStoreIsCalled() {
        putSources(501);

        assertThatThrownBy(this::concatenate).isInstanceOf(QuotaExceeded.class);

        assertThat(joins).isZero();
    }

    @Test
    void join_thatTheStoreDeclines_reservesNothing() {
        putSources(400);
        declines = true;

        assertThat(concatenate()).isEmpty();

        objects.put(key("more"), Bodies.pattern(1000, 1), PutOptions.DEFAULT);
    }

    private void putSources(int size) {
        SOURCES.forEach(source -> memory.objects().put(source, Bodies.pattern(size, 1), PutOptions.DEFAULT));
    }

    private Optional<ObjectInfo> concatenate() {
        return objects.concatenate(SOURCES, TARGET, ObjectAttributes.DEFAULT, WriteCondition.NONE);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p1/" + name);
    }
}
