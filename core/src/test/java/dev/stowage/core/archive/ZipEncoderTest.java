package dev.stowage.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the encoder's output with other ZIP implementations. */
class ZipEncoderTest {

    private static final Instant TIME = Instant.parse("2026-11-25T12:34:56Z");

    @TempDir
    private Path folder;

    @Test
    void entries_areReadBack_withTimeAndSize() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        try (Zip zip = new Zip()) {
            zip.add("ü/noise", noise, noise.length);
            zip.add("empty", new byte[0], 0);
            zip.add("text", "text".repeat(50_000).getBytes(StandardCharsets.UTF_8), 200_000);
        }

        try (ZipFile read = new ZipFile(file().toFile())) {
            assertThat(read.size()).isEqualTo(3);
            ZipEntry entry = read.getEntry("ü/noise");
            assertThat(read.getInputStream(entry).readAllBytes()).isEqualTo(noise);
            assertThat(entry.getTimeLocal().toInstant(ZoneOffset.UTC)).isEqualTo(TIME);
            assertThat(read.getEntry("empty").getSize()).isZero();
            assertThat(new String(read.getInputStream(read.getEntry("text")).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("text".repeat(50_000));
        }
    }

    /** An entry of unknown size is announced as large, and has ZIP64 fields whatever its actual size. */
    @Test
    void largeEntries_haveTheirSizesInZip64() throws IOException {
        try (Zip zip = new Zip()) {
            zip.add("large", new byte[] {1, 2, 3}, 5L << 30);
            zip.add("small", new byte[] {4}, 1);
        }

        try (ZipFile read = new ZipFile(file().toFile())) {
            assertThat(read.getInputStream(read.getEntry("large")).readAllBytes())
                    .containsExactly(1, 2, 3);
            assertThat(read.getInputStream(read.getEntry("small")).readAllBytes())
                    .containsExactly(4);
        }
    }

    @Test
    void moreEntriesThan16Bits_areCountedInZip64() throws IOException {
        int count = 70_000;
        try (Zip zip = new Zip()) {
            for (int i = 0; i < count; i++) {
                zip.add("entry-" + i, new byte[0], 0);
            }
        }

        try (ZipFile read = new ZipFile(file().toFile())) {
            assertThat(read.size()).isEqualTo(count);
            assertThat(read.getEntry("entry-69999")).isNotNull();
        }
    }

    private Path file() {
        return folder.resolve("test.zip");
    }

    /** A ZIP file that is being written. */
    private final class Zip implements AutoCloseable {

        private final ZipEncoder encoder = new ZipEncoder();
        private final OutputStream out;
        private final byte[] buffer = new byte[1000];

        Zip() throws IOException {
            out = Files.newOutputStream(file());
        }

        void add(String name, byte[] bytes, long announced) throws IOException {
            encoder.beginEntry(name, TIME, announced);
            drain();
            encoder.input(bytes);
            while (!encoder.wantsInput()) {
                encoder.deflate();
                drain();
            }
            encoder.endEntry();
            drain();
        }

        @Override
        public void close() throws IOException {
            encoder.beginDirectory();
            while (encoder.continueDirectory()) {
                drain();
            }
            encoder.close();
            out.close();
        }

        private void drain() throws IOException {
            for (int read = encoder.drain(buffer, 0, buffer.length);
                    read > 0;
                    read = encoder.drain(buffer, 0, buffer.length)) {
                out.write(buffer, 0, read);
            }
        }
    }
}
