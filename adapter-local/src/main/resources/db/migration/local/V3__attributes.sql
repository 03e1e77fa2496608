-- Cache-Control, Content-Disposition, Content-Encoding and Content-Language: a line name=value for each that is set.
ALTER TABLE object ADD COLUMN headers TEXT NOT NULL DEFAULT '';
ALTER TABLE upload ADD COLUMN headers TEXT NOT NULL DEFAULT '';
