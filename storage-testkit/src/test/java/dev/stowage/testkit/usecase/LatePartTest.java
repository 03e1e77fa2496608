package dev.stowage.testkit.usecase;

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
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.resumable.Append;
import dev.stowage.core.resumable.AppendBytes;
import dev.stowage.core.resumable.Attempts;
import dev.stowage.core.resumable.CreateResumable;
import dev.stowage.core.resumable.GetResumable;
import dev.stowage.core.resumable.PartSizes;
import dev.stowage.core.resumable.ResumableStatus;
import dev.stowage.core.resumable.UploadEvents;
import dev.stowage.core.resumable.UploadMemory;
import dev.stowage.core.resumable.Workshop;
import dev.stowage.core.session.ResumableId;
import dev.stowage.core.session.UploadSession;
import dev.stowage.core.session.UploadState;
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

/** Uploads that go on at a byte, of which an attempt that was given up stores a part late. */
final class LatePartTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final int PART = 10;
    private static final String TEXT = "0123456789abcdefghijABCDE";

    private final InMemorySessions sessions = new InMemorySessions();

    @ParameterizedTest
    @EnumSource
    void head_afterALatePart_tellsTheOffsetBeforeIt(Tagging tagging) throws IOException {
        Workshop workshop = workshop(tagging);
        ResumableId id = create(workshop);
        send(workshop, id, 0, TEXT.substring(0, 22));
        late(workshop, id, 2, "old bytes.");

        assertThat(head(workshop, id).offset()).isEqualTo(PART);

        assertThat(send(workshop, id, PART, TEXT.substring(PART)).isComplete()).isTrue();
        assertThat(text(workshop)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void lastBytes_afterALatePart_conflictWithTheOffsetToGoOnFrom(Tagging tagging) throws IOException {
        Workshop workshop = workshop(tagging);
        ResumableId id = create(workshop);
        send(workshop, id, 0, TEXT.substring(0, 22));
        late(workshop, id, 1, "old");

        Conflict conflict = catchThrowableOfType(Conflict.class, () -> send(workshop, id, 22, TEXT.substring(22)));

        assertThat(conflict.detail().get("offset")).isEqualTo(0L);
        assertThat(head(workshop, id).offset()).isZero();
        assertThat(send(workshop, id, 0, TEXT).isComplete()).isTrue();
        assertThat(text(workshop)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void head_ofAnUploadWithAllBytes_ofWhichOneIsNotThere_goesBack_andNeverFails(Tagging tagging) throws IOException {
        Workshop workshop = workshop(tagging);
        ResumableId id = create(workshop);
        send(workshop, id, 0, TEXT.substring(0, 22));
        late(workshop, id, 2, "old bytes.");
        completing(workshop, id);

        assertThat(head(workshop, id).offset()).isEqualTo(PART);
        assertThat(session(id).state()).isEqualTo(UploadState.OPEN);
        assertThat(send(workshop, id, PART, TEXT.substring(PART)).isComplete()).isTrue();
        assertThat(text(workshop)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void completion_whoseAnswerWasLost_isKnownAgain(Tagging tagging) throws IOException {
        Workshop workshop = workshop(tagging);
        ResumableId id = create(workshop);
        send(workshop, id, 0, TEXT.substring(0, 20));
        UploadSession completing = completing(workshop, id);
        workshop.storage()
                .uploads()
                .complete(
                        KEY,
                        completing.id(),
                        completing.completion().orElseThrow().parts(),
                        WriteCondition.NONE);

        ResumableStatus status = head(workshop, id);

        assertThat(status.isComplete()).isTrue();
        assertThat(status.offset()).isEqualTo(20);
        assertThat(text(workshop)).isEqualTo(TEXT.substring(0, 20));
    }

    @ParameterizedTest
    @EnumSource
    void turnThatIsOver_handsNoPartToTheStore(Tagging tagging) {
        Workshop workshop = workshop(tagging);
        ResumableId id = create(workshop);
        Content overtaken = new OvertakenContent(TEXT.substring(0, PART).getBytes(StandardCharsets.UTF_8), () -> {
            // As another process does, which knows nothing of this one's attempts.
            sessions.resumable().begin(session(id).id());
        });

        assertThatThrownBy(() ->
                new AppendBytes(workshop, POLICY).append(Principal.ANYONE, id, ResumableSuite.append(0, overtaken)));

        assertThat(workshop.storage()
                        .uploads()
                        .listParts(KEY, session(id).id(), 10, Optional.empty())
                        .parts())
                .isEmpty();
    }

    private Workshop workshop(Tagging tagging) {
        return new Workshop(
                new InMemoryStorage(tagging),
                sessions,
                new UploadMemory(1 << 20),
                new Attempts(),
                UploadEvents.NONE,
                Runnable::run,
                InstantSource.system());
    }

    private static ResumableId create(Workshop workshop) {
        PartSizes sizes = new PartSizes(workshop.storage().uploads().limits(), PART);
        return new CreateResumable(workshop, LAYOUT, POLICY, sizes, Integer.MAX_VALUE)
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

    private static ResumableStatus send(Workshop workshop, ResumableId id, long offset, String text) {
        Append append = ResumableSuite.append(offset, Content.of(text.getBytes(StandardCharsets.UTF_8)));
        return new AppendBytes(workshop, POLICY).append(Principal.ANYONE, id, append);
    }

    private static ResumableStatus head(Workshop workshop, ResumableId id) {
        return new GetResumable(workshop, POLICY).get(Principal.ANYONE, id);
    }

    private void late(Workshop workshop, ResumableId id, int number, String text) {
        workshop.storage()
                .uploads()
                .putPart(
                        KEY,
                        session(id).id(),
                        new PartNumber(number),
                        Content.of(text.getBytes(StandardCharsets.UTF_8)),
                        List.of());
    }

    /** As a process leaves it that ends between the record and the store. */
    private UploadSession completing(Workshop workshop, ResumableId id) {
        UploadSession open = session(id);
        List<PartInfo> parts = sessions.resumable().parts(open.id());
        UploadSession completing = open.completing(
                parts.stream()
                        .map(part -> new PartTag(part.number(), part.etag()))
                        .toList(),
                parts.stream().mapToLong(PartInfo::size).sum(),
                workshop.clock().instant());
        assertThat(sessions.change(open, completing)).isTrue();
        return completing;
    }

    private UploadSession session(ResumableId id) {
        return sessions.resumable().find(id).orElseThrow();
    }

    private static String text(Workshop workshop) throws IOException {
        return workshop.storage()
                .objects()
                .read(
                        KEY,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
}
