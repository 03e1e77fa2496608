package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ContentStreamTest {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Test
    void body_ofAnnouncedLength_isReadUnchanged() throws IOException {
        try (ContentStream stream = open(10, OptionalLong.of(10), List.of(digestOf(10)))) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(10));
            assertThat(stream.position()).isEqualTo(10);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void body_ofUnknownLength_isReadUnchanged() throws IOException {
        try (ContentStream stream = open(10, UNKNOWN, List.of(digestOf(10)))) {
            assertThat(stream.read()).isZero();
            assertThat(stream.readAllBytes()).hasSize(9);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void digests_areThoseThatWereVerified_onceTheBodyWasRead() throws IOException {
        Checksum trailing = new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA==");
        Content body = new Content() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(10);
            }

            @Override
            public boolean replayable() {
                return false;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes(10));
            }

            @Override
            public List<Checksum> digests() {
                return List.of(trailing);
            }
        };
        try (ContentStream stream = ContentStream.open(CheckedContent.limited(body, 10), List.of(digestOf(10)))) {
            assertThat(stream.read()).isZero();
            assertThat(stream.digests()).isEmpty();
            assertThat(stream.readAllBytes()).hasSize(9);
            assertThat(stream.digests()).containsExactly(digestOf(10), trailing);
        }
    }

    @Test
    void body_thatEndsEarly_fails() {
        ContentStream stream = open(9, OptionalLong.of(10), List.of());

        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(BrokenContent.class)
                .hasMessageContaining("9 of 10");
    }

    @Test
    void body_thatIsTooLong_failsBeforeItsLastAnnouncedBytes() {
        ContentStream stream = open(11, OptionalLong.of(10), List.of());

        assertThat(deliveredBeforeFailure(stream, BrokenContent.class)).isLessThan(10);
    }

    @Test
    void body_withWrongDigest_failsBeforeItsLastAnnouncedBytes() {
        ContentStream stream = open(10, OptionalLong.of(10), List.of(digestOf(9)));

        assertThat(deliveredBeforeFailure(stream, ChecksumMismatch.class)).isLessThan(10);
    }

    @Test
    void body_ofUnknownLengthWithWrongDigest_failsInsteadOfEnding() {
        ContentStream stream = open(10, UNKNOWN, List.of(digestOf(9)));

        assertThat(deliveredBeforeFailure(stream, ChecksumMismatch.class)).isEqualTo(10);
    }

    @Test
    void body_afterAFailure_keepsFailingTheSameWay() {
        ContentStream stream = open(10, UNKNOWN, List.of(digestOf(0)));
        deliveredBeforeFailure(stream, ChecksumMismatch.class);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(stream::read).isInstanceOf(ChecksumMismatch.class);
        }
    }

    @Test
    void emptyBody_isVerifiedOnOpening() throws IOException {
        assertThat(open(0, OptionalLong.of(0), List.of(digestOf(0))).readAllBytes())
                .isEmpty();
        FakeContent wrong = new FakeContent(bytes(0), OptionalLong.of(0), false);
        assertThatThrownBy(() -> ContentStream.open(wrong, List.of(digestOf(1))))
                .isInstanceOf(ChecksumMismatch.class);
        assertThat(wrong.closed()).isEqualTo(1);
        FakeContent longer = new FakeContent(bytes(1), OptionalLong.of(0), false);
        assertThatThrownBy(() -> ContentStream.open(longer, List.of())).isInstanceOf(BrokenContent.class);
        assertThat(longer.closed()).isEqualTo(1);
    }

    @Test
    void source_thatFails_isBrokenContentWithItsCause() {
        ContentStream stream = ContentStream.open(new FakeContent(bytes(5), UNKNOWN, true), List.of());

        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(BrokenContent.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void source_thatCantBeOpened_isBrokenContent() {
        Content unopenable = new Content() {
            @Override
            public OptionalLong length() {
                return UNKNOWN;
            }

            @Override
            public boolean replayable() {
                return true;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> ContentStream.open(unopenable, List.of())).isInstanceOf(BrokenContent.class);
    }

    @Test
    void close_repeated_closesTheSourceOnce() {
        FakeContent content = new FakeContent(bytes(5), UNKNOWN, false);
        ContentStream stream = ContentStream.open(content, List.of());

        stream.close();
        stream.close();

        assertThat(content.closed()).isEqualTo(1);
    }

    @Test
    void mismatch_reportsBothDigests() {
        ContentStream stream = open(10, UNKNOWN, List.of(digestOf(9)));

        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOfSatisfying(
                        ChecksumMismatch.class,
                        error -> assertThat(error.detail())
                                .containsEntry("algorithm", "sha-256")
                                .containsEntry("expected", digestOf(9).base64())
                                .containsEntry("actual", digestOf(10).base64()));
    }

    private static ContentStream open(int size, OptionalLong announced, List<Checksum> expected) {
        return ContentStream.open(new FakeContent(bytes(size), announced, false), expected);
    }

    private static int deliveredBeforeFailure(ContentStream stream, Class<? extends Throwable> failure) {
        ByteArrayOutputStream delivered = new ByteArrayOutputStream();
        byte[] buffer = new byte[4];
        assertThatThrownBy(() -> {
                    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                        delivered.write(buffer, 0, count);
                    }
                })
                .isInstanceOf(failure);
        return delivered.size();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Checksum digestOf(int size) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        hasher.update(bytes(size), 0, size);
        return Checksum.of(ChecksumAlgorithm.SHA256, hasher.finish());
    }
}
