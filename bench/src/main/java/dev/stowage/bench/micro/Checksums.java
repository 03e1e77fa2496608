package dev.stowage.bench.micro;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Digests of one mebibyte. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Checksums {

    private final byte[] bytes = new byte[1 << 20];

    @Param
    private ChecksumAlgorithm algorithm = ChecksumAlgorithm.MD5;

    @Benchmark
    public byte[] digest() {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish();
    }
}
