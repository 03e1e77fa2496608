-- What a still later version may do once no node of this one runs: raise the floor, and remove what only this one needs.
UPDATE schema_floor SET version = (SELECT max(CAST(version AS INTEGER)) + 1 FROM schema_history);
ALTER TABLE process DROP COLUMN heard_at;
