package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Multipart uploads within and beyond a quota. */
final class QuotaUploadsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/large");
    private static final ObjectKey OTHER = new ObjectKey("raw/p1/other");

    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final InMemorySessions sessions = new InMemorySessions();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), OptionalLong.of(100), Map.of());
    private final QuotaStorage storage = new QuotaStorage(memory, usage, sessions, quotas, clock);

    @AfterEach
    void everything_isCountedExactly() {
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
    }

    @Test
    void part_thatMakesItsUploadTooLarge_isRejected() {
        storage.objects().put(OTHER, Bodies.pattern(20, 1), PutOptions.DEFAULT);
        UploadId upload = begin();
        part(upload, 1, Bodies.pattern(50, 1));

        assertThatThrownBy(() -> part(upload, 2, Bodies.pattern(31, 1))).isInstanceOf(QuotaExceeded.class);
        assertThatThrownBy(() -> part(upload, 2, Bodies.ofUnknownLength(31, 1))).isInstanceOf(QuotaExceeded.class);
        part(upload, 2, Bodies.ofUnknownLength(30, 1));
        assertThat(storage.uploads()
                        .complete(KEY, upload, tags(upload), WriteCondition.NONE)
                        .size())
                .isEqualTo(80);
    }

    @Test
    void copiedPart_thatMakesItsUploadTooLarge_isRejected() {
        ObjectInfo source = storage.objects()
                .put(OTHER, Bodies.pattern(30, 1), PutOptions.DEFAULT)
                .info();
        UploadId upload = begin();
        part(upload, 1, Bodies.pattern(50, 1));

        assertThatThrownBy(() -> storage.uploads()
                        .copyPart(KEY, upload, new PartNumber(2), new ObjectRange(source, ByteSpan.whole(30))))
                .isInstanceOf(QuotaExceeded.class);
        assertThat(storage.uploads()
                        .copyPart(KEY, upload, new PartNumber(2), new ObjectRange(source, new ByteSpan(10, 20))))
                .isPresent();
    }

    @Test
    void part_sentAgain_replacesThePreviousOneInTheCount() {
        UploadId upload = begin();
        part(upload, 1, Bodies.pattern(50, 1));
        part(upload, 2, Bodies.pattern(50, 1));

        part(upload, 1, Bodies.pattern(50, 2));
        part(upload, 2, Bodies.ofUnknownLength(50, 2));
        assertThatThrownBy(() -> part(upload, 1, Bodies.pattern(51, 1))).isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void part_ofAnUploadReplacingAFile_mayUseItsSize() {
        storage.objects().put(KEY, Bodies.pattern(70, 1), PutOptions.DEFAULT);
        UploadId upload = begin();

        part(upload, 1, Bodies.pattern(100, 1));
        assertThat(storage.uploads()
                        .complete(KEY, upload, tags(upload), WriteCondition.NONE)
                        .size())
                .isEqualTo(100);
    }

    @Test
    void completion_whenTheQuotaIsUsedUpMeanwhile_isRejected_andTheUploadStaysOpen() {
        UploadId upload = begin();
        part(upload, 1, Bodies.pattern(60, 1));
        storage.objects().put(OTHER, Bodies.pattern(41, 1), PutOptions.DEFAULT);

        assertThatThrownBy(() -> storage.uploads().complete(KEY, upload, tags(upload), WriteCondition.NONE))
                .isInstanceOf(QuotaExceeded.class);
        assertThat(memory.objects().stat(KEY)).isEmpty();

        storage.objects().delete(List.of(OTHER));
        storage.uploads().complete(KEY, upload, tags(upload), WriteCondition.NONE);
    }

    @Test
    void completion_countsOnlyChosenParts() {
        UploadId upload = begin();
        part(upload, 1, Bodies.pattern(60, 1));
        part(upload, 2, Bodies.pattern(40, 1));
        storage.objects().put(OTHER, Bodies.pattern(40, 1), PutOptions.DEFAULT);

        assertThat(storage.uploads()
                        .complete(KEY, upload, tags(upload).subList(0, 1), WriteCondition.NONE)
                        .size())
                .isEqualTo(60);
    }

    private UploadId begin() {
        UploadId id = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);
        sessions.add(
                UploadSession.begun(
                        new UploadInfo(KEY, id, clock.instant()),
                        UploadOrigin.client(Optional.empty(), Map.of()),
                        ObjectAttributes.DEFAULT),
                sessions.intents().intend(KEY, clock.instant()));
        return id;
    }

    private void part(UploadId upload, int number, Content content) {
        PartInfo part = storage.uploads().putPart(KEY, upload, new PartNumber(number), content, List.of());
        sessions.putPart(
                sessions.beginPart(KEY, upload, Optional.empty(), part.number())
                        .orElseThrow()
                        .token(),
                part,
                clock.instant());
    }

    private List<PartTag> tags(UploadId upload) {
        List<PartTag> tags = new ArrayList<>();
        memory.uploads()
                .listParts(KEY, upload, 1000, Optional.empty())
                .items()
                .forEach(part -> tags.add(new PartTag(part.number(), part.etag())));
        return tags;
    }
}
