package dev.stowage.testkit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Origin;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.EventStorage;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.ChangeIntents;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Changes of a store without a journal are events, also after crashes and lost responses. */
final class EventStorageTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final ObjectKey OTHER = new ObjectKey("raw/p/b");
    private static final Origin ORIGIN = new Origin(Optional.of("key:1"), Optional.of("r1"));

    private final TestClock clock = new TestClock();
    private final InMemoryStorage memory = new InMemoryStorage();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("mine"));
    private final InMemoryEvents log = new InMemoryEvents();
    private final EventStorage storage = process("mine", memory);

    private EventStorage process(String name, Storage store) {
        return new EventStorage(store, intents(name), () -> ORIGIN, clock);
    }

    private ChangeIntents intents(String name) {
        ProcessId id = new ProcessId(name);
        InMemoryLeases its = leases.as(id);
        its.beat(clock.instant(), clock.instant().plusSeconds(20));
        return log.as(id, its);
    }

    /** A process that crashes at every change, and records nothing after that. */
    private EventStorage dying(Fault fault) {
        return new EventStorage(new Faulty(memory, fault), new SilentAfterwards(intents("dying")), () -> ORIGIN, clock);
    }

    @Test
    void everyChange_isAnEvent_withTheFileAndItsOrigin() {
        ObjectInfo first = put(storage, KEY, 10).info();
        PutResult second = storage.objects()
                .put(
                        KEY,
                        Bodies.pattern(20, 2),
                        PutOptions.DEFAULT.withCondition(new WriteCondition.IfMatch(first.etag())));
        storage.objects().copy(KEY, OTHER, CopyOptions.DEFAULT);
        storage.objects()
                .copy(
                        OTHER,
                        OTHER,
                        new CopyOptions(
                                WriteCondition.NONE,
                                Optional.empty(),
                                new AttributeChanges(
                                        Optional.of(new ContentType("text/plain")), Optional.empty(), Map.of())));
        storage.objects().delete(List.of(KEY, new ObjectKey("raw/p/none")));

        assertThat(events())
                .extracting(EventStorageTest::text)
                .containsExactly(
                        "file.created raw/p/a 10",
                        "file.updated raw/p/a 20",
                        "file.created raw/p/b 20",
                        "file.updated raw/p/b 20",
                        "file.deleted raw/p/a -");
        assertThat(events()).extracting(Event::origin).containsOnly(ORIGIN);
        assertThat(events().get(1).etag()).contains(second.info().etag());
        assertThat(events().get(3).contentType()).contains(new ContentType("text/plain"));
    }

    @Test
    void completedUpload_isAnEventOfItsFile() {
        UploadId upload = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);

        PartInfo part = storage.uploads().putPart(KEY, upload, new PartNumber(1), Bodies.pattern(9, 1), List.of());
        assertThat(events()).isEmpty();
        storage.uploads().complete(KEY, upload, List.of(new PartTag(part.number(), part.etag())), WriteCondition.NONE);

        assertThat(events()).extracting(EventStorageTest::text).containsExactly("file.created raw/p/a 9");
    }

    @Test
    void refusedChange_isNoEvent_andLeavesNoIntent() {
        put(storage, KEY, 10);
        PutOptions absent = PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT);

        assertThatThrownBy(() -> storage.objects().put(KEY, Bodies.pattern(1, 1), absent))
                .isInstanceOf(PreconditionFailed.class);

        assertThat(events()).hasSize(1);
        assertThat(open()).isZero();
    }

    @Test
    void internalObjects_areNoEvents() {
        put(storage, HiddenKeys.partial("x"), 10);
        storage.objects().remove(List.of(HiddenKeys.partial("x")));

        assertThat(events()).isEmpty();
    }

    @Test
    void crashAfterTheChange_isTold_onceTheProcessIsDead() {
        EventStorage dying = dying(Fault.CRASH_AFTER);
        put(storage, OTHER, 1);
        assertThatThrownBy(() -> put(dying, KEY, 7)).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> dying.objects().delete(List.of(OTHER))).isInstanceOf(Crash.class);

        storage.settle();
        assertThat(events()).hasSize(1);
        die();
        storage.settle();

        assertThat(events())
                .extracting(EventStorageTest::text)
                .containsExactly("file.created raw/p/b 1", "file.created raw/p/a 7", "file.deleted raw/p/b -");
        assertThat(open()).isZero();
    }

    @Test
    void crashAfterTheChange_isToldWithTheExpiry_alsoIfTheBytesAreThoseOfTheLastEvent() {
        PutOptions expiring = PutOptions.of(ObjectAttributes.DEFAULT.expiring(Optional.of(OwnExpiry.inSeconds(60))));
        EventStorage dying = dying(Fault.CRASH_AFTER);
        assertThatThrownBy(() -> dying.objects().put(KEY, Bodies.pattern(7, 7), expiring))
                .isInstanceOf(Crash.class);
        put(storage, KEY, 7);
        // The request of the dead process arrives late.
        ObjectInfo late =
                memory.objects().put(KEY, Bodies.pattern(7, 7), expiring).info();

        die();
        storage.settle();

        assertThat(events()).extracting(Event::expiresAt).containsExactly(Optional.empty(), late.expiresAt());
        assertThat(open()).isZero();
    }

    @Test
    void crashBeforeTheChange_isNoEvent() {
        put(storage, OTHER, 1);
        clock.advance(Duration.ofHours(1));
        EventStorage dying = dying(Fault.CRASH_BEFORE);
        assertThatThrownBy(() -> put(dying, KEY, 7)).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> put(dying, OTHER, 7)).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> dying.objects().delete(List.of(OTHER))).isInstanceOf(Crash.class);

        die();
        storage.settle();

        assertThat(events()).hasSize(1);
        assertThat(open()).isZero();
    }

    @Test
    void lostResponse_isToldLater_byTheObject() {
        EventStorage cut = process("cut", new Faulty(memory, Fault.LOSE_RESPONSE));
        assertThatThrownBy(() -> put(cut, KEY, 7)).isInstanceOf(StorageUnavailable.class);
        assertThat(events()).isEmpty();

        clock.advance(Duration.ofMinutes(6));
        storage.settle();

        assertThat(events()).extracting(EventStorageTest::text).containsExactly("file.created raw/p/a 7");
    }

    @Test
    void concurrentChanges_endWithAnEventOfTheFinalState() throws Exception {
        EventStorage other = process("other", memory);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            EventStorage mine = i % 2 == 0 ? storage : other;
            writers.add(() -> {
                for (int round = 0; round < 200; round++) {
                    ObjectKey key = random.nextBoolean() ? KEY : OTHER;
                    if (random.nextInt(4) == 0) {
                        mine.objects().delete(List.of(key));
                    } else {
                        put(mine, key, 1 + random.nextInt(1000));
                    }
                }
                return true;
            });
        }
        for (Future<Boolean> writer : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
            assertThat(writer.get()).isTrue();
        }
        threads.shutdownNow();

        assertThat(open()).isZero();
        for (ObjectKey key : List.of(KEY, OTHER)) {
            Event last = events().stream()
                    .filter(event -> event.key().equals(Optional.of(key)))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertThat(last.etag()).isEqualTo(memory.objects().stat(key).map(ObjectInfo::etag));
            assertThat(last.type() == EventType.FILE_DELETED)
                    .isEqualTo(memory.objects().stat(key).isEmpty());
        }
    }

    private void die() {
        clock.advance(Duration.ofSeconds(21));
        leases.beat(clock.instant(), clock.instant().plusSeconds(20));
    }

    private int open() {
        clock.advance(Duration.ofDays(1));
        return log.as(new ProcessId("judge"), leases.as(new ProcessId("judge")))
                .abandoned(100, 0, clock.instant())
                .size();
    }

    private List<Event> events() {
        boolean unused = new EventPublisher(log, Optional.empty(), new InMemoryExpiry()).publish();
        return log.after(0, 1000).stream().map(LoggedEvent::event).toList();
    }

    private static PutResult put(Storage storage, ObjectKey key, int size) {
        return storage.objects().put(key, Bodies.pattern(size, size), PutOptions.DEFAULT);
    }

    private static String text(Event event) {
        return event.type() + " " + event.key().orElseThrow() + " "
                + (event.size().isPresent() ? event.size().getAsLong() : "-");
    }

    private enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        LOSE_RESPONSE
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The record of a process that ends during a change. */
    private record SilentAfterwards(ChangeIntents record) implements ChangeIntents {

        @Override
        public List<ChangeIntents.Intent> begin(List<ObjectKey> keys, boolean deletion, Origin origin, Instant now) {
            return record.begin(keys, deletion, origin, now);
        }

        @Override
        public List<ChangeIntents.Intent> end(List<ChangeIntents.Intent> intents, List<Event> events) {
            return List.of();
        }

        @Override
        public boolean settle(ChangeIntents.Intent intent, Optional<Event> event) {
            return true;
        }

        @Override
        public void markUncertain(List<ChangeIntents.Intent> intents, Instant due) {}

        @Override
        public List<ChangeIntents.Intent> abandoned(int max, long after, Instant now) {
            return List.of();
        }

        @Override
        public Optional<Event> lastEvent(ChangeIntents.Intent intent) {
            return Optional.empty();
        }
    }

    /** A store at which every change fails. */
    private static final class Faulty extends ForwardingStorage {

        private final ObjectStore objects;

        Faulty(Storage storage, Fault fault) {
            super(storage);
            objects = new ForwardingObjectStore(storage.objects()) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    before(fault);
                    PutResult made = super.put(key, content, options);
                    after(fault);
                    return made;
                }

                @Override
                public List<DeleteResult> delete(List<ObjectKey> keys) {
                    before(fault);
                    List<DeleteResult> made = super.delete(keys);
                    after(fault);
                    return made;
                }
            };
        }

        private static void before(Fault fault) {
            if (fault == Fault.CRASH_BEFORE) {
                throw new Crash();
            }
        }

        private static void after(Fault fault) {
            if (fault == Fault.CRASH_AFTER) {
                throw new Crash();
            }
            throw new StorageUnavailable("the response was lost", null);
        }

        @Override
        public ObjectStore objects() {
            return objects;
        }
    }
}
