package dev.stowage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when a test moves it. Safe for concurrent use. */
public final class TestClock implements InstantSource {

    private Instant now;

    /** Creates a clock at 2025-01-01, noon UTC. */
    public TestClock() {
        this(Instant.parse("2025-01-01T12:00:00Z"));
    }

    /** Creates a clock at {@code now}. */
    public TestClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock by {@code step}; backwards when it is negative. */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /** Sets the clock to {@code time}. */
    public synchronized void set(Instant time) {
        now = time;
    }
}
