package dev.stowage.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    private final ToggledStorage storage = new ToggledStorage(new InMemoryStorage());
    private final TestClock clock = new TestClock();
    private final Readiness readiness = new Readiness(storage, new InMemorySessions(), clock);

    @AfterEach
    void close() {
        readiness.close();
    }

    @Test
    void problem_asksTheStore_onceInTwoSeconds() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            assertThat(readiness.problem()).isEmpty();
        }
        assertThat(storage.checks()).isEqualTo(1);

        storage.turn(false);
        assertThat(readiness.problem()).isEmpty();
        clock.advance(Duration.ofMillis(2001));
        assertThat(readiness.problem()).hasValue("The store does not answer");
        storage.turn(true);
        clock.advance(Duration.ofMillis(2001));
        assertThat(readiness.problem()).isEmpty();
        assertThat(storage.checks()).isEqualTo(3);
    }
}
