-- The import source that the files of the job come from; NULL for files of the service.
ALTER TABLE batch_job ADD COLUMN import_from TEXT;
-- Whether an import replaces other files.
ALTER TABLE batch_job ADD COLUMN import_overwrite INTEGER NOT NULL DEFAULT 0;

ALTER TABLE job_schedule ADD COLUMN import_from TEXT;
ALTER TABLE job_schedule ADD COLUMN import_overwrite INTEGER NOT NULL DEFAULT 0;
