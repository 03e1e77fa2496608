package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.concurrent.SharedRecord.CommitLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of every repository for a commit of which the outcome is unknown: the call says so, and the caller learns the outcome by
 * looking, or repeats the call. Skipped where no commit can be lost.
 */
public abstract class LostCommitContract extends SharedRecordContract {

    private static final Etag TAG = new Etag("d41d8cd98f00b204e9800998ecf8427e");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void addedUpload_canBeAddedAgain(boolean made) {
        UploadSession session = session("u1", Optional.empty());
        UploadIntent intent = mine.sessions().intents().intend(session.key(), NOW);

        assertUnknown(made, () -> mine.sessions().add(session, intent));

        assertThat(other.sessions().find(session.key(), session.id()).isPresent())
                .isEqualTo(made);
        assertThat(other.sessions().intents().of(session.key())).hasSize(made ? 0 : 1);
        mine.sessions().add(session, intent);
        assertThat(other.sessions().find(session.key(), session.id())).contains(session);
        assertThat(other.sessions().intents().of(session.key())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changeOfAnUpload_isResolved_orCanBeLookedUp(boolean made) {
        UploadSession session = add("u1", Optional.empty());
        UploadSession completing = session.completing(List.of(), 0, NOW);

        lose(made);
        boolean changed;
        try {
            changed = mine.sessions().change(session, completing);
        } catch (StorageUnavailable e) {
            assertThat(e.isOutcomeUnknown()).isTrue();
            changed = false;
        }

        UploadSession now = other.sessions().find(session.key(), session.id()).orElseThrow();
        assertThat(now).isEqualTo(made ? completing : session);
        assertThat(changed).as("resolved by the call itself").isEqualTo(made);
        assertThat(mine.sessions().change(session, completing)).isEqualTo(!made);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordedPart_canBeRecordedAgain(boolean made) {
        UploadSession session = add("u1", Optional.empty());
        PartFencingToken token = mine.sessions()
                .beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(1))
                .orElseThrow()
                .token();
        PartInfo part = new PartInfo(new PartNumber(1), 10, TAG, NOW);

        assertUnknown(made, () -> mine.sessions().putPart(token, part, NOW));

        assertThat(other.sessions().resumable().parts(session.id())).hasSize(made ? 1 : 0);
        assertThat(mine.sessions().putPart(token, part, NOW)).isEqualTo(UploadSessions.PartOutcome.RECORDED);
        assertThat(other.sessions().resumable().parts(session.id())).containsExactly(part);
        assertThat(other.sessions().unconfirmedParts(session.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void begunPart_canBeBegunAgain(boolean made) {
        UploadSession session = add("u1", Optional.empty());

        assertUnknown(
                made,
                () -> mine.sessions().beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(1)));

        PartFencingToken token = mine.sessions()
                .beginPart(session.key(), session.id(), Optional.empty(), new PartNumber(1))
                .orElseThrow()
                .token();
        assertThat(other.sessions().newest(Set.of(token))).containsExactly(token);
        assertThat(mine.sessions().putPart(token, new PartInfo(new PartNumber(1), 10, TAG, NOW), NOW))
                .isEqualTo(UploadSessions.PartOutcome.RECORDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keptBytes_areCounted_byTheOffset(boolean made) {
        UploadSession session = add("u1", Optional.of(resumption()));
        ResumableSessions uploads = mine.sessions().resumable();
        FencingToken token = uploads.begin(session.id()).orElseThrow();

        assertUnknown(made, () -> uploads.keep(token, 0, List.of(new byte[5]), NOW));

        FencingToken next = uploads.begin(session.id()).orElseThrow();
        assertThat(uploads.offset(session.id())).isEqualTo(new UploadOffset(0, made ? 5 : 0));
        assertThat(uploads.keep(next, made ? 5 : 0, List.of(new byte[3]), NOW)).isTrue();
        assertThat(uploads.offset(session.id())).isEqualTo(new UploadOffset(0, made ? 8 : 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void committedParts_canBeCommittedAgain(boolean made) {
        UploadSession session = add("u1", Optional.of(resumption()));
        ResumableSessions uploads = mine.sessions().resumable();
        FencingToken token = uploads.begin(session.id()).orElseThrow();
        uploads.stage(token, 0, List.of(new byte[100]), NOW);
        uploads.stage(token, 100, List.of(new byte[20]), NOW);
        List<PartInfo> parts = List.of(new PartInfo(new PartNumber(1), 100, TAG, NOW));

        assertUnknown(made, () -> uploads.commit(token, parts, NOW));

        assertThat(uploads.offset(session.id())).isEqualTo(made ? new UploadOffset(100, 20) : new UploadOffset(0, 0));
        assertThat(uploads.commit(token, parts, NOW)).isTrue();
        assertThat(uploads.offset(session.id())).isEqualTo(new UploadOffset(100, 20));
        assertThat(uploads.parts(session.id())).isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void submission_withAnIdempotencyKey_canBeRepeated(boolean made) {
        Optional<Idempotency> key = Optional.of(Idempotency.of(Optional.empty(), "k", "f"));

        assertUnknown(made, () -> mine.jobs().submit(job(), key, items(1, 2)));

        assertThat(list()).hasSize(made ? 1 : 0);
        JobId id = mine.jobs().submit(job(), key, items(1, 2)).job().id();
        assertThat(list()).containsExactly(id);
        assertThat(records(id)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void results_canBeRecordedAgain(boolean made) {
        JobId id =
                mine.jobs().submit(job(), Optional.empty(), items(1, 3)).job().id();
        Claim claim = mine.jobs().claim(id, 3, NOW).orElseThrow();
        List<ItemResult> results = List.of(result(1, ItemState.SUCCEEDED), result(2, ItemState.FAILED));

        assertUnknown(made, () -> mine.jobs().record(claim, results, NOW));

        mine.jobs().record(claim, results, NOW);
        mine.jobs().record(claim, List.of(result(3, ItemState.SUCCEEDED)), NOW);
        assertThat(other.jobs().find(id).orElseThrow().progress())
                .extracting("total", "succeeded", "failed", "bytes")
                .containsExactly(3L, 2L, 1L, 20L);
        assertThat(other.jobs().find(id).orElseThrow().job().state()).isEqualTo(JobState.PARTIALLY_FAILED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lastResult_canBeRecordedAgain(boolean made) {
        JobId id =
                mine.jobs().submit(job(), Optional.empty(), items(1, 1)).job().id();
        Claim claim = mine.jobs().claim(id, 1, NOW).orElseThrow();
        List<ItemResult> results = List.of(result(1, ItemState.SUCCEEDED));

        assertUnknown(made, () -> mine.jobs().record(claim, results, NOW));

        mine.jobs().record(claim, results, NOW);
        mine.jobs().giveBack(claim, false, NOW);
        assertThat(other.jobs().find(id).orElseThrow().job().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void claim_isReleasedByRecovery(boolean made) {
        JobId id =
                mine.jobs().submit(job(), Optional.empty(), items(1, 3)).job().id();

        assertUnknown(made, () -> mine.jobs().claim(id, 3, NOW));

        assertThat(mine.jobs().recover(Set.of(), NOW)).isEqualTo(made ? 1 : 0);
        assertThat(other.jobs().claim(id, 3, NOW).orElseThrow().items()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void enumeration_continuesFromItsCheckpoint(boolean made) {
        JobSpec spec = new JobSpec("delete", new JobSource.Prefix(KeyPrefix.ALL), JobTarget.NONE, JobOptions.DEFAULT);
        BatchJob job = BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW);
        mine.jobs().submit(job, Optional.empty(), List.of());
        Claim source = mine.jobs().claimSource(job.id(), NOW).orElseThrow();
        mine.jobs().enumerated(source, BatchJobs.FoundItems.of(items(1, 2), "2"), NOW);

        assertUnknown(made, () -> mine.jobs().enumerated(source, BatchJobs.FoundItems.of(items(3, 4), "4"), NOW));

        mine.jobs().giveBack(source, false, NOW);
        Claim again = mine.jobs().claimSource(job.id(), NOW).orElseThrow();
        int read = Integer.parseInt(again.checkpoint().orElseThrow());
        assertThat(read).isEqualTo(made ? 4 : 2);
        mine.jobs().enumerated(again, BatchJobs.FoundItems.of(items(read + 1, 6), "6"), NOW);
        assertThat(records(job.id()))
                .extracting(ItemRecord::key)
                .containsExactlyElementsOf(
                        items(1, 6).stream().map(NewItem::key).toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settledIntent_canBeSettledAgain(boolean made) {
        Quota quota = new Quota("p", OptionalLong.of(100));
        ProjectUsage.Intent intent = mine.usage().reserve(key("a"), quota, 60);
        List<ProjectUsage.Result> results = List.of(new ProjectUsage.Result(intent, OptionalLong.of(50)));

        assertUnknown(made, () -> mine.usage().settle(results));

        List<ProjectUsage.Intent> open = mine.usage().settle(results);
        while (!open.isEmpty()) {
            open = mine.usage().settle(List.of(new ProjectUsage.Result(open.get(0), OptionalLong.of(50))));
        }
        assertThat(other.usage().totals("p")).isEqualTo(new ProjectUsage.Totals("p", 50, 1, 0));
        assertThat(other.usage().abandoned(10, 0, NOW.plusSeconds(100_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reservation_isFreedAfterTheProcess(boolean made) {
        Quota quota = new Quota("p", OptionalLong.of(100));

        assertUnknown(made, () -> mine.usage().reserve(key("a"), quota, 60));

        assertThat(other.usage().totals("p").used()).isEqualTo(made ? 60 : 0);
        List<ProjectUsage.Intent> left = other.usage().abandoned(10, 0, NOW.plusSeconds(100_000));
        assertThat(left).hasSize(made ? 1 : 0);
        assertThat(other.usage()
                        .settle(left.stream()
                                .map(intent -> new ProjectUsage.Result(intent, OptionalLong.empty()))
                                .toList()))
                .isEmpty();
        assertThat(other.usage().totals("p").used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void addedKey_canBeLookedUp(boolean made) {
        StoredKey key = apiKey();
        long before = mine.keys().version();

        assertUnknown(made, () -> mine.keys().add(key));

        assertThat(other.keys().find("aaaaaaaaaaaa")).isEqualTo(made ? Optional.of(key) : Optional.empty());
        assertThat(other.keys().version() > before).isEqualTo(made);
        if (!made) {
            mine.keys().add(key);
        }
        assertThat(other.keys().all()).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revocation_canBeRepeated(boolean made) {
        StoredKey key = apiKey();
        mine.keys().add(key);

        assertUnknown(made, () -> mine.keys().replace(key.revoked(NOW)));

        mine.keys().replace(key.revoked(NOW.plusSeconds(1)));
        assertThat(other.keys().find("aaaaaaaaaaaa").orElseThrow().key().revokedAt())
                .contains(NOW.plusSeconds(made ? 0 : 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void removal_canBeRepeated(boolean made) {
        UploadSession session = add("u1", Optional.of(resumption()));
        FencingToken token = mine.sessions().resumable().begin(session.id()).orElseThrow();
        mine.sessions().resumable().keep(token, 0, List.of(new byte[5]), NOW);

        assertUnknown(made, () -> mine.sessions().remove(session.id()));

        mine.sessions().remove(session.id());
        assertThat(other.sessions().find(session.key(), session.id())).isEmpty();
        assertThat(other.sessions().resumable().offset(session.id())).isEqualTo(new UploadOffset(0, 0));
    }

    private void assertUnknown(boolean made, Runnable write) {
        lose(made);
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        StorageUnavailable.class,
                        e -> assertThat(e.isOutcomeUnknown()).isTrue());
    }

    private void lose(boolean made) {
        Optional<CommitLoss> loss = record.commitLoss();
        assumeTrue(loss.isPresent(), "this database can't lose the response to a commit");
        loss.get().loseNextCommit(made);
    }

    private UploadSession add(String id, Optional<Resumption> resumption) {
        UploadSession session = session(id, resumption);
        mine.sessions().add(session, mine.sessions().intents().intend(session.key(), NOW));
        return session;
    }

    private static UploadSession session(String id, Optional<Resumption> resumption) {
        UploadOrigin origin = resumption
                .map(way -> UploadOrigin.resumable(Optional.empty(), Map.of(), OptionalLong.empty(), way))
                .orElseGet(() -> UploadOrigin.client(Optional.empty(), Map.of()));
        return UploadSession.begun(new UploadInfo(key(id), new UploadId(id), NOW), origin, ObjectAttributes.DEFAULT);
    }

    private static Resumption resumption() {
        return new Resumption(ResumableId.random(), 100, "", false, Preconditions.NONE);
    }

    private List<JobId> list() {
        return other.jobs().list(JobFilter.ALL, 10, Optional.empty()).items().stream()
                .map(status -> status.job().id())
                .toList();
    }

    private List<ItemRecord> records(JobId id) {
        return other.jobs().items(id, Optional.empty(), 100, 0).items();
    }

    private static StoredKey apiKey() {
        ApiKey key = new ApiKey(
                "aaaaaaaaaaaa", "k", Rights.ALL, NOW, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return StoredKey.of(key, SecretDigest.of("00", new Secret("one")));
    }

    private static BatchJob job() {
        JobSource keys = new JobSource.Keys(List.of(key("1")), 1);
        JobSpec spec = new JobSpec("delete", keys, JobTarget.NONE, JobOptions.DEFAULT);
        return BatchJob.queued(JobId.random(), Optional.empty(), spec, NOW);
    }

    private static List<NewItem> items(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> NewItem.of(key(String.valueOf(number))))
                .toList();
    }

    private static ItemResult result(long number, ItemState state) {
        return new ItemResult(number, 1, state, 10, Optional.empty(), Optional.empty(), NOW);
    }
}
