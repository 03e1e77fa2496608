package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** The use cases of resumable uploads on a store in memory. */
abstract class ResumableSuite {

    static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    static final long PART = 10;
    static final Principal ME = Principal.of("key:me", "me", Rights.ALL);

    final TestClock clock = new TestClock();
    final InMemoryStorage storage = new InMemoryStorage();
    final InMemorySessions sessions = new InMemorySessions();
    final ProcessSignals signals = new ProcessSignals();
    final ResumableContext context = new ResumableContext(
            storage,
            sessions,
            new UploadMemory(1 << 20),
            new UploadLocker(signals, sessions.resumable()),
            UploadEvents.NONE,
            Runnable::run,
            clock);
    final CreateResumable create = new CreateResumable(
            context, LAYOUT, POLICY, new PartSizes(storage.uploads().limits(), PART), Integer.MAX_VALUE);
    final AppendToUpload append = new AppendToUpload(context, POLICY);

    final TerminateResumable terminate = new TerminateResumable(context, POLICY);
    final ConcatenateUploads concatenation = new ConcatenateUploads(context, LAYOUT, POLICY);

    ResumableId create(OptionalLong size) {
        return create.create(ME, KEY, ObjectAttributes.DEFAULT, size, "", Preconditions.NONE)
                .resumption()
                .id();
    }

    ResumableStatus send(ResumableId id, long offset, String text) {
        return append.append(ME, id, append(offset, Content.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    static AppendRequest append(long offset, Content body) {
        return new AppendRequest(OptionalLong.of(offset), OptionalLong.empty(), false, body, List.of(), () -> {});
    }

    UploadSession session(ResumableId id) {
        return sessions.resumable().find(id).orElseThrow();
    }

    String text(ObjectKey key) throws IOException {
        return storage.objects()
                .read(
                        key,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
}
