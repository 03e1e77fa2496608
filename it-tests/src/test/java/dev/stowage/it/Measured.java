package dev.stowage.it;

import dev.stowage.it.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The report of the measurements of heavy tests. */
public final class Measured {

    private static final Path REPORT = Path.of("target", "heavy.txt");

    private Measured() {}

    /** Adds a line to the report. */
    public static void report(String line) throws IOException {
        Files.writeString(REPORT, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The time since a value of {@link System#nanoTime}, in seconds with one decimal. */
    public static double seconds(long began) {
        return Math.round((System.nanoTime() - began) / 1e8) / 10.0;
    }

    /** The peak memory of the process, or 0 where the system does not report it. */
    static long peakMiB(ServiceProcess service) throws IOException {
        Path status = Path.of("/proc", Long.toString(service.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
