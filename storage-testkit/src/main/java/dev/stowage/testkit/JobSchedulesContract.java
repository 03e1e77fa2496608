package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.JobSchedules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link JobSchedules}. */
public abstract class JobSchedulesContract {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final Optional<String> NOBODY = Optional.empty();

    private JobSchedules schedules = new InMemorySchedules();

    /** Opens an empty record. */
    protected abstract JobSchedules open();

    /** Closes the record and opens it again. */
    protected abstract JobSchedules reopen();

    @BeforeEach
    final void openRecord() {
        schedules = open();
    }

    @Test
    void add_storesAllFields() {
        JobTarget target = new JobTarget(
                Optional.of(new KeyPrefix("processed/p/")),
                Optional.of(new KeyPrefix("raw/")),
                Optional.of(new ObjectKey("raw/p/all.zip")),
                AttributeChanges.NONE);
        SourceFilter filter = new SourceFilter(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1),
                OptionalLong.empty(),
                Optional.of(new Glob("*.csv")),
                Optional.empty(),
                Metadata.NONE);
        JobSource keys = new JobSource.Keys(List.of(new ObjectKey("raw/p/a"), new ObjectKey("raw/p/b")), 2);
        JobOptions options = new JobOptions(true, true, 3, 4, -5, Optional.of(6));
        JobSchedule.Runs runs = new JobSchedule.Runs(
                Optional.of(NOW.plusSeconds(60)),
                Optional.of(NOW),
                Optional.of(NOW.minusSeconds(60)),
                Optional.of(new JobId("j")),
                7,
                Optional.of(new JobFailure("AccessDenied", "No")));
        JobSchedule all = new JobSchedule(
                "a",
                Optional.of("key:k"),
                "Täglich",
                "0 3 * * *",
                ZoneId.of("Europe/Berlin"),
                true,
                new JobSpec("copy", keys, Optional.of(filter), target, options)
                        .from(Optional.of(new ImportFrom("old-files", true))),
                NOW,
                runs,
                3);
        JobSchedule little = schedule("b", NOBODY, NOW);

        schedules.add(all, 10);
        schedules.add(little, 10);

        assertThat(reopen().find("a")).contains(all);
        assertThat(schedules.find("b")).contains(little);
        assertThat(schedules.find("c")).isEmpty();
    }

    @Test
    void add_beyondTheLimitOfTheOwner_isRefused() {
        schedules.add(schedule("a", NOBODY, NOW), 2);
        schedules.add(schedule("b", NOBODY, NOW), 2);
        schedules.add(schedule("c", Optional.of("other"), NOW), 2);

        assertThatThrownBy(() -> schedules.add(schedule("d", NOBODY, NOW), 2)).isInstanceOf(TooManyOpen.class);
        schedules.remove("a");
        schedules.remove("a");
        schedules.add(schedule("d", NOBODY, NOW), 2);
        assertThat(schedules.find("a")).isEmpty();
    }

    @Test
    void list_isOldestFirst_inPages_ofOneOwner() {
        schedules.add(schedule("c", NOBODY, NOW), 10);
        schedules.add(schedule("x", Optional.of("other"), NOW), 10);
        schedules.add(schedule("a", NOBODY, NOW), 10);
        schedules.add(schedule("b", NOBODY, NOW), 10);

        Page<JobSchedule, Long> first = schedules.list(NOBODY, 2, 0);
        Page<JobSchedule, Long> second = schedules.list(NOBODY, 2, first.next().orElseThrow());

        assertThat(first.items()).extracting(JobSchedule::id).containsExactly("c", "a");
        assertThat(second.items()).extracting(JobSchedule::id).containsExactly("b");
        assertThat(second.next()).isEmpty();
        assertThat(schedules.list(Optional.of("other"), 2, 0).items())
                .extracting(JobSchedule::id)
                .containsExactly("x");
    }

    @Test
    void due_hasWhatIsDueOrBegun_theLongestFirst() {
        JobSchedule begun = schedule("begun", NOBODY, NOW.minusSeconds(5));
        JobSchedule disabled = schedule("disabled", NOBODY, NOW.minusSeconds(5));
        schedules.add(schedule("later", NOBODY, NOW.plusSeconds(1)), 10);
        schedules.add(schedule("now", NOBODY, NOW), 10);
        schedules.add(begun, 10);
        schedules.add(disabled, 10);
        assertThat(schedules.change(
                        begun,
                        begun.with(begun.runs().begun(NOW.minusSeconds(5)).next(Optional.of(NOW.plusSeconds(60))))))
                .isTrue();
        assertThat(schedules.change(disabled, disabled.with(disabled.runs().next(Optional.empty()))))
                .isTrue();

        assertThat(schedules.due(NOW, 10)).extracting(JobSchedule::id).containsExactly("begun", "now");
        assertThat(schedules.due(NOW, 1)).extracting(JobSchedule::id).containsExactly("begun");
        assertThat(schedules.due(NOW.minusSeconds(6), 10)).isEmpty();
    }

    @Test
    void change_ofAnOlderVersion_orARemovedSchedule_doesNothing() {
        JobSchedule first = schedule("a", NOBODY, NOW);
        schedules.add(first, 10);
        JobSchedule second = first.with(first.runs().missing(1));

        assertThat(schedules.change(first, second)).isTrue();
        assertThat(schedules.change(first, first.with(first.runs().missing(2)))).isFalse();

        assertThat(reopen().find("a")).contains(second);
        schedules.remove("a");
        assertThat(schedules.change(second, second.with(second.runs().missing(1))))
                .isFalse();
    }

    private static JobSchedule schedule(String id, Optional<String> owner, Instant next) {
        JobSpec job = new JobSpec(
                "delete", new JobSource.Prefix(new KeyPrefix("raw/p/")), JobTarget.NONE, JobOptions.DEFAULT);
        return new JobSchedule(
                id, owner, "n", "* * * * *", ZoneId.of("UTC"), false, job, NOW, JobSchedule.Runs.from(next), 0);
    }
}
