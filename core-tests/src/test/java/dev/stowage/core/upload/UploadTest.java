package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import dev.stowage.testkit.TrackedContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage =
            new InMemoryStorage(new PartLimits(10, 1000), EnumSet.allOf(Capability.class), clock);
    private final InMemorySessions sessions = new InMemorySessions();
    private final CreateUpload create =
            new CreateUpload(storage.uploads(), sessions, LAYOUT, POLICY, Integer.MAX_VALUE, clock);
    private final PutPart putPart = new PutPart(storage, sessions, POLICY, new ProcessSignals(), clock);
    private final CompleteUpload complete =
            new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, clock);

    @Test
    void create_underValidKey_createsAnUpload() {
        UploadSession upload = create.create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT);

        assertThat(upload.upload().initiated()).isEqualTo(clock.instant());
        assertThat(new ListUploads(sessions, POLICY)
                        .list(Principal.ANYONE, KeyPrefix.ALL, 1, Optional.empty())
                        .items())
                .containsExactly(new UploadProgress(upload, 0, 0));
        assertThatThrownBy(() -> create.create(Principal.ANYONE, new ObjectKey("elsewhere"), ObjectAttributes.DEFAULT))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void put_ofPartAnnouncedOverTheMaximum_doesNotOpenTheContent() {
        UploadId upload = begin();
        TrackedContent content = new TrackedContent(Bodies.pattern(1001, 1), false);

        assertThatThrownBy(() -> putPart.put(Principal.ANYONE, KEY, upload, new PartNumber(1), content, List.of()))
                .isInstanceOf(InvalidInput.class);
        assertThat(content.opened()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_ofARange_isRecordedAsAPart_whetherOrNotTheStoreCopiesIt(boolean byItself) throws IOException {
        ObjectKey from = new ObjectKey("raw/p1/source");
        ObjectInfo source = storage.objects()
                .put(from, Bodies.pattern(100, 7), PutOptions.DEFAULT)
                .info();
        PutPart copies =
                new PutPart(byItself ? storage : withoutCopies(), sessions, POLICY, new ProcessSignals(), clock);
        UploadId upload = begin();

        PartInfo part = copies.copy(
                Principal.ANYONE, KEY, upload, new PartNumber(1), new ObjectRange(source, new ByteSpan(20, 50)));

        assertThat(part.size()).isEqualTo(50);
        assertThat(sessions.progress(sessions.find(KEY, upload).orElseThrow()).bytes())
                .isEqualTo(50);
        complete.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE);
        boolean checked = storage.objects().read(KEY, ReadOptions.ALL, (info, span, body) -> {
            Bodies.verifyNext(body, 20, 50, 7);
            return body.read() < 0;
        });
        assertThat(checked).isTrue();
    }

    @Test
    void copy_ofAnotherVersion_orWithoutTheRightToRead_storesNothing() {
        ObjectKey from = new ObjectKey("raw/p2/source");
        ObjectInfo old = storage.objects()
                .put(from, Bodies.pattern(100, 7), PutOptions.DEFAULT)
                .info();
        storage.objects().put(from, Bodies.pattern(100, 8), PutOptions.DEFAULT);
        UploadId upload = begin();
        ObjectRange source = new ObjectRange(old, ByteSpan.whole(100));

        assertThatThrownBy(() -> putPart.copy(Principal.ANYONE, KEY, upload, new PartNumber(1), source))
                .isInstanceOf(PreconditionFailed.class);
        Principal writer = Principal.bearer(Action.WRITE, KEY);
        assertThatThrownBy(() -> putPart.copy(writer, KEY, upload, new PartNumber(1), source))
                .isInstanceOf(AccessDenied.class);
        assertThat(sessions.progress(sessions.find(KEY, upload).orElseThrow()).parts())
                .isZero();
    }

    private ForwardingStorage withoutCopies() {
        return new ForwardingStorage(storage) {
            @Override
            public MultipartStore uploads() {
                return new ForwardingMultipartStore(super.uploads()) {
                    @Override
                    public Optional<PartInfo> copyPart(
                            ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
                        return Optional.empty();
                    }
                };
            }
        };
    }

    @Test
    void complete_withoutParts_usesAllUploadedParts() {
        UploadId upload = begin();
        put(upload, 3, 5);
        put(upload, 1, 10);
        put(upload, 2, 20);

        assertThat(complete.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE)
                        .size())
                .isEqualTo(35);
    }

    @Test
    void complete_withoutParts_readsSeveralPages() {
        UploadId upload = begin();
        for (int number = 1; number <= 1001; number++) {
            put(upload, number, 10);
        }

        assertThat(complete.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE)
                        .size())
                .isEqualTo(10_010);
    }

    @Test
    void complete_repeatedWithItsParts_returnsTheSameResult() {
        UploadId upload = begin();
        Optional<List<PartTag>> parts = Optional.of(List.of(put(upload, 1, 10), put(upload, 2, 5)));
        ObjectInfo first = complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE);

        assertThat(complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE))
                .isEqualTo(first);
    }

    @Test
    void complete_repeatedAfterTheFileChanged_returnsTheSameResult() {
        UploadId upload = begin();
        Optional<List<PartTag>> parts = Optional.of(List.of(put(upload, 1, 10)));
        ObjectInfo first = complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE);
        storage.objects().put(KEY, Bodies.pattern(1, 1), PutOptions.DEFAULT);

        assertThat(complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE))
                .isEqualTo(first);
        assertThat(complete.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE))
                .isEqualTo(first);
    }

    @Test
    void complete_ofBadPartLists_leavesTheUploadOpen() {
        UploadId upload = begin();
        assertRefused(ErrorCode.INVALID_REQUEST, upload, Optional.empty());
        PartTag one = put(upload, 1, 10);
        PartTag two = put(upload, 2, 10);

        assertRefused(ErrorCode.INVALID_REQUEST, upload, Optional.of(List.of()));
        assertRefused(ErrorCode.INVALID_PART_ORDER, upload, Optional.of(List.of(two, one)));
        assertRefused(ErrorCode.INVALID_PART_ORDER, upload, Optional.of(List.of(one, one)));
        assertRefused(ErrorCode.TOO_MANY_PARTS, upload, Optional.of(Collections.nCopies(10_001, one)));
        assertThat(complete.complete(Principal.ANYONE, KEY, upload, Optional.of(List.of(one, two)), Preconditions.NONE)
                        .size())
                .isEqualTo(20);
    }

    @Test
    void abort_repeated_isNotFound() {
        UploadId upload = begin();
        AbortUpload abort = new AbortUpload(storage.uploads(), sessions, POLICY, clock);
        abort.abort(Principal.ANYONE, KEY, upload);

        assertThatThrownBy(() -> abort.abort(Principal.ANYONE, KEY, upload)).isInstanceOf(NotFound.class);
    }

    @Test
    void lists_havePagesOf1To1000() {
        UploadId upload = begin();
        ListParts parts = new ListParts(storage.uploads(), sessions, POLICY);
        ListUploads uploads = new ListUploads(sessions, POLICY);

        for (int size : List.of(0, -1, 1001)) {
            assertThatThrownBy(() -> parts.list(Principal.ANYONE, KEY, upload, size, Optional.empty()))
                    .isInstanceOf(InvalidInput.class);
            assertThatThrownBy(() -> uploads.list(Principal.ANYONE, KeyPrefix.ALL, size, Optional.empty()))
                    .isInstanceOf(InvalidInput.class);
        }
        put(upload, 1, 10);
        List<PartInfo> shown = new ArrayList<>(parts.list(Principal.ANYONE, KEY, upload, 1000, Optional.empty())
                .items());
        assertThat(shown).hasSize(1);
    }

    private UploadId begin() {
        return create.create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT).id();
    }

    private PartTag put(UploadId upload, int number, long size) {
        PartInfo part = putPart.put(
                Principal.ANYONE, KEY, upload, new PartNumber(number), Bodies.pattern(size, number), List.of());
        return new PartTag(part.number(), part.etag());
    }

    private void assertRefused(ErrorCode code, UploadId upload, Optional<List<PartTag>> parts) {
        assertThatThrownBy(() -> complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(code));
    }
}
