-- The conditions that select files of the source, one name=value per line; NULL for all files.
ALTER TABLE batch_job ADD COLUMN source_filter TEXT;
-- The number of items that were deleted because the filter does not select their files. They still count in total.
ALTER TABLE batch_job ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;

-- Submits a job again and again. The columns of the job are those of batch_job.
CREATE TABLE job_schedule (
    -- In the order of creation.
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT NOT NULL UNIQUE,
    -- NULL where no authentication is required.
    owner             TEXT,
    name              TEXT NOT NULL,
    cron              TEXT NOT NULL,
    time_zone         TEXT NOT NULL,
    -- Whether a job is submitted while the previous one has not finished.
    overlap_allowed   INTEGER NOT NULL,
    operation         TEXT NOT NULL,
    source_kind       TEXT NOT NULL,
    source            TEXT NOT NULL,
    source_count      INTEGER NOT NULL,
    source_filter     TEXT,
    target_prefix     TEXT,
    target_strip      TEXT,
    target_key        TEXT,
    target_type       TEXT,
    target_metadata   TEXT,
    target_headers    TEXT NOT NULL,
    dry_run           INTEGER NOT NULL,
    stop_on_error     INTEGER NOT NULL,
    max_attempts      INTEGER NOT NULL,
    concurrency       INTEGER NOT NULL,
    priority          INTEGER NOT NULL,
    failure_threshold INTEGER,
    created_at        INTEGER NOT NULL,
    -- Incremented by each change.
    version           INTEGER NOT NULL,
    -- NULL while the schedule is disabled.
    next_at           INTEGER,
    -- The time of a run that was begun, and whose job may not have been submitted yet.
    begun_at          INTEGER,
    -- The latest run that was submitted.
    last_at           INTEGER,
    last_job          TEXT,
    -- The number of times at which no job was submitted.
    missed            INTEGER NOT NULL,
    -- Why the latest run was not submitted.
    error             TEXT,
    message           TEXT
);

CREATE INDEX job_schedule_due ON job_schedule (coalesce(begun_at, next_at)) WHERE coalesce(begun_at, next_at) IS NOT NULL;
CREATE INDEX job_schedule_owner ON job_schedule (coalesce(owner, ''), number);
