package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.BodyStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LentBodyTest {

    private final AtomicInteger aborts = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    @Test
    void read_toTheEnd_closesTheAnswer() throws IOException {
        try (LentBody body = lent(answer(10), 10)) {
            assertThat(body.readAllBytes()).hasSize(10);
        }

        assertThat(closes).hasValue(1);
        assertThat(aborts).hasValue(0);
    }

    @Test
    void close_beforeTheEnd_abortsTheAnswer() throws IOException {
        try (LentBody body = lent(answer(10), 10)) {
            assertThat(body.read()).isZero();
        }

        assertThat(closes).hasValue(0);
        assertThat(aborts).hasValue(1);
    }

    @Test
    void read_ofAnswerThatEndsEarly_isUnavailable() {
        LentBody body = lent(answer(5), 10);

        assertThatThrownBy(body::readAllBytes).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void read_ofBrokenAnswer_isUnavailable() {
        LentBody body = lent(failing(new IOException("connection reset")), 10);

        assertThatThrownBy(body::read).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void read_whenTheLibraryFails_translates() {
        LentBody body = lent(failing(new IllegalStateException("pool shut down")), 10);

        assertThatThrownBy(body::read).isInstanceOf(StorageRejected.class);
    }

    private LentBody lent(InputStream answer, long length) {
        return new LentBody(
                answer, length, aborts::incrementAndGet, failure -> new StorageRejected("translated", failure));
    }

    private InputStream answer(int length) {
        return new ByteArrayInputStream(new byte[length]) {
            @Override
            public void close() {
                closes.incrementAndGet();
            }
        };
    }

    private static InputStream failing(Exception failure) {
        return new BodyStream() {
            @Override
            protected int take(byte[] buffer, int offset, int length) throws IOException {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }
        };
    }
}
