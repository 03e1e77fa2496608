-- What must hold of the object that an upload replaces, a line each, name=value; empty for nothing. Asked for when an upload that goes on at
-- a byte was begun, and when the parts were chosen.
ALTER TABLE upload_session ADD COLUMN conditions            TEXT NOT NULL DEFAULT '';
ALTER TABLE upload_session ADD COLUMN completion_conditions TEXT NOT NULL DEFAULT '';
