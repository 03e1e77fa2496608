package dev.stowage.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    private final ToggledStorage storage = new ToggledStorage(new InMemoryStorage());
    private final TestClock clock = new TestClock();
    private final Readiness readiness = new Readiness(List.of(new HealthCheck("storage", storage::check)), clock);

    @AfterEach
    void close() {
        readiness.close();
    }

    @Test
    void problem_asksTheStore_onceInTwoSeconds() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            assertThat(readiness.problems()).isEmpty();
        }
        assertThat(storage.checks()).isEqualTo(1);

        storage.turn(false);
        assertThat(readiness.problems()).isEmpty();
        clock.advance(Duration.ofMillis(2001));
        assertThat(readiness.problems()).containsExactly(entry("storage", "The store does not respond"));
        storage.turn(true);
        clock.advance(Duration.ofMillis(2001));
        assertThat(readiness.problems()).isEmpty();
        assertThat(storage.checks()).isEqualTo(3);
    }
}
