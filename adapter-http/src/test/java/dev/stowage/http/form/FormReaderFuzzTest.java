package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutated forms are read or refused, with the same result for every chunking. The mutations are reproducible. */
final class FormReaderFuzzTest {

    private static final int ROUNDS = 15_000;
    private static final String[] TOKENS = {
        "\r\n",
        "\r",
        "\n",
        "--",
        "-",
        "\r\n--",
        "--" + FormBody.BOUNDARY,
        "\r\n--" + FormBody.BOUNDARY,
        "\r\n--" + FormBody.BOUNDARY + "--",
        "\"",
        "\\",
        ";",
        "=",
        ":",
        "; name=",
        "\0",
        "\u00ff",
        " ",
        "Content-Disposition: form-data; name=",
        "\r\n\r\n"
    };

    private final Random random = new Random(20251130);

    @Test
    void mutatedForms_areReadOrRefused_alikeInAnyChunks() throws IOException {
        List<byte[]> corpus = new ArrayList<>(seeds());
        int seeds = corpus.size();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutate(corpus.get(random.nextInt(corpus.size())));
            ReadForm whole = ReadForm.of(mutant);
            int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 200);
            ReadForm chunked = ReadForm.of(new Chunks(mutant, () -> 1 + random.nextInt(most)), FormBody.BOUNDARY);
            assertThat(chunked)
                    .as(new String(mutant, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
            refused += whole.failure() == null ? 0 : 1;
            if (mutant.length < 2_000 && random.nextInt(50) == 0) {
                corpus.set(seeds - 1 - random.nextInt(Math.min(seeds, 3)), mutant);
            }
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 95 / 100);
    }

    private static List<byte[]> seeds() {
        byte[] text = "hello\r\nworld\r\n".getBytes(StandardCharsets.UTF_8);
        return List.of(
                new FormBody().field("key", "raw/p/a.txt").file("file", text).end(),
                new FormBody().file("file", new byte[0]).field("key", "k").end(),
                new FormBody()
                        .file("file", "-----BEGIN".getBytes(StandardCharsets.UTF_8))
                        .end(),
                new FormBody().raw("preamble\r\n").field("a", "").raw("").end(),
                new FormBody()
                        .part("content-disposition: FORM-DATA ; name=a ; filename=\"\\\"x\\\\\"\r\nX: y\r\n", text)
                        .end(),
                new FormBody()
                        .file("file", "\r\n--\r\n------".getBytes(StandardCharsets.UTF_8))
                        .field("b", "\r")
                        .end(),
                new FormBody().end(),
                new FormBody().field("x", "1").field("x", "2").field("x", "3").end(),
                new byte[0]);
    }

    private byte[] mutate(byte[] seed) {
        byte[] bytes = seed;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + random.nextInt(20));
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
                case 2 -> join(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 ->
                    join(
                            Arrays.copyOf(bytes, at),
                            new byte[] {(byte) random.nextInt(256)},
                            Arrays.copyOfRange(bytes, Math.min(at + 1, bytes.length), bytes.length));
                case 4 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(seed, 0, seed.length));
                default ->
                    join(
                            Arrays.copyOf(bytes, at),
                            TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8),
                            Arrays.copyOfRange(bytes, at, bytes.length));
            };
        }
        return bytes;
    }

    private static byte[] join(byte[]... pieces) {
        FormBody joined = new FormBody();
        for (byte[] piece : pieces) {
            joined.raw(piece);
        }
        return joined.cut();
    }
}
