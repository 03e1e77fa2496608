-- The conditions on the object that the upload replaces, one name=value per line; may be empty. Given when a resumable upload was created
-- and when the parts were chosen.
ALTER TABLE upload_session ADD COLUMN conditions            TEXT NOT NULL DEFAULT '';
ALTER TABLE upload_session ADD COLUMN completion_conditions TEXT NOT NULL DEFAULT '';
