package dev.stowage.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.app.doctor.Finding.Verdict;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StoreTrialsTest {

    private final Map<String, Finding> findings = new LinkedHashMap<>();

    @Test
    void goodStore_passesEverything_andIsLeftEmpty() {
        InMemoryStorage storage = new InMemoryStorage();

        run(storage);

        assertThat(findings.values()).extracting(Finding::verdict).containsOnly(Verdict.OK);
        assertThat(findings)
                .containsKeys("put and read", "move", "conditional delete", "multipart upload", "64 uploads at once");
        assertThat(storage.objects().list(ListQuery.of(KeyPrefix.ALL)).objects())
                .isEmpty();
    }

    @Test
    void missingCapabilities_areNoFailures() {
        Storage plain = new InMemoryStorage(
                InMemoryStorage.TINY_PARTS, EnumSet.noneOf(Capability.class), InstantSource.system());

        run(new ForwardingStorage(plain) {
            @Override
            public Optional<UrlSigner> signer() {
                return Optional.empty();
            }
        });

        assertThat(named(Verdict.UNSUPPORTED))
                .containsExactly(
                        "conditional put",
                        "conditional copy",
                        "conditional complete",
                        "conditional delete",
                        "presigned upload",
                        "presigned download",
                        "presigned part");
        assertThat(named(Verdict.FAILED)).isEmpty();
        assertThat(text("conditional put"))
                .isEqualTo("uploads with If-None-Match or If-Match are answered with 501; others work");
        assertThat(text("conditional copy"))
                .isEqualTo(
                        "conditions are accepted, but checked right before the copy or move: a file that is stored at"
                                + " the target in between is replaced");
        assertThat(text("conditional delete")).startsWith("conditions are accepted, but checked right before");
    }

    @Test
    void storeThatAnswers501_isToldWithTheConsequence() {
        Function<ObjectStore, ObjectStore> refusing = objects -> new ForwardingObjectStore(objects) {
            @Override
            public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                if (options.condition().equals(WriteCondition.NONE)
                        && options.ifSourceMatch().isEmpty()) {
                    return super.copy(source, target, options);
                }
                throw new NotSupported("This store does not support the operation");
            }
        };

        run(with(refusing));

        assertThat(named(Verdict.UNSUPPORTED)).containsExactly("move", "conditional copy");
        assertThat(text("move"))
                .isEqualTo("the store answers 501 to a copy of a certain version, and so does the service to moves, and"
                        + " to copies with If-Match for the source; other copies work");
        assertThat(text("conditional copy"))
                .isEqualTo("the store answers 501, and so does the service: use no conditions there");
    }

    @Test
    void capabilityThatIsDeclaredOnly_fails() {
        Function<ObjectStore, ObjectStore> careless = objects -> new ForwardingObjectStore(objects) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                return super.put(key, content, options.withCondition(WriteCondition.NONE));
            }
        };

        run(with(careless));

        assertThat(named(Verdict.FAILED)).containsExactly("conditional put");
    }

    @Test
    void tagThatIsTheSize_fails() {
        Function<ObjectStore, ObjectStore> sized = objects -> new ForwardingObjectStore(objects) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                PutResult result = super.put(key, content, options);
                ObjectInfo info = result.info();
                Etag size = new Etag(Long.toString(info.size()));
                return new PutResult(
                        new ObjectInfo(key, info.size(), size, info.lastModified(), info.attributes()),
                        result.created());
            }
        };

        run(with(sized));

        assertThat(named(Verdict.FAILED)).contains("overwrite");
    }

    @Test
    void objectsThatStay_areTold() {
        Function<ObjectStore, ObjectStore> keeping = objects -> new ForwardingObjectStore(objects) {
            @Override
            public List<DeleteResult> remove(List<ObjectKey> keys) {
                return keys.stream()
                        .<DeleteResult>map(DeleteResult.Deleted::new)
                        .toList();
            }
        };

        run(with(keeping));

        assertThat(named(Verdict.FAILED)).containsExactly("clean-up");
        assertThat(text("clean-up")).contains("are left under .stowage/doctor/");
    }

    @Test
    void filesOfRunsThatWereKilled_areDeleted_whenTheyAreOld() {
        TestClock clock = new TestClock(Instant.parse("2025-11-30T12:00:00Z"));
        Storage storage = new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
        killedRun(storage, "old");
        clock.advance(Duration.ofMinutes(30));
        killedRun(storage, "recent");
        clock.advance(Duration.ofMinutes(31));

        new StoreTrials(storage, clock).run(finding -> findings.put(finding.subject(), finding));

        assertThat(text("files of killed runs")).startsWith("2 deleted");
        assertThat(storage.objects().list(ListQuery.of(KeyPrefix.ALL)).objects())
                .extracting(object -> object.key().value())
                .containsExactly(".stowage/doctor/recent/a");
        assertThat(storage.uploads()
                        .listUploads(KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .hasSize(1);
    }

    private static void killedRun(Storage storage, String run) {
        ObjectKey key = new ObjectKey(".stowage/doctor/" + run + "/a");
        PutResult unusedResult = storage.objects().put(key, Content.of(new byte[1]), PutOptions.DEFAULT);
        UploadId unusedUpload = storage.uploads().create(key, ObjectAttributes.DEFAULT);
    }

    @Test
    void clockThatIsOff_isTold() {
        InstantSource late = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-20));

        run(new InMemoryStorage(PartLimits.S3, EnumSet.allOf(Capability.class), late));

        assertThat(named(Verdict.WARNING)).containsExactly("clock of the store");
        assertThat(text("clock of the store")).contains("NTP");
    }

    private void run(Storage storage) {
        new StoreTrials(storage, InstantSource.system()).run(finding -> findings.put(finding.subject(), finding));
    }

    private String text(String subject) {
        return Optional.ofNullable(findings.get(subject)).orElseThrow().text();
    }

    private List<String> named(Verdict verdict) {
        return findings.values().stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::subject)
                .toList();
    }

    private static Storage with(Function<ObjectStore, ObjectStore> change) {
        return new ForwardingStorage(new InMemoryStorage()) {
            @Override
            public ObjectStore objects() {
                return change.apply(super.objects());
            }
        };
    }
}
