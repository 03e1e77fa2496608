-- Cache-Control, Content-Disposition, Content-Encoding and Content-Language: a line name=value for each that is set.
ALTER TABLE upload_session ADD COLUMN headers TEXT NOT NULL DEFAULT '';

-- Likewise, for each that the job changes; an empty value removes.
ALTER TABLE batch_job ADD COLUMN target_headers TEXT NOT NULL DEFAULT '';
