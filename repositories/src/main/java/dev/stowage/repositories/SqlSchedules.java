package dev.stowage.repositories;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.JobSchedules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Schedules in an SQL database. */
final class SqlSchedules implements JobSchedules {

    static final String DUE = "SELECT * FROM job_schedule WHERE coalesce(begun_at, next_at) <= :now"
            + " ORDER BY coalesce(begun_at, next_at), number LIMIT :max";

    private final SqlDatabase database;

    SqlSchedules(SqlDatabase database) {
        this.database = database;
    }

    /** A row with its position. */
    private record Row(long number, JobSchedule schedule) {}

    @Override
    public void add(JobSchedule schedule, int max) {
        String owner = schedule.owner().orElse("");
        int unused = database.add(handle -> {
            database.dialect().lock(handle, List.of("schedules of " + owner));
            int count = handle.createQuery("SELECT count(*) FROM job_schedule WHERE coalesce(owner, '') = :owner")
                    .bind("owner", owner)
                    .mapTo(Integer.class)
                    .one();
            if (count >= max) {
                throw TooManyOpen.schedules(max);
            }
            return bind(
                            SpecRows.bind(
                                    handle.createUpdate(
                                            "INSERT INTO job_schedule (id, owner, name, cron, time_zone, overlap_allowed, "
                                                    + SpecRows.COLUMNS
                                                    + ", created_at, version, next_at, begun_at, last_at, last_job,"
                                                    + " missed, error, message) VALUES (:id, :owner, :name, :cron, :zone, :overlaps, "
                                                    + SpecRows.VALUES
                                                    + ", :created, :version, :next, :begun, :last, :job, :missed,"
                                                    + " :error, :message)"),
                                    schedule.job()),
                            schedule)
                    .bind("owner", schedule.owner())
                    .bind("name", schedule.name())
                    .bind("cron", schedule.cron())
                    .bind("zone", schedule.zone().getId())
                    .bind("overlaps", schedule.overlaps())
                    .bind("created", schedule.createdAt().toEpochMilli())
                    .execute();
        });
    }

    @Override
    public Optional<JobSchedule> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM job_schedule WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row(row).schedule())
                .findOne());
    }

    @Override
    public Page<JobSchedule, Long> list(Optional<String> owner, int max, long after) {
        List<Row> rows = database.read(handle -> handle.createQuery("SELECT * FROM job_schedule"
                        + " WHERE coalesce(owner, '') = :owner AND number > :after ORDER BY number LIMIT :limit")
                .bind("owner", owner.orElse(""))
                .bind("after", after)
                .bind("limit", max + 1)
                .map((row, context) -> row(row))
                .list());
        return Page.first(rows, max, Row::number).map(Row::schedule);
    }

    @Override
    public List<JobSchedule> due(Instant now, int max) {
        return database.read(handle -> handle.createQuery(DUE)
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> row(row).schedule())
                .list());
    }

    @Override
    public boolean change(JobSchedule from, JobSchedule to) {
        return database.write(handle -> bind(
                                handle.createUpdate("UPDATE job_schedule SET version = :version, next_at = :next,"
                                        + " begun_at = :begun, last_at = :last, last_job = :job, missed = :missed,"
                                        + " error = :error, message = :message WHERE id = :id AND version = :from"),
                                to)
                        .bind("from", from.version())
                        .execute()
                == 1);
    }

    @Override
    public void remove(String id) {
        int unused = database.write(handle -> handle.execute("DELETE FROM job_schedule WHERE id = ?", id));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, JobSchedule schedule) {
        JobSchedule.Runs runs = schedule.runs();
        return statement
                .bind("id", schedule.id())
                .bind("version", schedule.version())
                .bind("next", runs.nextAt().map(Instant::toEpochMilli))
                .bind("begun", runs.begunAt().map(Instant::toEpochMilli))
                .bind("last", runs.lastAt().map(Instant::toEpochMilli))
                .bind("job", runs.lastJob().map(JobId::value))
                .bind("missed", runs.missed())
                .bind("error", runs.error().map(JobFailure::error))
                .bind("message", runs.error().map(JobFailure::message));
    }

    private static Row row(ResultSet row) throws SQLException {
        String message = row.getString("message");
        JobSchedule.Runs runs = new JobSchedule.Runs(
                JobRows.instant(row, "next_at"),
                JobRows.instant(row, "begun_at"),
                JobRows.instant(row, "last_at"),
                JobRows.text(row, "last_job").map(JobId::new),
                row.getLong("missed"),
                JobRows.text(row, "error").map(error -> new JobFailure(error, message)));
        return new Row(
                row.getLong("number"),
                new JobSchedule(
                        row.getString("id"),
                        JobRows.text(row, "owner"),
                        row.getString("name"),
                        row.getString("cron"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getBoolean("overlap_allowed"),
                        SpecRows.spec(row),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        runs,
                        row.getLong("version")));
    }
}
