package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Concurrent parts, completions and aborts. */
interface MultipartConcurrencyContract extends MultipartFixture {

    @Test
    default void putPart_ofManyNumbersConcurrently_storesThemAll() throws Exception {
        ObjectKey key = key("parallel");
        UploadId upload = create(key);
        List<Callable<PartTag>> parts = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int number = i;
            parts.add(() -> putPart(key, upload, number, partSize()));
        }

        List<PartTag> tags = Race.run(parts);

        complete(key, upload, tags);
        verifyParts(
                key,
                1,
                partSize(),
                2,
                partSize(),
                3,
                partSize(),
                4,
                partSize(),
                5,
                partSize(),
                6,
                partSize(),
                7,
                partSize(),
                8,
                partSize());
    }

    @Test
    default void putPart_ofOneNumberConcurrently_keepsOneCompletePart() throws Exception {
        long before = leftovers();
        ObjectKey key = key("contested");
        UploadId upload = create(key);
        List<Callable<PartTag>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int seed = i;
            attempts.add(() -> putPart(key, upload, 1, Bodies.pattern(1000 + seed, seed)));
        }

        List<PartTag> tags = Race.run(attempts);

        PartTag kept = new PartTag(
                tags.get(0).number(),
                uploads()
                        .listParts(key, upload, 10, Optional.empty())
                        .items()
                        .get(0)
                        .etag());
        int seed = tags.indexOf(kept);
        assertThat(tags).as("the part that was kept is one of the attempts").contains(kept);
        complete(key, upload, List.of(kept));
        verify(key, 1000L + seed, seed);
        assertNothingLeft(before);
    }

    @Test
    default void complete_concurrently_succeedsOnce() throws Exception {
        ObjectKey key = key("raced");
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, 100));
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            racers.add(() -> {
                try {
                    complete(key, upload, parts);
                    return true;
                } catch (NotFound | Conflict e) {
                    return false;
                }
            });
        }

        assertThat(Race.run(racers)).as("which of the racers succeeded").containsOnlyOnce(true);

        verify(key, 100, 1);
        assertThat(openUploads()).isEmpty();
    }

    @Test
    default void complete_ifAbsent_ofConcurrentUploads_hasOneWinner() throws Exception {
        assumeTrue(
                can(Capability.CONDITIONAL_COMPLETE, WriteCondition.IF_ABSENT),
                "conditional completion is not declared");
        ObjectKey key = key("absent");
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            UploadId upload = create(key);
            List<PartTag> parts = List.of(putPart(key, upload, 1, Bodies.pattern(100, i)));
            racers.add(() -> {
                try {
                    uploads().complete(key, upload, parts, WriteCondition.IF_ABSENT);
                    return true;
                } catch (PreconditionFailed e) {
                    return false;
                }
            });
        }

        List<Boolean> won = Race.run(racers);

        assertThat(won).as("which of the racers succeeded").containsOnlyOnce(true);
        verify(key, 100, won.indexOf(true));
    }

    @Test
    default void abort_duringCompletion_leavesACompleteObjectOrNone() throws Exception {
        for (int round = 0; round < 10; round++) {
            long before = leftovers();
            ObjectKey key = key("round-" + round);
            UploadId upload = create(key);
            List<PartTag> parts = List.of(putPart(key, upload, 1, 100));

            List<Boolean> won = Race.run(List.of(
                    () -> ended(() -> complete(key, upload, parts)),
                    () -> ended(() -> uploads().abort(key, upload))));

            assertThat(won).as("which of the racers succeeded").containsOnlyOnce(true);
            assertThat(store().stat(key).isPresent()).isEqualTo(won.get(0));
            if (won.get(0)) {
                verify(key, 100, 1);
            }
            assertThat(openUploads()).isEmpty();
            assertNothingLeft(before);
        }
    }

    @Test
    default void abort_whilePartsAreStored_leavesNothingAfterASecondAbort() throws Exception {
        for (int round = 0; round < 10; round++) {
            long before = leftovers();
            ObjectKey key = key("round-" + round);
            UploadId upload = create(key);

            Race.run(List.of(
                    () -> ended(() -> putPart(key, upload, 1, 100_000)),
                    () -> ended(() -> putPart(key, upload, 2, 100)),
                    () -> ended(() -> uploads().abort(key, upload))));

            ended(() -> uploads().abort(key, upload));
            assertThat(openUploads()).isEmpty();
            assertNothingLeft(before);
        }
    }

    private static boolean ended(Runnable call) {
        try {
            call.run();
            return true;
        } catch (NotFound | Conflict | InvalidInput | StorageUnavailable e) {
            // StorageUnavailable: the store can't tell the outcome of a disturbed call. The results of the others show
            // it.
            return false;
        }
    }
}
