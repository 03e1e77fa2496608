package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

/** How fast files are moved: counted in files when they are small, and in bytes otherwise. */
final class Throughput {

    private Throughput() {}

    /** Returns the unit of the throughput of files of a size in bytes. */
    static String unit(long size) {
        return size < MIB ? "files/s" : "MiB/s";
    }

    /** Returns how much {@code files} files of a size in bytes are: their number, or MiB. */
    static double work(long size, int files) {
        return size < MIB ? files : (double) files * size / MIB;
    }
}
