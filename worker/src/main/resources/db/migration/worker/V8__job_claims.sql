-- What a claim is on: 0: items; 1: the reading of the source; 2: all items together, first to last.
ALTER TABLE job_claim ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
-- Of a job whose items count only together: whether an attempt has ended early, so that it is to be begun anew.
ALTER TABLE batch_job ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
-- When the process last said that it is alive.
ALTER TABLE process ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;
