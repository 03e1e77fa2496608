package dev.stowage.testkit;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ChangeIntents;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The log of events and the intents to change objects in memory. Safe for concurrent use. */
public final class InMemoryEvents implements EventLog, ChangeIntents {

    private static final int MAX = EventLog.MAX_AT_ONCE;

    private final ProcessId process;
    private final Leases leases;
    private final Shared shared;

    /** Creates an empty record, as seen by a process whose intents are abandoned only once they are due. */
    public InMemoryEvents() {
        this(new ProcessId("test"), new InMemoryLeases(new ProcessId("test")), new Shared());
    }

    /** Creates an empty record that records the files that may expire. */
    public InMemoryEvents(InMemoryExpiry expiry) {
        this();
        shared.expiry = expiry;
    }

    private InMemoryEvents(ProcessId process, Leases leases, Shared shared) {
        this.process = process;
        this.leases = leases;
        this.shared = shared;
    }

    /** Returns the same record for a process with the leases {@code its}. */
    public InMemoryEvents as(ProcessId other, Leases its) {
        return new InMemoryEvents(other, its, shared);
    }

    @Override
    public List<EventLog.Waiting> waiting(int max) {
        synchronized (shared) {
            return shared.waiting.entrySet().stream()
                    .limit(max)
                    .map(entry -> new EventLog.Waiting(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    @Override
    public long position(String journal) {
        synchronized (shared) {
            return shared.journals.getOrDefault(journal, 0L);
        }
    }

    @Override
    public boolean publish(Publication publication) {
        synchronized (shared) {
            boolean current = shared.waiting.keySet().containsAll(publication.waiting())
                    && publication
                            .step()
                            .map(step -> position(step.journal()) == step.from())
                            .orElse(true)
                    && publication
                            .expiring()
                            .map(expiring -> expiring.rulesVersion()
                                    == shared.expiry.rules().version())
                            .orElse(true);
            if (current) {
                publication.expiring().ifPresent(expiring -> shared.expiry.add(expiring.files()));
                publication.step().ifPresent(step -> shared.journals.put(step.journal(), step.to()));
                publication.waiting().forEach(shared.waiting::remove);
                publication.events().forEach(this::add);
            }
            return current;
        }
    }

    private void add(Event event) {
        shared.published.put(++shared.lastEvent, event);
    }

    @Override
    public List<LoggedEvent> after(long id, int max) {
        synchronized (shared) {
            return shared.published.tailMap(id, false).entrySet().stream()
                    .limit(max)
                    .map(entry -> new LoggedEvent(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    @Override
    public EventLog.Range range() {
        synchronized (shared) {
            return new EventLog.Range(shared.pruned, shared.lastEvent);
        }
    }

    @Override
    public long taken(String sink) {
        synchronized (shared) {
            return shared.taken.getOrDefault(sink, 0L);
        }
    }

    @Override
    public void take(String sink, long id) {
        synchronized (shared) {
            shared.taken.merge(sink, id, Math::max);
        }
    }

    @Override
    public int prune(Instant before) {
        synchronized (shared) {
            int count = 0;
            while (!shared.published.isEmpty()
                    && count < MAX
                    && shared.published.firstEntry().getValue().time().isBefore(before)) {
                shared.pruned = shared.published.pollFirstEntry().getKey();
                count++;
            }
            return count;
        }
    }

    @Override
    public List<ChangeIntents.Intent> begin(List<ObjectKey> keys, boolean deletion, Origin origin, Instant now) {
        synchronized (shared) {
            List<ChangeIntents.Intent> begun = new ArrayList<>();
            for (ObjectKey key : keys) {
                ChangeIntents.Intent intent =
                        new ChangeIntents.Intent(++shared.lastIntent, key, deletion, origin, now, shared.lastEvent);
                shared.open.put(intent.id(), intent);
                shared.owners.put(intent.id(), process);
                begun.add(intent);
            }
            return begun;
        }
    }

    @Override
    public List<ChangeIntents.Intent> end(List<ChangeIntents.Intent> intents, List<Event> events) {
        synchronized (shared) {
            record(events);
            return intents.stream().filter(intent -> !end(intent)).toList();
        }
    }

    @Override
    public boolean settle(ChangeIntents.Intent intent, Optional<Event> event) {
        synchronized (shared) {
            boolean ended = end(intent);
            if (ended) {
                record(event.stream().toList());
            }
            return ended;
        }
    }

    private void record(List<Event> events) {
        events.forEach(event -> shared.waiting.put(++shared.lastWaiting, event));
    }

    private boolean end(ChangeIntents.Intent intent) {
        List<Long> others = shared.open.values().stream()
                .filter(other -> other.key().equals(intent.key()) && other.id() != intent.id())
                .map(ChangeIntents.Intent::id)
                .toList();
        if (others.isEmpty() && shared.disturbed.remove(intent.id())) {
            return false;
        }
        shared.disturbed.addAll(others);
        shared.open.remove(intent.id());
        shared.due.remove(intent.id());
        shared.disturbed.remove(intent.id());
        return true;
    }

    @Override
    public void markUncertain(List<ChangeIntents.Intent> intents, Instant time) {
        synchronized (shared) {
            intents.stream()
                    .filter(intent -> shared.open.containsKey(intent.id()))
                    .forEach(intent -> shared.due.put(intent.id(), time));
        }
    }

    @Override
    public List<ChangeIntents.Intent> abandoned(int max, long after, Instant now) {
        synchronized (shared) {
            return shared.open.tailMap(after, false).values().stream()
                    .filter(intent -> isAbandoned(intent, now))
                    .limit(max)
                    .toList();
        }
    }

    @Override
    public Optional<Event> lastEvent(ChangeIntents.Intent intent) {
        synchronized (shared) {
            List<Event> since = new ArrayList<>(
                    shared.published.tailMap(intent.after(), false).values());
            since.addAll(shared.waiting.values());
            return since.stream()
                    .filter(event -> event.key().equals(Optional.of(intent.key())))
                    .reduce((first, last) -> last);
        }
    }

    private boolean isAbandoned(ChangeIntents.Intent intent, Instant now) {
        Optional<Instant> time = Optional.ofNullable(shared.due.get(intent.id()));
        ProcessId owner = shared.owners.get(intent.id());
        return time.map(due -> !due.isAfter(now))
                .orElseGet(() -> !process.equals(owner) && !leases.alive(now).contains(owner));
    }

    /** The data that the processes share. */
    private static final class Shared {
        private InMemoryExpiry expiry = new InMemoryExpiry();
        private final TreeMap<Long, Event> waiting = new TreeMap<>();
        private final TreeMap<Long, Event> published = new TreeMap<>();
        private final Map<String, Long> journals = new HashMap<>();
        private final Map<String, Long> taken = new HashMap<>();
        private final TreeMap<Long, ChangeIntents.Intent> open = new TreeMap<>();
        private final Map<Long, ProcessId> owners = new HashMap<>();
        private final Set<Long> disturbed = new HashSet<>();
        private final Map<Long, Instant> due = new HashMap<>();
        private long lastWaiting;
        private long lastEvent;
        private long pruned;
        private long lastIntent;
    }
}
