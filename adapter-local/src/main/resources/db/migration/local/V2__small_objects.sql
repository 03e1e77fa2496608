-- The bytes of a short object; NULL when they are in segments. They are in this table because it is never scanned.
ALTER TABLE content ADD COLUMN bytes BLOB;
