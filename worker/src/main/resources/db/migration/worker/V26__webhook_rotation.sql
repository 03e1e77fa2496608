-- The secret before the latest rotation, which signs beside the current one until then; NULL if there is none.
ALTER TABLE webhook ADD COLUMN former_secret TEXT;
ALTER TABLE webhook ADD COLUMN former_until INTEGER;
