package dev.stowage.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resource usage of a process, from Linux's {@code /proc} (proc(5)). */
public final class ProcessUsage {

    /** The kernel's clock ticks per second, on all relevant platforms. */
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;

    public ProcessUsage(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** The processor time of all threads since the start, in seconds. */
    public double cpuSeconds() {
        String stat = text("stat");
        // The name in parentheses may contain spaces; user and system time are fields 14 and 15.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The peak resident memory since the last {@link #forgetPeak()}, in MiB. */
    public double peakMiB() {
        return text("status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The calls of the kernel that write, to files and sockets, since the start. Not those that send files. */
    public double writeCalls() {
        return text("io")
                .lines()
                .filter(line -> line.startsWith("syscw:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Resets the peak, where the system allows it. */
    public void forgetPeak() {
        try {
            Files.writeString(folder.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // The peak is then that of the whole lifetime.
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException("the process has ended: " + folder, e);
        }
    }
}
