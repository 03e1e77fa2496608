package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Parts of one upload that are stored concurrently, the later ones first. */
final class PartsAtOnceTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final String TEXT = "0123456789abcdefghijABCDEFGHIJ";
    private static final int PART = 10;
    private static final int AT_ONCE = 3;

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
    private final InMemorySessions sessions = new InMemorySessions();

    @Test
    void parts_countInTheirOrder() throws IOException {
        ResumableContext context = context(CrashPoint.never(), new Backwards());
        ResumableId id = create(context);

        assertThat(send(context, id).isComplete()).isTrue();

        assertThat(text()).isEqualTo(TEXT);
    }

    @Test
    void parts_afterAFailedOne_doNotCount() throws IOException {
        ResumableContext calm = context(CrashPoint.never(), Runnable::run);
        ResumableId id = create(calm);
        int firstPart = 1 + AT_ONCE;
        ResumableContext failing = context(new CrashPoint(firstPart, false), new Backwards());

        assertThatThrownBy(() -> send(failing, id)).isInstanceOf(StorageException.class);

        assertThat(storedParts(id)).extracting(part -> part.number().value()).containsExactly(2, 3);
        assertThat(new AppendToUpload(calm, POLICY).ask(Principal.ANYONE, id).offset())
                .isZero();
        assertThat(send(calm, id).isComplete()).isTrue();
        assertThat(text()).isEqualTo(TEXT);
    }

    private ResumableContext context(CrashPoint crash, Executor executor) {
        return new ResumableContext(
                new CrashingStorage(storage, crash),
                new CrashingSessions(sessions, crash),
                new UploadMemory(64L * UploadMemory.SEGMENT),
                new UploadLocker(new ProcessSignals(), sessions.resumable()),
                UploadEvents.NONE,
                executor,
                clock);
    }

    private ResumableId create(ResumableContext context) {
        PartSizes sizes = new PartSizes(storage.uploads().limits(), PART);
        return new CreateResumable(context, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
                .create(
                        Principal.ANYONE,
                        KEY,
                        ObjectAttributes.DEFAULT,
                        OptionalLong.of(TEXT.length()),
                        "",
                        Preconditions.NONE)
                .resumption()
                .id();
    }

    private static ResumableStatus send(ResumableContext context, ResumableId id) {
        Content body = Content.of(TEXT.getBytes(StandardCharsets.UTF_8));
        AppendRequest append =
                new AppendRequest(OptionalLong.of(0), OptionalLong.empty(), false, body, List.of(), () -> {});
        return new AppendToUpload(context, POLICY).append(Principal.ANYONE, id, append);
    }

    private List<PartInfo> storedParts(ResumableId id) {
        UploadSession session = sessions.resumable().find(id).orElseThrow();
        return storage.uploads()
                .listParts(KEY, session.id(), 100, Optional.empty())
                .items();
    }

    private String text() throws IOException {
        return storage.objects()
                .read(
                        KEY,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Starts when all tasks are there, with the last one. */
    private static final class Backwards implements Executor {

        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.push(task);
            if (tasks.size() == AT_ONCE) {
                new Thread(() -> tasks.forEach(Runnable::run)).start();
            }
        }
    }
}
