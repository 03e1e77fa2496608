package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.testkit.BreakingContent;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Resumable uploads: how bytes become parts, and parts a file. */
final class ResumableTest extends ResumableSuite {

    @Test
    void bytes_becomePartsOfOneSize_andTheRestIsKept() {
        ResumableId id = create(OptionalLong.of(100));

        assertThat(send(id, 0, "0123456789abcdefghijXYZ").offset()).isEqualTo(23);

        assertThat(storedParts(id)).extracting(PartInfo::size).containsExactly(10L, 10L);
        assertThat(append.ask(ME, id).offset()).isEqualTo(23);
    }

    @Test
    void file_existsAfterTheLastByte_andNotBefore() throws IOException {
        ResumableId id = create(OptionalLong.of(12));

        assertThat(send(id, 0, "0123456789a").isComplete()).isFalse();
        assertThat(storage.objects().stat(KEY)).isEmpty();

        ResumableStatus last = send(id, 11, "b");
        assertThat(last.isComplete()).isTrue();
        assertThat(last.offset()).isEqualTo(12);
        assertThat(text(KEY)).isEqualTo("0123456789ab");
        assertThat(append.ask(ME, id).isComplete()).isTrue();
    }

    @Test
    void emptyFile_isCreatedWithoutBytes() throws IOException {
        ResumableId id = create(OptionalLong.of(0));

        assertThat(send(id, 0, "").isComplete()).isTrue();
        assertThat(text(KEY)).isEmpty();
    }

    @Test
    void emptyAppend_toACompleteUpload_returnsTheSameStatus() {
        ResumableId id = create(OptionalLong.of(3));
        send(id, 0, "abc");

        assertThat(send(id, 3, "").isComplete()).isTrue();
        assertThatThrownBy(() -> send(id, 0, "abc")).isInstanceOf(Conflict.class);
    }

    @Test
    void wrongOffset_changesNothing_andReportsTheCurrentOne() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789ab");

        for (long offset : new long[] {0, 10, 11, 13, 100}) {
            assertThatThrownBy(() -> send(id, offset, "x"))
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.detail()).containsEntry("offset", 12L));
        }
        assertThat(append.ask(ME, id).offset()).isEqualTo(12);
    }

    @Test
    void bodyThatEndsEarly_isKeptUpToThere() {
        ResumableId id = create(OptionalLong.of(100));

        assertThatThrownBy(() -> append.append(ME, id, append(0, BreakingContent.after(13, 1, OptionalLong.of(50)))))
                .isInstanceOf(BrokenContent.class);

        assertThat(append.ask(ME, id).offset()).isEqualTo(13);
    }

    @Test
    void tooManyBytes_areRejected_andTheUploadIsNotComplete() {
        ResumableId id = create(OptionalLong.of(5));

        assertThatThrownBy(() -> send(id, 0, "123456"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));

        assertThat(append.ask(ME, id).offset()).isZero();
        assertThat(send(id, 0, "12345").isComplete()).isTrue();
    }

    @Test
    void wrongDigest_discardsTheBody_andItsParts() throws IOException {
        ResumableId id = create(OptionalLong.of(31));
        send(id, 0, "01");
        Checksum other = Checksum.of(ChecksumAlgorithm.MD5, new byte[16]);

        assertThatThrownBy(() -> append.append(ME, id, checked(2, "23456789abcdefghijABCD", other)))
                .isInstanceOf(ChecksumMismatch.class);

        assertThat(append.ask(ME, id).offset()).isEqualTo(2);
        String right = "23456789ABCDEFGHIJ!!!!!!!!!!!";
        assertThat(append.append(ME, id, checked(2, right, md5(right))).isComplete())
                .isTrue();
        assertThat(text(KEY)).isEqualTo("01" + right);
    }

    @Test
    void size_canBeSetLater_once() throws IOException {
        ResumableId id = create(OptionalLong.empty());
        send(id, 0, "0123456789abc");

        assertThatThrownBy(() -> append.append(ME, id, sized(13, 12, ""))).isInstanceOf(InvalidInput.class);
        assertThat(append.append(ME, id, sized(13, 15, "d")).size()).isEqualTo(OptionalLong.of(15));
        assertThatThrownBy(() -> append.append(ME, id, sized(14, 16, "e"))).isInstanceOf(InvalidInput.class);
        assertThat(send(id, 14, "e").isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("0123456789abcde");
    }

    @Test
    void sizeAlreadyReached_createsTheFile() throws IOException {
        ResumableId id = create(OptionalLong.empty());
        send(id, 0, "0123456789abc");

        assertThat(append.append(ME, id, sized(13, 13, "")).isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("0123456789abc");
    }

    @Test
    void partSizeGrows_ifTenThousandPartsAreTooFew() {
        PartSizes sizes = new PartSizes(storage.uploads().limits(), PART);

        long size = 10_000L * (3 << 20) - 5;
        ResumableStatus large = new CreateResumable(context, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
                .create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(size), "", Preconditions.NONE);

        assertThat(large.resumption().partSize()).isEqualTo(3 << 20);
        assertThatThrownBy(() -> create(OptionalLong.of(sizes.maxSize() + 1)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
    }

    @Test
    void slowBytes_areRecorded_beforeAPartIsFull() {
        ResumableId id = create(OptionalLong.of(9));
        SlowContent slow = new SlowContent(id, clock, Duration.ofSeconds(3), "12345678");

        assertThatThrownBy(() -> append.append(ME, id, append(0, slow))).isInstanceOf(BrokenContent.class);

        assertThat(slow.seen()).as("recorded offset when the last byte arrived").isGreaterThanOrEqualTo(4);
        assertThat(append.ask(ME, id).offset()).isEqualTo(8);
    }

    private static AppendRequest sized(long offset, long size, String text) {
        Content body = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return new AppendRequest(OptionalLong.of(offset), OptionalLong.of(size), false, body, List.of(), () -> {});
    }

    private static AppendRequest checked(long offset, String text, Checksum digest) {
        Content body = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return new AppendRequest(OptionalLong.of(offset), OptionalLong.empty(), false, body, List.of(digest), () -> {});
    }

    private static Checksum md5(String text) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.MD5.newHasher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        return Checksum.of(ChecksumAlgorithm.MD5, hasher.finish());
    }

    private List<PartInfo> storedParts(ResumableId id) {
        return storage.uploads()
                .listParts(KEY, session(id).id(), 100, Optional.empty())
                .items();
    }

    /** Bytes that arrive one at a time with pauses, followed by a failure. */
    private final class SlowContent implements Content {

        private final ResumableId id;
        private final TestClock clock;
        private final Duration pause;
        private final String text;
        private long seen;

        SlowContent(ResumableId id, TestClock clock, Duration pause, String text) {
            this.id = id;
            this.clock = clock;
            this.pause = pause;
            this.text = text;
        }

        /** The recorded offset when the last byte arrived. */
        long seen() {
            return seen;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private int position;

                @Override
                public int read() throws IOException {
                    if (position == text.length()) {
                        throw new IOException("broken");
                    }
                    clock.advance(pause);
                    seen = sessions.resumable().offset(session(id).id()).offset();
                    return text.charAt(position++);
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    buffer[offset] = (byte) read();
                    return 1;
                }
            };
        }
    }
}
