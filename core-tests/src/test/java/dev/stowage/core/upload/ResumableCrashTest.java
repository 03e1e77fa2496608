package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upload during which the process crashes, before and after each durable step in turn. */
final class ResumableCrashTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final byte[] BYTES = "The quick brown fox jumps over the lazy dog.".getBytes(StandardCharsets.UTF_8);

    private int part = 10;
    private int request = 13;

    private final TestClock clock = new TestClock();

    /** What survives a crash. */
    private InMemoryStorage storage = new InMemoryStorage();

    private InMemorySessions sessions = new InMemorySessions();

    @ParameterizedTest
    @CsvSource({
        "0, false, false",
        "1048576, false, false",
        "1048576, true, false",
        "0, true, false",
        "1048576, false, true"
    })
    void noAcknowledgedByteIsLost_andTheFileIsComplete(long memory, boolean digests, boolean deferred)
            throws Exception {
        assertThat(crashes(memory, digests, deferred))
                .as("crashes before and after each step")
                .isGreaterThan(25);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 13, false, 20",
        "1048576, 13, false, 20",
        "1048576, 13, true, 20",
        "1048576, 44, false, 8",
        "0, 44, true, 8"
    })
    void noAcknowledgedByteIsLost_ofAFilePutAtOnce(long memory, int request, boolean digests, int least)
            throws Exception {
        this.request = request;
        part = BYTES.length;

        assertThat(crashes(memory, digests, false))
                .as("crashes before and after each step")
                .isGreaterThanOrEqualTo(least);
        assertThat(storage.uploads()
                        .listUploads(KeyPrefix.ALL, 1, Optional.empty())
                        .items())
                .isEmpty();
    }

    private int crashes(long memory, boolean digests, boolean deferred) throws Exception {
        int rounds = 0;
        for (int step = 1, crashes = 2; crashes > 0; step++) {
            crashes = 0;
            for (boolean after : List.of(false, true)) {
                storage = new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
                sessions = new InMemorySessions();
                CrashPoint crash = new CrashPoint(step, after);
                upload(crash, memory, digests, deferred);
                crashes += crash.isPast() ? 1 : 0;
                rounds++;
            }
        }
        return rounds;
    }

    private void upload(CrashPoint crash, long memory, boolean digests, boolean deferred) throws IOException {
        OptionalLong size = deferred ? OptionalLong.empty() : OptionalLong.of(BYTES.length);
        ResumableContext process = process(crash, memory);
        ResumableId id;
        try {
            id = create(process, size);
        } catch (StorageException ended) {
            process = process(CrashPoint.never(), memory);
            id = create(process, size);
        }
        long acknowledged = 0;
        while (acknowledged < BYTES.length) {
            try {
                acknowledged = send(process, id, acknowledged, digests, deferred);
            } catch (StorageException ended) {
                assertThat(crash.isPast()).as("the failure is the crash").isTrue();
                process = process(CrashPoint.never(), memory);
                ResumableStatus status = new AppendToUpload(process, POLICY).ask(Principal.ANYONE, id);
                assertThat(status.offset()).isBetween(acknowledged, Math.min(acknowledged + request, BYTES.length));
                assertThat(status.isComplete())
                        .as("a client that sees the full offset finds the file")
                        .isEqualTo(status.offset() == BYTES.length);
                acknowledged = status.offset();
            }
        }
        assertThat(stored()).isEqualTo(BYTES);
    }

    private long send(ResumableContext process, ResumableId id, long offset, boolean digests, boolean deferred) {
        int end = (int) Math.min(offset + request, BYTES.length);
        byte[] body = Arrays.copyOfRange(BYTES, (int) offset, end);
        List<Checksum> expected = digests ? List.of(digest(body)) : List.of();
        boolean last = deferred && end == BYTES.length;
        ResumableStatus status = new AppendToUpload(process, POLICY)
                .append(
                        Principal.ANYONE,
                        id,
                        new AppendRequest(
                                OptionalLong.of(offset),
                                OptionalLong.empty(),
                                last,
                                Content.of(body),
                                expected,
                                () -> {}));
        assertThat(status.offset()).isEqualTo(end);
        assertThat(status.isComplete()).isEqualTo(end == BYTES.length);
        return status.offset();
    }

    private ResumableId create(ResumableContext process, OptionalLong size) {
        PartSizes sizes = new PartSizes(process.storage().uploads().limits(), part);
        return new CreateResumable(process, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
                .create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT, size, "", Preconditions.NONE)
                .resumption()
                .id();
    }

    private ResumableContext process(CrashPoint crash, long memory) {
        return new ResumableContext(
                new CrashingStorage(storage, crash),
                new CrashingSessions(sessions, crash),
                new UploadMemory(memory),
                new UploadLocker(new ProcessSignals(), sessions.resumable()),
                UploadEvents.NONE,
                Runnable::run,
                clock);
    }

    private byte[] stored() throws IOException {
        return storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }

    private static Checksum digest(byte[] body) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA1.newHasher();
        hasher.update(body, 0, body.length);
        return Checksum.of(ChecksumAlgorithm.SHA1, hasher.finish());
    }
}
