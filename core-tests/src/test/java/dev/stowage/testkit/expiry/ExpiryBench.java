package dev.stowage.testkit.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.EventStorage;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.expiry.Lifecycle;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The expiry of files in a store whose changes are events. */
final class ExpiryBench {

    static final Principal OWNER = Principal.of("key:owner", "owner", Rights.ALL);

    final TestClock clock = new TestClock();
    final InMemoryExpiry records = new InMemoryExpiry();
    final Map<String, Principal> principals = new HashMap<>(Map.of("key:owner", OWNER));
    final List<AuditEvent> audit = Collections.synchronizedList(new ArrayList<>());
    final ObjectStore store;
    final AccessPolicy access;
    final Lifecycle lifecycle;

    private final InMemoryEvents log = new InMemoryEvents(records);
    private final EventPublisher events = new EventPublisher(log, Optional.empty(), records);

    ExpiryBench() {
        this(EnumSet.allOf(Capability.class));
    }

    ExpiryBench(Set<Capability> capabilities) {
        InMemoryStorage memory = new InMemoryStorage(InMemoryStorage.TINY_PARTS, capabilities, clock);
        access = new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), audit::add);
        store = new EventStorage(memory, log, access.origins(), clock).objects();
        lifecycle = new Lifecycle(records, store, access, Runnable::run, clock);
    }

    /** A process that expires files. */
    FileExpiry process() {
        return process(store, records);
    }

    FileExpiry process(ObjectStore over, ExpiryRecords its) {
        return process(over, its, 1);
    }

    FileExpiry process(ObjectStore over, ExpiryRecords its, int concurrency) {
        return new FileExpiry(over, its, id -> Optional.ofNullable(principals.get(id)), access, concurrency, clock);
    }

    /** Expires files once. Returns a result for each batch. */
    static List<FileExpiry.Expired> expire(FileExpiry process) {
        List<FileExpiry.Expired> batches = new ArrayList<>();
        boolean unused = process.expireDue(batches::add);
        return batches;
    }

    /** Publishes what has happened, and expires files until nothing is due. */
    void run() {
        publish();
        FileExpiry expiry = process();
        while (expiry.scanPage() || expiry.expireDue(batch -> {})) {
            // There may be more.
        }
        publish();
    }

    void publish() {
        boolean more = true;
        while (more) {
            more = events.publish();
        }
    }

    void advance(Duration step) {
        clock.advance(step);
    }

    void put(String key, String text) {
        put(key, text, Metadata.NONE);
    }

    void put(String key, String text, Metadata metadata) {
        put(store, key, text, metadata);
    }

    static void put(ObjectStore store, String key, String text, Metadata metadata) {
        store.put(
                new ObjectKey(key),
                Content.of(text.getBytes(StandardCharsets.UTF_8)),
                new PutOptions(
                        new ObjectAttributes(new ContentType("text/plain"), metadata), WriteCondition.NONE, List.of()));
    }

    boolean exists(String key) {
        return store.stat(new ObjectKey(key)).isPresent();
    }

    void setRules(LifecycleRule... rules) {
        lifecycle.replace(OWNER, List.of(rules), current -> true);
    }

    static LifecycleRule rule(String prefix, Duration after) {
        return rule("r", prefix, after, Optional.empty());
    }

    static LifecycleRule rule(String id, String prefix, Duration after, Optional<SourceFilter> filter) {
        return new LifecycleRule(id, new KeyPrefix(prefix), filter, after, Optional.empty());
    }

    /** The events so far. */
    List<Event> events() {
        return log.after(0, 1000).stream().map(LoggedEvent::event).toList();
    }
}
