package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.TestClock;
import dev.stowage.testkit.TrackedContent;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes within and beyond a quota. */
final class QuotaTest {

    private static final int KIB = 1 << 10;
    private static final ObjectKey KEY = key("a");

    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final ProjectQuotas quotas = new ProjectQuotas(
            KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE),
            OptionalLong.of(1000 * KIB),
            Map.of("big", OptionalLong.empty(), "none", OptionalLong.of(0)));
    private final QuotaStorage storage = new QuotaStorage(memory, usage, new InMemorySessions(), quotas, clock);

    @AfterEach
    void everything_isCountedExactly() {
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void put_ofExactlyTheQuota_isStored_andOfOneByteMoreIsNotOpened() {
        put(KEY, Bodies.pattern(400 * KIB, 1));
        TrackedContent tooMuch = new TrackedContent(Bodies.pattern(600 * KIB + 1, 1), false);

        assertThatThrownBy(() -> put(key("b"), tooMuch)).isInstanceOf(QuotaExceeded.class);
        assertThat(tooMuch.opened()).isZero();
        put(key("b"), Bodies.pattern(600 * KIB, 1));
        put(key("empty"), Bodies.pattern(0, 1));
        assertThatThrownBy(() -> put(key("c"), Bodies.pattern(1, 1))).isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void put_ofUnknownLength_failsBeforeItsLastByte_whenItExceedsTheQuota() {
        put(KEY, Bodies.pattern(400 * KIB, 1));

        assertThatThrownBy(() -> put(key("b"), Bodies.ofUnknownLength(600 * KIB + 1, 1)))
                .isInstanceOf(QuotaExceeded.class);
        assertThat(memory.objects().stat(key("b"))).isEmpty();
        put(key("b"), Bodies.ofUnknownLength(600 * KIB, 1));
    }

    @Test
    void put_overAFile_countsTheDifference() {
        put(KEY, Bodies.pattern(900 * KIB, 1));
        put(KEY, Bodies.ofUnknownLength(1000 * KIB, 2));

        put(KEY, Bodies.pattern(10, 3));
        put(key("b"), Bodies.pattern(900 * KIB, 3));
    }

    @Test
    void quotas_applyToEachProject_andOtherKeysAreNotCounted() {
        put(new ObjectKey("raw/p2/a"), Bodies.pattern(1000 * KIB, 1));
        put(new ObjectKey("processed/p1/a"), Bodies.pattern(600 * KIB, 1));
        put(new ObjectKey("raw/big/a"), Bodies.ofUnknownLength(3000 * KIB, 1));
        put(new ObjectKey("elsewhere/p1/a"), Bodies.pattern(3000 * KIB, 1));

        assertThatThrownBy(() -> put(new ObjectKey("raw/p1/a"), Bodies.pattern(600 * KIB, 1)))
                .isInstanceOf(QuotaExceeded.class);
        assertThatThrownBy(() -> put(new ObjectKey("raw/none/a"), Bodies.pattern(1, 1)))
                .isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void copy_countsTheSizeOfItsSource_untilItIsDeleted() {
        put(KEY, Bodies.pattern(400 * KIB, 1));
        storage.objects().copy(KEY, key("b"), CopyOptions.DEFAULT);

        assertThatThrownBy(() -> storage.objects().copy(KEY, key("c"), CopyOptions.DEFAULT))
                .isInstanceOf(QuotaExceeded.class);
        assertThat(memory.objects().stat(key("c"))).isEmpty();
        storage.objects().delete(List.of(key("b"), key("nothing"), new ObjectKey("elsewhere/x")));
        storage.objects().copy(KEY, key("c"), CopyOptions.DEFAULT);
        storage.objects().remove(List.of(key("c")));
        put(key("c"), Bodies.pattern(600 * KIB, 1));
    }

    @Test
    void move_withinAFullProject_needsNoRoom_butNothingElseIsWrittenUntilTheSourceIsDeleted() {
        put(KEY, Bodies.pattern(600 * KIB, 1));
        put(key("b"), Bodies.pattern(400 * KIB, 1));

        move(KEY, new ObjectKey("processed/p1/a"));

        assertThatThrownBy(() -> put(key("c"), Bodies.pattern(1, 1))).isInstanceOf(QuotaExceeded.class);
        assertThatThrownBy(() -> move(key("b"), key("c")))
                .isInstanceOfSatisfying(
                        QuotaExceeded.class,
                        refused -> assertThat(refused.detail())
                                .containsEntry("used", 1600L * KIB)
                                .containsEntry("limit", 1000L * KIB));
        storage.objects().delete(List.of(KEY));
        move(key("b"), key("c"));
        storage.objects().delete(List.of(key("b")));
        assertThat(usage.totals("p1").used()).isEqualTo(1000L * KIB);
    }

    @Test
    void move_intoAnotherProject_needsRoomThere() {
        put(KEY, Bodies.pattern(600 * KIB, 1));
        put(new ObjectKey("raw/p2/a"), Bodies.pattern(600 * KIB, 1));

        assertThatThrownBy(() -> move(KEY, new ObjectKey("raw/p2/b"))).isInstanceOf(QuotaExceeded.class);
        assertThatThrownBy(() -> move(KEY, new ObjectKey("raw/none/b"))).isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void deletion_ofKeysWithoutProject_isForwarded() {
        put(new ObjectKey("elsewhere/x"), Bodies.pattern(1, 1));

        assertThat(storage.objects().delete(List.of(new ObjectKey("elsewhere/x"))))
                .hasSize(1);
        assertThat(memory.objects().stat(new ObjectKey("elsewhere/x"))).isEmpty();
    }

    @Test
    void failedCondition_leavesNothingReserved() {
        put(KEY, Bodies.pattern(10, 1));

        assertThatThrownBy(() -> storage.objects()
                        .put(
                                KEY,
                                Bodies.pattern(900 * KIB, 1),
                                PutOptions.of(ObjectAttributes.DEFAULT).withCondition(WriteCondition.IF_ABSENT)))
                .isNotInstanceOf(QuotaExceeded.class);
        put(key("b"), Bodies.pattern(900 * KIB, 1));
    }

    @Test
    void loweredQuota_allowsFilesToShrinkAndBeDeleted_butNotToGrow() {
        put(KEY, Bodies.pattern(900 * KIB, 1));
        ProjectQuotas lower = new ProjectQuotas(quotas.layout(), OptionalLong.of(100), Map.of());
        QuotaStorage now = new QuotaStorage(memory, usage, new InMemorySessions(), lower, clock);

        assertThatThrownBy(() -> now.objects().put(KEY, Bodies.pattern(900 * KIB + 1, 1), PutOptions.DEFAULT))
                .isInstanceOf(QuotaExceeded.class);
        now.objects().put(KEY, Bodies.pattern(800 * KIB, 1), PutOptions.DEFAULT);
        now.objects().delete(List.of(KEY));
        now.objects().put(KEY, Bodies.pattern(100, 1), PutOptions.DEFAULT);
    }

    private void put(ObjectKey key, Content content) {
        assertThat(storage.objects()
                        .put(key, content, PutOptions.DEFAULT)
                        .info()
                        .size())
                .isNotNegative();
    }

    /** Makes the copy of a move, before its source is deleted. */
    private void move(ObjectKey source, ObjectKey target) {
        ObjectInfo found = storage.objects().stat(source).orElseThrow();
        ObjectInfo copied =
                storage.objects().copy(source, target, CopyOptions.moving(WriteCondition.NONE, found.etag()));
        assertThat(copied.size()).isEqualTo(found.size());
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p1/" + name);
    }
}
