package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.signal.ProcessSignals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Multipart and resumable uploads with conditions, which are recorded, and decided when the file is created. */
final class ConditionalUploadTest extends ResumableSuite {

    private final CreateUpload createUpload =
            new CreateUpload(storage.uploads(), sessions, LAYOUT, POLICY, Integer.MAX_VALUE, clock);
    private final PutPart putPart = new PutPart(storage, sessions, POLICY, new ProcessSignals(), clock);
    private final CompleteUpload complete =
            new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, clock);
    private final ResumeUploads resume = new ResumeUploads(storage, sessions, POLICY, clock);

    @Test
    void complete_whenTheConditionFails_keepsTheFileAndLeavesTheUploadOpen() throws IOException {
        ObjectInfo there = put("original");
        UploadId upload = begin("changed");

        for (Preconditions failing : List.of(Preconditions.IF_ABSENT, ifMatch("\"x\", \"y\""), ifNoneMatch(there))) {
            assertThatThrownBy(() -> complete(upload, failing)).isInstanceOf(PreconditionFailed.class);

            assertThat(text(KEY)).isEqualTo("original");
            assertThat(state(upload)).isEqualTo(UploadState.OPEN);
        }
        complete(upload, ifMatch("\"x\", \"" + there.etag() + "\""));
        assertThat(text(KEY)).isEqualTo("changed");
    }

    @Test
    void complete_repeatedAfterSuccess_returnsTheSameResult() {
        UploadId upload = begin("text");
        ObjectInfo made = complete(upload, Preconditions.IF_ABSENT);

        assertThat(complete(upload, Preconditions.IF_ABSENT)).isEqualTo(made);
        assertThat(complete(upload, Preconditions.NONE)).isEqualTo(made);
    }

    @Test
    void complete_withUnrecordedOutcome_isNotRejectedForItsOwnFile() {
        for (Preconditions conditions : List.of(
                Preconditions.IF_ABSENT, ifMatch("\"x\", \"" + put("old").etag() + "\""))) {
            if (conditions.equals(Preconditions.IF_ABSENT)) {
                storage.objects().delete(List.of(KEY));
            }
            UploadId upload = begin("text");
            List<PartTag> parts = completing(upload, conditions);
            Etag made = storage.uploads()
                    .complete(KEY, upload, parts, WriteCondition.NONE)
                    .etag();

            assertThat(complete(upload, conditions).etag()).isEqualTo(made);
            assertThat(state(upload)).isEqualTo(UploadState.COMPLETED);
            storage.objects().delete(List.of(KEY));
            ObjectInfo unused = put("old");
        }
    }

    @Test
    void resume_ofACompletionWhoseConditionNowFails_leavesTheUploadOpen() throws IOException {
        UploadId upload = begin("changed");
        List<PartTag> unused = completing(upload, Preconditions.IF_ABSENT);
        ObjectInfo meanwhile = put("original");
        clock.advance(Duration.ofSeconds(1));

        assertThat(resume.resume(clock.instant())).isEqualTo(1);

        assertThat(text(KEY)).isEqualTo("original");
        assertThat(state(upload)).isEqualTo(UploadState.OPEN);
        assertThat(complete(upload, ifMatch('"' + meanwhile.etag().value() + '"'))
                        .size())
                .isEqualTo(7);
    }

    @Test
    void complete_underOtherConditionsThanRecorded_conflicts() {
        UploadId upload = begin("changed");
        List<PartTag> unused = completing(upload, Preconditions.NONE);

        assertThatThrownBy(() -> complete(upload, Preconditions.IF_ABSENT)).isInstanceOf(Conflict.class);

        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void resumable_withConditionFailingAtOnce_isNotCreated() {
        ObjectInfo unused = put("original");

        assertThatThrownBy(() -> createIf(Preconditions.IF_ABSENT)).isInstanceOf(PreconditionFailed.class);

        assertThat(storage.uploads()
                        .listUploads(new KeyPrefix(""), 10, Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void resumable_withConditionFailingAtTheEnd_createsNoFile_untilItHolds() throws IOException {
        ResumableId id = createIf(Preconditions.IF_ABSENT);
        ResumableStatus unused = send(id, 0, "twelve");
        ObjectInfo meanwhile = put("original");

        assertThatThrownBy(() -> send(id, 6, " bytes")).isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(PreconditionFailed.class);
        assertThat(text(KEY)).isEqualTo("original");

        storage.objects().delete(List.of(meanwhile.key()));
        assertThat(append.ask(ME, id).isComplete()).isTrue();
        assertThat(text(KEY)).isEqualTo("twelve bytes");
        assertThat(append.ask(ME, id).offset()).isEqualTo(12);
    }

    @Test
    void concatenatedFile_isCreatedUnderItsCondition() throws IOException {
        ResumableId partial =
                create.createPartial(ME, OptionalLong.of(5), "").resumption().id();
        ResumableStatus unused = send(partial, 0, "bytes");
        ObjectInfo there = put("original");

        assertThatThrownBy(() -> concatenate(partial, Preconditions.IF_ABSENT)).isInstanceOf(PreconditionFailed.class);
        assertThat(text(KEY)).isEqualTo("original");
        concatenate(partial, ifMatch('"' + there.etag().value() + '"'));
        assertThat(text(KEY)).isEqualTo("bytes");
    }

    private ObjectInfo put(String text) {
        return storage.objects().put(KEY, content(text), PutOptions.DEFAULT).info();
    }

    private UploadId begin(String text) {
        UploadId upload = createUpload.create(ME, KEY, ObjectAttributes.DEFAULT).id();
        putPart.put(ME, KEY, upload, new PartNumber(1), content(text), List.of());
        return upload;
    }

    private ObjectInfo complete(UploadId upload, Preconditions conditions) {
        return complete.complete(ME, KEY, upload, Optional.empty(), conditions);
    }

    /** Leaves the upload as a process that crashes before it calls the store. */
    private List<PartTag> completing(UploadId upload, Preconditions conditions) {
        List<PartTag> parts = storage.uploads().listParts(KEY, upload, 10, Optional.empty()).items().stream()
                .map(part -> new PartTag(part.number(), part.etag()))
                .toList();
        UploadSession open = sessions.find(KEY, upload).orElseThrow();
        assertThat(sessions.change(open, open.completing(parts, 4, conditions, clock.instant())))
                .isTrue();
        return parts;
    }

    private UploadState state(UploadId upload) {
        return sessions.find(KEY, upload).orElseThrow().state();
    }

    private ResumableId createIf(Preconditions conditions) {
        return create.create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(12), "", conditions)
                .resumption()
                .id();
    }

    private void concatenate(ResumableId partial, Preconditions conditions) {
        ResumableStatus unused =
                concatenation.concatenate(ME, KEY, ObjectAttributes.DEFAULT, List.of(partial), "", conditions);
    }

    private static Preconditions ifMatch(String tags) {
        return new Preconditions(Optional.of(TagList.parse("If-Match", tags)), Optional.empty(), Optional.empty());
    }

    private static Preconditions ifNoneMatch(ObjectInfo info) {
        TagList tags = TagList.parse("If-None-Match", info.etag().quoted());
        return new Preconditions(Optional.empty(), Optional.of(tags), Optional.empty());
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
