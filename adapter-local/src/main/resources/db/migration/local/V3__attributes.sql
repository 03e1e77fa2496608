-- Cache-Control, Content-Disposition, Content-Encoding and Content-Language: one name=value per line for those that are set.
ALTER TABLE object ADD COLUMN headers TEXT NOT NULL DEFAULT '';
ALTER TABLE upload ADD COLUMN headers TEXT NOT NULL DEFAULT '';
