package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.Tagging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resumable uploads of which an abandoned attempt stores a part late. */
final class LatePartTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final int PART = 10;
    private static final String TEXT = "0123456789abcdefghijABCDE";

    private final InMemorySessions sessions = new InMemorySessions();

    @ParameterizedTest
    @EnumSource
    void head_afterALatePart_returnsTheOffsetBeforeIt(Tagging tagging) throws IOException {
        ResumableContext context = context(tagging);
        ResumableId id = create(context);
        send(context, id, 0, TEXT.substring(0, 22));
        late(context, id, 2, "old bytes.");

        assertThat(head(context, id).offset()).isEqualTo(PART);

        assertThat(send(context, id, PART, TEXT.substring(PART)).isComplete()).isTrue();
        assertThat(text(context)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void lastBytes_afterALatePart_conflictWithTheOffsetToResumeAt(Tagging tagging) throws IOException {
        ResumableContext context = context(tagging);
        ResumableId id = create(context);
        send(context, id, 0, TEXT.substring(0, 22));
        late(context, id, 1, "old");

        Conflict conflict = catchThrowableOfType(Conflict.class, () -> send(context, id, 22, TEXT.substring(22)));

        assertThat(conflict.detail().get("offset")).isEqualTo(0L);
        assertThat(head(context, id).offset()).isZero();
        assertThat(send(context, id, 0, TEXT).isComplete()).isTrue();
        assertThat(text(context)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void head_ofACompleteUploadWithAMissingPart_rewinds_andNeverFails(Tagging tagging) throws IOException {
        ResumableContext context = context(tagging);
        ResumableId id = create(context);
        send(context, id, 0, TEXT.substring(0, 22));
        late(context, id, 2, "old bytes.");
        completing(context, id);

        assertThat(head(context, id).offset()).isEqualTo(PART);
        assertThat(session(id).state()).isEqualTo(UploadState.OPEN);
        assertThat(send(context, id, PART, TEXT.substring(PART)).isComplete()).isTrue();
        assertThat(text(context)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void completionWithLostResponse_isRecognised(Tagging tagging) throws IOException {
        ResumableContext context = context(tagging);
        ResumableId id = create(context);
        send(context, id, 0, TEXT.substring(0, 20));
        UploadSession completing = completing(context, id);
        context.storage()
                .uploads()
                .complete(
                        KEY,
                        completing.id(),
                        completing.completion().orElseThrow().parts(),
                        WriteCondition.NONE);

        ResumableStatus status = head(context, id);

        assertThat(status.isComplete()).isTrue();
        assertThat(status.offset()).isEqualTo(20);
        assertThat(text(context)).isEqualTo(TEXT.substring(0, 20));
    }

    @ParameterizedTest
    @EnumSource
    void outdatedToken_sendsNoPartToTheStore(Tagging tagging) {
        ResumableContext context = context(tagging);
        ResumableId id = create(context);
        Content overtaken = new OvertakenContent(TEXT.substring(0, PART).getBytes(StandardCharsets.UTF_8), () -> {
            // Like another process, which does not use this one's locker.
            sessions.resumable().begin(session(id).id());
        });

        assertThatThrownBy(() ->
                new AppendToUpload(context, POLICY).append(Principal.ANYONE, id, ResumableSuite.append(0, overtaken)));

        assertThat(context.storage()
                        .uploads()
                        .listParts(KEY, session(id).id(), 10, Optional.empty())
                        .items())
                .isEmpty();
    }

    private ResumableContext context(Tagging tagging) {
        return new ResumableContext(
                new InMemoryStorage(tagging),
                sessions,
                new UploadMemory(1 << 20),
                new UploadLocker(new ProcessSignals(), sessions.resumable()),
                UploadEvents.NONE,
                Runnable::run,
                InstantSource.system());
    }

    private static ResumableId create(ResumableContext context) {
        PartSizes sizes = new PartSizes(context.storage().uploads().limits(), PART);
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

    private static ResumableStatus send(ResumableContext context, ResumableId id, long offset, String text) {
        AppendRequest append = ResumableSuite.append(offset, Content.of(text.getBytes(StandardCharsets.UTF_8)));
        return new AppendToUpload(context, POLICY).append(Principal.ANYONE, id, append);
    }

    private static ResumableStatus head(ResumableContext context, ResumableId id) {
        return new AppendToUpload(context, POLICY).ask(Principal.ANYONE, id);
    }

    private void late(ResumableContext context, ResumableId id, int number, String text) {
        context.storage()
                .uploads()
                .putPart(
                        KEY,
                        session(id).id(),
                        new PartNumber(number),
                        Content.of(text.getBytes(StandardCharsets.UTF_8)),
                        List.of());
    }

    /** Leaves the upload as a process that ends between the record and the store. */
    private UploadSession completing(ResumableContext context, ResumableId id) {
        UploadSession open = session(id);
        List<PartInfo> parts = sessions.resumable().parts(open.id());
        UploadSession completing = open.completing(
                parts.stream()
                        .map(part -> new PartTag(part.number(), part.etag()))
                        .toList(),
                parts.stream().mapToLong(PartInfo::size).sum(),
                context.clock().instant());
        assertThat(sessions.change(open, completing)).isTrue();
        return completing;
    }

    private UploadSession session(ResumableId id) {
        return sessions.resumable().find(id).orElseThrow();
    }

    private static String text(ResumableContext context) throws IOException {
        return context.storage()
                .objects()
                .read(
                        KEY,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
}
