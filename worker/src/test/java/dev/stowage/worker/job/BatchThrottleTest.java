package dev.stowage.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BatchThrottleTest {

    private static final int USUAL = 250;

    private final BatchThrottle throttle = new BatchThrottle();

    @Test
    void batchesThatEndSoon_growUpToAPage() {
        assertThat(throttle.size(USUAL)).isEqualTo(USUAL);

        throttle.finishedSoon(100, USUAL);
        assertThat(throttle.size(USUAL)).isEqualTo(400);

        throttle.finishedSoon(400, USUAL);
        assertThat(throttle.size(USUAL)).isEqualTo(BatchJobs.MAX_PAGE);
    }

    @Test
    void shortBatchThatEndsSoon_makesTheNextOnesNoSmaller() {
        throttle.finishedSoon(3, USUAL);

        assertThat(throttle.size(USUAL)).isEqualTo(USUAL);
    }

    @Test
    void batchThatEndsInTime_keepsItsSize() {
        throttle.finishedSoon(100, USUAL);
        throttle.finished();

        assertThat(throttle.size(USUAL)).isEqualTo(400);
    }

    @Test
    void batchThatIsCut_isFollowedByOnesOfWhatItDid() {
        throttle.cut(33);
        assertThat(throttle.size(USUAL)).isEqualTo(33);

        throttle.finished();
        assertThat(throttle.size(USUAL)).isEqualTo(33);
    }

    @Test
    void batchAfterAnUnavailableStore_hasOneItem_andTheNextAsManyAsBefore() {
        throttle.cut(33);
        assertThat(throttle.failed(Instant.EPOCH)).isEqualTo(1);
        assertThat(throttle.size(USUAL)).isEqualTo(1);

        throttle.finishedSoon(1, USUAL);
        assertThat(throttle.size(USUAL)).isEqualTo(33);
    }
}
