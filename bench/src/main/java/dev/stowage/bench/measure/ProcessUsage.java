package dev.stowage.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process uses, as Linux tells it below {@code /proc} (proc(5)). */
public final class ProcessUsage {

    /** The kernel's unit there, on every platform that matters. */
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;

    public ProcessUsage(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** Of processor time, in seconds, in all threads, since it began. */
    public double cpuSeconds() {
        String stat = text("stat");
        // The name in brackets may have spaces; user and system time are the 14th and 15th field.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory that it had resident since the last {@link #forgetPeak()}, in MiB. */
    public double peakMiB() {
        return text("status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Begins a new peak, where the system allows that. */
    public void forgetPeak() {
        try {
            Files.writeString(folder.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // Then the peak is that of the whole life.
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException("the process is gone: " + folder, e);
        }
    }
}
