package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.PayloadTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LimitedContentTest {

    @Test
    void body_withinTheLimit_isReadUnchanged() throws IOException {
        Content limited = new LimitedContent(Content.of(new byte[10]), 10);

        assertThat(limited.length()).hasValue(10);
        assertThat(limited.replayable()).isTrue();
        try (InputStream stream = limited.open()) {
            assertThat(stream.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void body_announcedOverTheLimit_isNotOpened() {
        Content limited = new LimitedContent(Content.of(new byte[11]), 10);

        assertThatThrownBy(limited::open)
                .isInstanceOfSatisfying(
                        PayloadTooLarge.class,
                        error -> assertThat(error.detail()).containsEntry("max_size", 10L));
    }

    @Test
    void body_ofUnknownLength_failsAtTheFirstByteOverTheLimit() throws IOException {
        Content body = new FakeContent(new byte[11], OptionalLong.empty(), false);

        InputStream byByte = new LimitedContent(body, 10).open();
        assertThat(byByte.readNBytes(10)).hasSize(10);
        assertThatThrownBy(byByte::read).isInstanceOf(PayloadTooLarge.class);

        InputStream atOnce = new LimitedContent(body, 10).open();
        assertThatThrownBy(atOnce::readAllBytes).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void once_opensOnce() throws IOException {
        Content once = Content.once(InputStream.nullInputStream(), OptionalLong.of(0));

        assertThat(once.replayable()).isFalse();
        assertThat(once.open().read()).isEqualTo(-1);
        assertThatThrownBy(once::open).isInstanceOf(IllegalStateException.class);
    }
}
