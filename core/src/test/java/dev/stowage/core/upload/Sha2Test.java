package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Sha2Test {

    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 1000, 70_000})
    void digest_equalsTheJdks_afterAnyNumberOfSaves(int size) throws IOException, NoSuchAlgorithmException {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        for (boolean wide : new boolean[] {false, true}) {
            Sha2 digest = fresh(wide);
            for (int done = 0; done < size; ) {
                int count = Math.min(size - done, 1 + random.nextInt(200));
                digest.update(bytes, done, count);
                done += count;
                digest = reloaded(digest, wide);
            }
            byte[] expected =
                    MessageDigest.getInstance(wide ? "SHA-512" : "SHA-256").digest(bytes);
            assertThat(reloaded(digest, wide).finish()).isEqualTo(expected);
        }
    }

    private static Sha2 reloaded(Sha2 digest, boolean wide) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        digest.save(new DataOutputStream(saved));
        Sha2 loaded = fresh(wide);
        loaded.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        return loaded;
    }

    private static Sha2 fresh(boolean wide) {
        return wide ? Sha2.sha512() : Sha2.sha256();
    }
}
