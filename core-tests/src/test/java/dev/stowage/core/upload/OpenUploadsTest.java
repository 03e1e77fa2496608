package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The limit of a principal's open uploads, in any protocol. */
final class OpenUploadsTest extends ResumableSuite {

    private static final Principal OTHER = Principal.of("key:other", "other", Rights.ALL);

    private final CreateUpload createUpload = new CreateUpload(storage.uploads(), sessions, LAYOUT, POLICY, 2, clock);
    private final CreateResumable createResumable = new CreateResumable(
            context, LAYOUT, POLICY, new PartSizes(storage.uploads().limits(), PART), 2);

    @Test
    void creation_beyondTheLimit_isRejected_beforeTheStoreIsCalled() {
        begin(ME);
        beginResumable();

        assertThatThrownBy(() -> begin(ME)).isInstanceOfSatisfying(TooManyOpen.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(e.detail()).containsEntry("max_open_uploads", 2L);
        });
        assertThatThrownBy(this::beginResumable).isInstanceOf(TooManyOpen.class);
        assertThatThrownBy(this::beginPartial).isInstanceOf(TooManyOpen.class);
        assertThat(storage.uploads()
                        .listUploads(new KeyPrefix(""), 10, Optional.empty())
                        .items())
                .as("the resumable one will be put at once")
                .hasSize(1);
        assertThat(sessions.intents().list(10, Optional.empty())).isEmpty();
        assertThatCode(() -> begin(OTHER)).doesNotThrowAnyException();
    }

    @Test
    void abortedUpload_noLongerCounts() {
        begin(ME);
        UploadId upload = begin(ME);

        new AbortUpload(storage.uploads(), sessions, POLICY, clock).abort(ME, KEY, upload);

        assertThatCode(() -> begin(ME)).doesNotThrowAnyException();
    }

    @Test
    void completedUploads_noLongerCount_norDoPartials() {
        ResumableId first = beginPartial();
        ResumableId second = beginPartial();
        assertThatThrownBy(this::beginPartial).isInstanceOf(TooManyOpen.class);
        send(first, 0, "ab");
        send(second, 0, "cd");

        concatenation.concatenate(ME, KEY, ObjectAttributes.DEFAULT, List.of(first, second), "", Preconditions.NONE);

        beginResumable();
        assertThatCode(this::beginPartial).doesNotThrowAnyException();
    }

    private UploadId begin(Principal principal) {
        return createUpload.create(principal, KEY, ObjectAttributes.DEFAULT).id();
    }

    private ResumableId beginResumable() {
        return createResumable
                .create(ME, KEY, ObjectAttributes.DEFAULT, OptionalLong.of(2), "", Preconditions.NONE)
                .resumption()
                .id();
    }

    private ResumableId beginPartial() {
        return createResumable
                .createPartial(ME, OptionalLong.of(2), "")
                .resumption()
                .id();
    }
}
