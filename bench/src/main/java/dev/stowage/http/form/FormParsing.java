package dev.stowage.http.form;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Parsing forms with one file; in this package because the reader is package-private. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullMarked
public class FormParsing {

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    /** Random bytes, and the worst case: bytes that each begin like a boundary. */
    public enum Content {
        RANDOM,
        LINE_BREAKS
    }

    @Param
    private Content content = Content.RANDOM;

    private byte[] form = new byte[0];
    private final byte[] target = new byte[64 << 10];

    @Setup
    public void fill() throws IOException {
        byte[] file = new byte[1 << 20];
        new Random(1).nextBytes(file);
        if (content == Content.LINE_BREAKS) {
            for (int i = 0; i < file.length; i++) {
                file[i] = (byte) (i % 2 == 0 ? '\r' : '\n');
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(file);
        out.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        form = out.toByteArray();
    }

    @Benchmark
    public long mebibyte() throws IOException {
        FormReader reader = new FormReader(new ByteArrayInputStream(form), new Boundary(BOUNDARY), 10);
        long total = 0;
        try (InputStream body = reader.next().orElseThrow().body()) {
            for (int count = body.read(target); count > 0; count = body.read(target)) {
                total += count;
            }
        }
        return total;
    }
}
