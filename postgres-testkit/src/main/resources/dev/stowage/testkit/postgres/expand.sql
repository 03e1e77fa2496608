-- What a later version may do while nodes of this one run: add columns that have a default or may be null, tables and indexes.
ALTER TABLE process ADD COLUMN zone TEXT COLLATE "C";
ALTER TABLE upload_session ADD COLUMN color TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE upload_part ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE batch_job ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE job_item ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE job_claim ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE api_key ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE usage_object ADD COLUMN color TEXT COLLATE "C";
ALTER TABLE usage_intent ADD COLUMN color TEXT COLLATE "C";

CREATE TABLE color (
    name TEXT COLLATE "C" PRIMARY KEY
);

CREATE INDEX upload_session_color ON upload_session (color);
