package dev.stowage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Safe for concurrent use. */
public final class TestClock implements InstantSource {

    private Instant now;

    /** A clock that shows 2025-01-01 at noon UTC. */
    public TestClock() {
        this(Instant.parse("2025-01-01T12:00:00Z"));
    }

    /** A clock that shows {@code now}. */
    public TestClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock by {@code step}, back when it is negative. */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /** Makes the clock show {@code time}. */
    public synchronized void set(Instant time) {
        now = time;
    }
}
