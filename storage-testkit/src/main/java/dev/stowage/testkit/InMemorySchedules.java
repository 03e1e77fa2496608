package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.JobSchedules;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Schedules in memory. Safe for concurrent use; durable for as long as the object is referenced. */
public final class InMemorySchedules implements JobSchedules {

    private final Map<Long, JobSchedule> schedules = new TreeMap<>();
    private long numbers;

    /** Creates an empty record. */
    public InMemorySchedules() {
        // There is nothing in it.
    }

    @Override
    public synchronized void add(JobSchedule schedule, int max) {
        long own = schedules.values().stream()
                .filter(known -> known.owner().equals(schedule.owner()))
                .count();
        if (own >= max) {
            throw TooManyOpen.schedules(max);
        }
        schedules.put(++numbers, schedule);
    }

    @Override
    public synchronized Optional<JobSchedule> find(String id) {
        return schedules.values().stream()
                .filter(schedule -> schedule.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized Page<JobSchedule, Long> list(Optional<String> owner, int max, long after) {
        List<Map.Entry<Long, JobSchedule>> found = schedules.entrySet().stream()
                .filter(entry ->
                        entry.getKey() > after && entry.getValue().owner().equals(owner))
                .limit(max + 1L)
                .toList();
        return Page.<Map.Entry<Long, JobSchedule>, Long>first(found, max, Map.Entry::getKey)
                .map(Map.Entry::getValue);
    }

    @Override
    public synchronized List<JobSchedule> due(Instant now, int max) {
        return schedules.values().stream()
                .filter(schedule ->
                        dueAt(schedule).filter(time -> !time.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(schedule -> dueAt(schedule).orElseThrow()))
                .limit(max)
                .toList();
    }

    private static Optional<Instant> dueAt(JobSchedule schedule) {
        return schedule.runs().begunAt().or(() -> schedule.runs().nextAt());
    }

    @Override
    public synchronized boolean change(JobSchedule from, JobSchedule to) {
        return schedules.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(from.id())
                        && entry.getValue().version() == from.version())
                .findFirst()
                .map(entry -> {
                    entry.setValue(to);
                    return true;
                })
                .orElse(false);
    }

    @Override
    public synchronized void remove(String id) {
        schedules.values().removeIf(schedule -> schedule.id().equals(id));
    }
}
