package dev.stowage.bench.micro;

import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.http.conditional.RangeRequest;
import dev.stowage.http.conditional.ReadConditions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Ranges and conditions of a download. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ranges {

    private final Map<String, List<String>> range = Map.of(
            "Range",
            List.of("bytes=0-1023, 4096-8191, -512"),
            "If-Range",
            List.of("\"6f5902ac237024bdd0c176cb93063dc4\""));
    private final Map<String, List<String>> condition = Map.of(
            "If-None-Match", List.of("W/\"a\", \"b\", \"6f5902ac237024bdd0c176cb93063dc4\""),
            "If-Modified-Since", List.of("Sun, 30 Nov 2025 12:00:00 GMT"));
    private final Etag etag = new Etag("6f5902ac237024bdd0c176cb93063dc4");
    private final Instant modified = Instant.ofEpochSecond(1_764_504_000);

    @Benchmark
    public List<ByteSpan> ranges() {
        return RangeRequest.parse(name -> range.getOrDefault(name, List.of())).spans(etag, modified, 1 << 20);
    }

    @Benchmark
    public ReadConditions.Outcome conditions() {
        return ReadConditions.parse(name -> condition.getOrDefault(name, List.of()))
                .evaluate(etag, modified);
    }
}
