package dev.stowage.bench.micro;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys and their layout. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Keys {

    private final String ascii = "raw/project-12/2025/11/30/report-of-the-day.parquet";
    private final String unicode = "raw/project-12/Übersicht/日本語/отчёт.parquet";
    private final KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private final ObjectKey key = new ObjectKey(ascii);

    @Benchmark
    public ObjectKey parseAscii() {
        return new ObjectKey(ascii);
    }

    @Benchmark
    public ObjectKey parseUnicode() {
        return new ObjectKey(unicode);
    }

    @Benchmark
    public ObjectKey checkLayout() {
        layout.check(key);
        return key;
    }
}
