package dev.stowage.http.slow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallMonitorTest {

    private static final Limits LIMITS =
            new Limits(0, 0, 0, TransferLimit.NONE, 240, Duration.ofSeconds(10), ConnectionLimit.NONE);

    private final FakeConnection connection = new FakeConnection();
    private final StallMonitor monitor = new StallMonitor(connection, LIMITS);

    @Test
    void silentConnection_isLeftToTheIdleTimeout() {
        check(3_600, 0);

        assertThat(connection.ended).isEmpty();
    }

    @Test
    void headThatComesByteByByte_isCut_afterTheTimeout() {
        connection.inHead = true;
        check(10, 1);
        assertThat(connection.ended).isEmpty();

        check(1, 1);
        assertThat(connection.ended).isEqualTo("cut");
    }

    @Test
    void headsOfSeveralRequests_areTimedEachByItself() {
        for (int i = 0; i < 100; i++) {
            connection.inHead = true;
            check(5, 10);
            // The request started and ended between two checks.
            connection.requests++;
        }

        assertThat(connection.ended).isEmpty();
    }

    @Test
    void bodyOfOneByteASecond_isRefused_andTheConnectionCut_whenThatDoesNotEndIt() {
        handle();
        connection.reading = true;
        check(30, 1);
        assertThat(connection.ended).isEmpty();

        check(1, 1);
        assertThat(connection.ended).isEqualTo("refused");

        check(31, 1);
        assertThat(connection.ended).isEqualTo("refused cut");
    }

    @Test
    void readerOfNothing_isCut_afterAMinute() {
        handle();
        connection.moved += 4 << 20;
        connection.writing = true;
        check(60, 0);
        assertThat(connection.ended).isEmpty();

        check(2, 0);
        assertThat(connection.ended).isEqualTo("cut");
    }

    @Test
    void slowButSteadyClient_isNeverDisconnected() {
        handle();
        connection.reading = true;
        check(3_600, 2_000);
        connection.reading = false;
        connection.writing = true;
        check(3_600, 2_000);

        assertThat(connection.ended).isEmpty();
        assertThat(monitor.spent()).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void readerWhoseSystemAcceptsLargeSteps_isNotDisconnected() {
        handle();
        connection.writing = true;
        for (int i = 0; i < 100; i++) {
            check(40, 0);
            connection.moved += 64 << 10;
        }

        assertThat(connection.ended).isEmpty();
    }

    @Test
    void slownessOfTheServer_isNotTheClients() {
        handle();
        check(3_600, 0);

        assertThat(connection.ended).isEmpty();
        assertThat(monitor.spent()).isZero();
    }

    @Test
    void everyRequest_startsWithTheFullBudget() {
        for (int i = 0; i < 10; i++) {
            handle();
            connection.reading = true;
            check(20, 0);
        }

        assertThat(connection.ended).isEmpty();
    }

    @Test
    void withoutAMinimumRate_bodiesMayTakeForEver_butHeadsNot() {
        FakeConnection other = new FakeConnection();
        StallMonitor patient = new StallMonitor(
                other, new Limits(0, 0, 0, TransferLimit.NONE, 0, Duration.ofSeconds(10), ConnectionLimit.NONE));
        other.requests = 1;
        other.handling = true;
        other.reading = true;
        assertThat(patient.check(Duration.ofDays(1).toNanos())).isFalse();

        other.handling = false;
        other.inHead = true;
        assertThat(patient.check(Duration.ofSeconds(11).toNanos())).isTrue();
    }

    /** Checks once a second, with a number of bytes transferred in each. */
    private void check(int seconds, int bytes) {
        for (int i = 0; i < seconds * 4; i++) {
            connection.moved += i % 4 == 0 ? bytes : 0;
            if (monitor.check(Duration.ofMillis(250).toNanos())) {
                return;
            }
        }
    }

    private void handle() {
        connection.requests++;
        connection.inHead = false;
        connection.handling = true;
    }

    private static final class FakeConnection implements WatchedConnection {

        private long requests;
        private boolean handling;
        private boolean inHead;
        private boolean reading;
        private boolean writing;
        private long moved;
        private String ended = "";

        @Override
        public long requests() {
            return requests;
        }

        @Override
        public boolean isHandling() {
            return handling;
        }

        @Override
        public boolean isInHead() {
            return inHead;
        }

        @Override
        public boolean isReading() {
            return reading;
        }

        @Override
        public boolean isWriting() {
            return writing;
        }

        @Override
        public long moved() {
            return moved;
        }

        @Override
        public void refuse() {
            ended = (ended + " refused").strip();
        }

        @Override
        public void cut() {
            ended = (ended + " cut").strip();
        }
    }
}
