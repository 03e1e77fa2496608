package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.fence.FencedObjects;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.CopyOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Jobs on a store with quotas, which records each change before it is made: the fence may close meanwhile. */
final class QuotaFenceTest {

    private static final ObjectKey SOURCE = new ObjectKey("raw/p1/source");
    private static final ObjectKey TARGET = new ObjectKey("raw/p1/target");

    private final InMemoryStorage memory = new InMemoryStorage();
    private final List<Fence> passedOn = new ArrayList<>();
    private final ObjectStore within = new ForwardingObjectStore(memory.objects()) {
        @Override
        public ObjectStore under(Fence fence) {
            passedOn.add(fence);
            return this;
        }
    };
    private final ObjectStore objects = new QuotaStorage(
                    new InterceptedStorage(memory, within, () -> {}),
                    new InMemoryUsage(),
                    new InMemorySessions(),
                    new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(1000), Map.of()),
                    new TestClock())
            .objects();

    @Test
    void fenceClosedWhileTheChangeIsRecorded_preventsIt() {
        objects.put(SOURCE, Bodies.pattern(3, 1), PutOptions.DEFAULT);

        assertThatThrownBy(() -> openOnce().put(TARGET, Bodies.pattern(5, 1), PutOptions.DEFAULT))
                .isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> openOnce().copy(SOURCE, TARGET, CopyOptions.DEFAULT))
                .isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> openOnce().delete(List.of(SOURCE))).isInstanceOf(ClaimLost.class);

        assertThat(memory.objects().stat(SOURCE)).isPresent();
        assertThat(memory.objects().stat(TARGET)).isEmpty();
    }

    @Test
    void fence_isPassedOnToTheStoreWithin() {
        Fence fence = () -> true;

        new FencedObjects(objects, fence).put(TARGET, Bodies.pattern(5, 1), PutOptions.DEFAULT);

        assertThat(passedOn).containsExactly(fence);
    }

    /** Returns a store whose fence is open when the call begins, and closed from then on. */
    private ObjectStore openOnce() {
        boolean[] asked = new boolean[1];
        return new FencedObjects(objects, () -> {
            boolean first = !asked[0];
            asked[0] = true;
            return first;
        });
    }
}
