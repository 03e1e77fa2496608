-- The digests with which a body was stored, besides its MD5: one name=base64 per line; NULL for none.
ALTER TABLE content ADD COLUMN checksums TEXT;
ALTER TABLE segment ADD COLUMN checksums TEXT;
