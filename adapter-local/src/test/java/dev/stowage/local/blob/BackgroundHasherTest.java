package dev.stowage.local.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hashing in parallel with writing. */
final class BackgroundHasherTest {

    private static final int PIECES = 100;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final HasherPool helpers = new HasherPool(1, threads);
    private final byte[] body = new byte[PIECES * HashBuffer.PIECE - 7];

    BackgroundHasherTest() {
        new Random(1).nextBytes(body);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void finish_returnsTheDigestOfAllChunks_evenIfTheBufferChanged() throws Exception {
        BackgroundHasher md5 = new BackgroundHasher(helpers);

        assertThat(hashAll(md5)).isEqualTo(expected());
    }

    @Test
    void finish_withoutUpdates_returnsTheDigestOfNoBytes() throws Exception {
        assertThat(new BackgroundHasher(helpers).finish()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void update_whileAllHelpersAreBusy_computesInTheCallersThread() throws Exception {
        Optional<HashBuffer> taken = helpers.borrow();
        CountDownLatch release = hold();

        assertThat(hashAll(new BackgroundHasher(helpers))).isEqualTo(expected());

        assertThat(taken).isPresent();
        release.countDown();
    }

    @Test
    void update_afterItsHelperCaughtUp_leavesTheHelperToOthers() throws Exception {
        BackgroundHasher first = new BackgroundHasher(helpers);
        first.update(body, HashBuffer.PIECE);
        threads.submit(() -> {}).get();

        assertThat(helpers.borrow()).isPresent();
    }

    @Test
    void update_ofLessThanAChunk_needsNoHelper() throws Exception {
        BackgroundHasher md5 = new BackgroundHasher(helpers);

        CountDownLatch release = hold();
        md5.update(new byte[0], 0);

        assertThat(helpers.borrow()).isPresent();
        assertThat(md5.finish()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        release.countDown();
    }

    @Test
    void update_interruptedWhileTheBufferIsFull_fails_andTheHelperIsReturned() throws Exception {
        CountDownLatch release = hold();
        BackgroundHasher md5 = new BackgroundHasher(helpers);
        for (int i = 0; i < HashBuffer.PIECES; i++) {
            md5.update(body, HashBuffer.PIECE);
        }

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> md5.update(body, 1)).isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
        threads.submit(() -> {}).get();
        assertThat(helpers.borrow()).isPresent();
    }

    @Test
    void finish_interruptedWhileTheHelperRuns_fails() throws Exception {
        CountDownLatch release = hold();
        BackgroundHasher md5 = new BackgroundHasher(helpers);
        md5.update(body, HashBuffer.PIECE);

        Thread.currentThread().interrupt();
        assertThatThrownBy(md5::finish).isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
    }

    @Test
    void close_duringABody_endsTheThreads_andTheBodyContinues() throws Exception {
        BackgroundHasher md5 = new BackgroundHasher(helpers);
        helpers.close();

        assertThat(hashAll(md5)).isEqualTo(expected());
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Like a blob does it: with the same buffer for every chunk. */
    private String hashAll(BackgroundHasher md5) throws IOException {
        byte[] buffer = new byte[HashBuffer.PIECE];
        for (int start = 0; start < body.length; start += buffer.length) {
            int length = Math.min(buffer.length, body.length - start);
            System.arraycopy(body, start, buffer, 0, length);
            md5.update(buffer, length);
        }
        return md5.finish();
    }

    private String expected() throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    }

    /** Keeps the helper's thread from starting. */
    private CountDownLatch hold() {
        CountDownLatch release = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                release.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        return release;
    }
}
