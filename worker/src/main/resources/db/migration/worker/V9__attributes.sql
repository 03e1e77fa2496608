-- Cache-Control, Content-Disposition, Content-Encoding and Content-Language: one name=value per line for those that are set.
ALTER TABLE upload_session ADD COLUMN headers TEXT NOT NULL DEFAULT '';

-- Likewise, for those that the job changes; an empty value removes the attribute.
ALTER TABLE batch_job ADD COLUMN target_headers TEXT NOT NULL DEFAULT '';
