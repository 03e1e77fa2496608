package dev.stowage.testkit;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The usage of projects in memory, as seen by one process. Safe for concurrent use; durable for as long as the object is referenced. */
public final class InMemoryUsage implements ProjectUsage {

    private final ProcessId process;
    private final Leases leases;
    private final Shared shared;

    /** Creates an empty record. */
    public InMemoryUsage() {
        this(new ProcessId("test"), new InMemoryLeases(new ProcessId("test")), new Shared());
    }

    private InMemoryUsage(ProcessId process, Leases leases, Shared shared) {
        this.process = process;
        this.leases = leases;
        this.shared = shared;
    }

    /** Returns the same record for a process with the leases {@code its}. */
    public InMemoryUsage as(ProcessId other, Leases its) {
        return new InMemoryUsage(other, its, shared);
    }

    @Override
    public ProjectUsage.Intent reserve(ObjectKey key, Quota quota, long size) {
        synchronized (shared) {
            long counted = size(key).orElse(0);
            long more = Math.max(0, size - counted);
            if (more > 0 && quota.limit().isPresent()) {
                long used = totals(quota.project()).used();
                if (more > quota.limit().getAsLong() - used) {
                    throw exceeded(quota, used);
                }
            }
            MemoryIntent intent = open(key, quota.project());
            intent.process = Optional.of(process);
            intent.relied = counted;
            intent.reserved = more;
            return intent.shown();
        }
    }

    @Override
    public ProjectUsage.Intent extend(ProjectUsage.Intent intent, Quota quota, long bytes) {
        synchronized (shared) {
            MemoryIntent open = shared.intents.get(intent.id());
            if (open == null) {
                throw new StorageUnavailable("The write took too long, and was given up", null);
            }
            long used = totals(quota.project()).used();
            long granted = Math.min(bytes, quota.limit().orElse(Long.MAX_VALUE) - used);
            if (granted < 1) {
                throw exceeded(quota, used);
            }
            open.reserved += granted;
            return intent.allowing(intent.allowed() + granted);
        }
    }

    @Override
    public List<ProjectUsage.Intent> intend(Map<ObjectKey, String> projects, Optional<Instant> due) {
        synchronized (shared) {
            List<ProjectUsage.Intent> intents = new ArrayList<>();
            projects.forEach((key, project) -> {
                MemoryIntent intent = open(key, project);
                intent.due = due;
                intent.process = due.isPresent() ? Optional.empty() : Optional.of(process);
                intents.add(intent.shown());
            });
            return intents;
        }
    }

    @Override
    public List<ProjectUsage.Intent> settle(List<ProjectUsage.Result> results) {
        synchronized (shared) {
            return results.stream().flatMap(result -> settle(result).stream()).toList();
        }
    }

    private Optional<ProjectUsage.Intent> settle(ProjectUsage.Result result) {
        ProjectUsage.Intent intent = result.intent();
        MemoryIntent open = shared.intents.get(intent.id());
        if (open == null) {
            MemoryIntent again = open(intent.key(), intent.project());
            again.process = Optional.of(process);
            again.version++;
            return Optional.of(again.shown());
        }
        List<MemoryIntent> others = shared.others(intent.key(), intent.id());
        if (others.isEmpty() && open.version != intent.version()) {
            return Optional.of(open.shown());
        }
        shared.intents.remove(intent.id());
        others.forEach(other -> other.version++);
        long relied = others.stream().mapToLong(other -> other.relied).max().orElse(0);
        if (result.size().isPresent() || relied > 0) {
            long size = Math.max(relied, result.size().orElse(0));
            shared.objects.put(intent.key(), new ProjectUsage.CountedObject(intent.key(), intent.project(), size));
        } else {
            shared.objects.remove(intent.key());
        }
        return Optional.empty();
    }

    @Override
    public void markUncertain(List<ProjectUsage.Intent> intents, Instant due) {
        synchronized (shared) {
            for (ProjectUsage.Intent intent : intents) {
                MemoryIntent open = shared.intents.get(intent.id());
                if (open != null) {
                    open.process = Optional.empty();
                    open.due = Optional.of(due);
                    open.reserved = 0;
                    open.relied = 0;
                }
            }
        }
    }

    @Override
    public List<ProjectUsage.Intent> abandoned(int max, long after, Instant now) {
        synchronized (shared) {
            Set<ProcessId> alive = leases.alive(now);
            return shared.intents.tailMap(after, false).values().stream()
                    .filter(intent -> intent.isAbandoned(alive, now))
                    .limit(max)
                    .map(MemoryIntent::shown)
                    .toList();
        }
    }

    @Override
    public ProjectUsage.Totals totals(String project) {
        synchronized (shared) {
            List<ProjectUsage.CountedObject> own = shared.objects.values().stream()
                    .filter(object -> object.project().equals(project))
                    .toList();
            long reserved = shared.intents.values().stream()
                    .filter(intent -> intent.project.equals(project))
                    .mapToLong(intent -> intent.reserved)
                    .sum();
            return new ProjectUsage.Totals(
                    project,
                    own.stream().mapToLong(ProjectUsage.CountedObject::size).sum(),
                    own.size(),
                    reserved);
        }
    }

    @Override
    public List<ProjectUsage.Totals> list(int max, Optional<String> after) {
        synchronized (shared) {
            Set<String> projects = new HashSet<>();
            shared.objects.values().forEach(object -> projects.add(object.project()));
            shared.intents.values().stream()
                    .filter(intent -> intent.reserved > 0)
                    .forEach(intent -> projects.add(intent.project));
            return projects.stream()
                    .filter(project -> after.isEmpty() || Utf8Order.compare(project, after.get()) > 0)
                    .sorted(Utf8Order::compare)
                    .limit(max)
                    .map(this::totals)
                    .toList();
        }
    }

    @Override
    public OptionalLong size(ObjectKey key) {
        synchronized (shared) {
            ProjectUsage.CountedObject object = shared.objects.get(key);
            return object == null ? OptionalLong.empty() : OptionalLong.of(object.size());
        }
    }

    @Override
    public List<ProjectUsage.CountedObject> objects(int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        synchronized (shared) {
            return shared.objects.values().stream()
                    .filter(object -> after.isEmpty() || object.key().compareTo(after.get()) > 0)
                    .filter(object -> upTo.isEmpty() || object.key().compareTo(upTo.get()) <= 0)
                    .limit(max)
                    .toList();
        }
    }

    @Override
    public boolean isComplete(String layout) {
        synchronized (shared) {
            return shared.layout.equals(Optional.of(layout));
        }
    }

    @Override
    public void complete(String layout) {
        synchronized (shared) {
            shared.layout = Optional.of(layout);
        }
    }

    @Override
    public void incomplete() {
        synchronized (shared) {
            shared.layout = Optional.empty();
        }
    }

    private MemoryIntent open(ObjectKey key, String project) {
        MemoryIntent intent = new MemoryIntent(++shared.numbers, key, project);
        List<MemoryIntent> others = shared.others(key, intent.id);
        others.forEach(other -> other.version++);
        intent.version = others.isEmpty() ? 0 : 1;
        shared.intents.put(intent.id, intent);
        return intent;
    }

    private static QuotaExceeded exceeded(Quota quota, long used) {
        return new QuotaExceeded(quota.project(), used, quota.limit().orElse(Long.MAX_VALUE));
    }

    /** The data that the processes share. */
    private static final class Shared {
        private final TreeMap<ObjectKey, ProjectUsage.CountedObject> objects = new TreeMap<>();
        private final TreeMap<Long, MemoryIntent> intents = new TreeMap<>();
        private Optional<String> layout = Optional.empty();
        private long numbers;

        private List<MemoryIntent> others(ObjectKey key, long than) {
            return intents.values().stream()
                    .filter(intent -> intent.key.equals(key) && intent.id != than)
                    .toList();
        }
    }

    /** An open intent. */
    private static final class MemoryIntent {
        private final long id;
        private final ObjectKey key;
        private final String project;
        private Optional<ProcessId> process = Optional.empty();
        private Optional<Instant> due = Optional.empty();
        private long reserved;
        private long relied;
        private long version;

        private MemoryIntent(long id, ObjectKey key, String project) {
            this.id = id;
            this.key = key;
            this.project = project;
        }

        private boolean isAbandoned(Set<ProcessId> alive, Instant now) {
            return process.isPresent()
                    ? !alive.contains(process.get())
                    : due.filter(time -> !time.isAfter(now)).isPresent();
        }

        private ProjectUsage.Intent shown() {
            return new ProjectUsage.Intent(id, key, project, relied + reserved, version);
        }
    }
}
