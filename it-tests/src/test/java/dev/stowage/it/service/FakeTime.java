package dev.stowage.it.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** libfaketime, which gives a process a clock of its own. */
public final class FakeTime {

    private static final String LIBRARY = "libfaketimeMT.so.1";

    private FakeTime() {}

    /** The environment of a process whose clock is a minute ahead; empty where libfaketime is not installed. */
    public static Optional<Map<String, String>> minuteAhead() {
        return ahead(Duration.ofMinutes(1));
    }

    /** The environment of a process whose clock is ahead; empty where libfaketime is not installed. */
    public static Optional<Map<String, String>> ahead(Duration span) {
        return library()
                .map(library -> Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME",
                        "+" + span.toSeconds() + "s",
                        "DONT_FAKE_MONOTONIC",
                        "1",
                        // Without it, timed waits of the JVM return at once, and it uses all of a processor.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"));
    }

    private static Optional<Path> library() {
        return Stream.of(
                        "/usr/lib/x86_64-linux-gnu/faketime",
                        "/usr/lib/aarch64-linux-gnu/faketime",
                        "/usr/lib/faketime",
                        "/usr/lib64/faketime")
                .map(folder -> Path.of(folder, LIBRARY))
                .filter(Files::exists)
                .findFirst();
    }
}
