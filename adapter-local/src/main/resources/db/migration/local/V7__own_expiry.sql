-- When the file that was stored expires by itself, in milliseconds since 1970; NULL when only rules may let it expire.
ALTER TABLE change ADD COLUMN expires_at INTEGER;
