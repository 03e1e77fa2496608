-- The bytes themselves, of an object that is short; null when they are in segments. In this table, as nothing ever walks it.
ALTER TABLE content ADD COLUMN bytes BLOB;
