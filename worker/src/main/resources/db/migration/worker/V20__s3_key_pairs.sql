-- Whether the key has an S3 key pair. Its secret is derived from the salt and a master secret that is not in the database.
ALTER TABLE api_key ADD COLUMN s3 INTEGER NOT NULL DEFAULT 0;
