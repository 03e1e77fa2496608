package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.PayloadTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CheckedContentTest {

    @Test
    void body_withinTheLimit_isReadUnchanged() throws IOException {
        Content limited = CheckedContent.limited(Content.of(new byte[10]), 10);

        assertThat(limited.length()).hasValue(10);
        assertThat(limited.replayable()).isTrue();
        try (InputStream stream = limited.open()) {
            assertThat(stream.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void body_announcedOverTheLimit_isNotOpened() {
        Content content = Content.of(new byte[11]);

        assertThatThrownBy(() -> CheckedContent.limited(content, 10))
                .isInstanceOfSatisfying(
                        PayloadTooLarge.class,
                        error -> assertThat(error.detail()).containsEntry("max_size", 10L));
    }

    @Test
    void body_ofUnknownLength_failsAtTheFirstByteOverTheLimit() throws IOException {
        Content body = new FakeContent(new byte[11], OptionalLong.empty(), false);

        InputStream byByte = CheckedContent.limited(body, 10).open();
        assertThat(byByte.readNBytes(10)).hasSize(10);
        assertThatThrownBy(byByte::read).isInstanceOf(PayloadTooLarge.class);

        InputStream atOnce = CheckedContent.limited(body, 10).open();
        assertThatThrownBy(atOnce::readAllBytes).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void once_opensOnce() throws IOException {
        Content once = Content.once(InputStream.nullInputStream(), OptionalLong.of(0));

        assertThat(once.replayable()).isFalse();
        assertThat(once.open().read()).isEqualTo(-1);
        assertThatThrownBy(once::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void checks_runInOrder_andAreToldOfTheEnd_beforeTheLastBytesAreHandedOut() throws IOException {
        List<String> calls = new ArrayList<>();
        Content once = CheckedContent.of(Content.of(new byte[3]), (size, complete) -> calls.add("a" + size + complete));
        Content twice = CheckedContent.of(once, (size, complete) -> calls.add("b" + size + complete));

        try (InputStream stream = twice.open()) {
            assertThat(stream.readNBytes(2)).hasSize(2);
            assertThat(calls).containsExactly("a2false", "b2false");
            assertThat(stream.read()).isZero();
            assertThat(calls).endsWith("a3true", "b3true");
        }
    }

    @Test
    void checkThatFails_withholdsTheBytesThatWereRead_andEveryLaterOne() {
        CheckedContent.Check failing = (size, complete) -> {
            throw new IOException("taken over");
        };
        for (Content content :
                List.of(Content.of(new byte[3]), new FakeContent(new byte[3], OptionalLong.empty(), false))) {
            try (InputStream stream = CheckedContent.of(content, failing).open()) {
                assertThatThrownBy(stream::readAllBytes)
                        .isInstanceOf(BrokenContent.class)
                        .hasRootCauseMessage("taken over");
                assertThatThrownBy(stream::read).isInstanceOf(BrokenContent.class);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void bodyWithAnotherDigest_isNotComplete() {
        List<Boolean> completes = new ArrayList<>();
        Content content = CheckedContent.of(Content.of(new byte[3]), (size, complete) -> completes.add(complete));
        Checksum other = Checksum.of(ChecksumAlgorithm.SHA256, new byte[32]);

        try (ContentStream stream = ContentStream.open(content, List.of(other))) {
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(ChecksumMismatch.class);
        }
        assertThat(completes).doesNotContain(true);
    }

    @Test
    void emptyBody_isChecked_whenItIsOpened() {
        Content content = CheckedContent.of(Content.of(new byte[0]), (size, complete) -> {
            throw new IOException(size + " " + complete);
        });

        assertThatThrownBy(content::open).isInstanceOf(BrokenContent.class).hasRootCauseMessage("0 true");
    }
}
