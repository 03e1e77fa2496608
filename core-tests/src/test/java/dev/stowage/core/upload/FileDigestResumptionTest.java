package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.signal.ProcessSignals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests of whole files that are uploaded in several requests, with parts of ten bytes. */
final class FileDigestResumptionTest extends ResumableSuite {

    private static final String TEXT = "0123456789abcdefghijABCDEFGHIJxyz";

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 10", "1, 7", "9, 11", "10, 20", "12, 13", "31, 32"})
    void file_isComparedAcrossRequestsAndProcesses(int first, int second) throws IOException {
        for (int memory : new int[] {1 << 20, 0}) {
            for (String expected : new String[] {TEXT, "another"}) {
                ResumableId id = create(OptionalLong.of(TEXT.length()));
                send(process(memory), id, 0, first, List.of(digest(expected)));
                send(process(memory), id, first, second, List.of());
                assertThat(append.ask(ME, id).offset()).isEqualTo(second);
                if (expected.equals(TEXT)) {
                    send(process(memory), id, second, TEXT.length(), List.of());
                    assertThat(text(KEY)).isEqualTo(TEXT);
                    storage.objects().delete(List.of(KEY));
                } else {
                    assertThatThrownBy(() -> send(process(memory), id, second, TEXT.length(), List.of()))
                            .isInstanceOfSatisfying(
                                    ChecksumMismatch.class,
                                    e -> assertThat(e.isOfFile()).isTrue());
                    assertThat(storage.objects().stat(KEY)).isEmpty();
                }
            }
        }
    }

    private void send(AppendToUpload process, ResumableId id, int from, int to, List<Checksum> file) {
        byte[] bytes = TEXT.substring(from, to).getBytes(StandardCharsets.UTF_8);
        process.append(
                ME,
                id,
                new AppendRequest(
                        OptionalLong.of(from),
                        OptionalLong.empty(),
                        false,
                        Content.of(bytes),
                        List.of(),
                        Optional.of(file),
                        () -> {}));
    }

    private AppendToUpload process(int memory) {
        return new AppendToUpload(
                new ResumableContext(
                        storage,
                        sessions,
                        new UploadMemory(memory),
                        new UploadLocker(new ProcessSignals(), sessions.resumable()),
                        UploadEvents.NONE,
                        Runnable::run,
                        clock),
                POLICY);
    }

    private static Checksum digest(String text) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        return Checksum.of(ChecksumAlgorithm.SHA256, hasher.finish());
    }
}
