-- Why the service deleted the file by itself; NULL when a client did.
ALTER TABLE change ADD COLUMN reason TEXT;
