-- Archives that who has the token can download until they expire. The token itself is not stored.
CREATE TABLE shared_archive (
    digest       TEXT COLLATE "C" PRIMARY KEY,
    -- The principal who requested it; '' when the service requires no authentication.
    owner        TEXT COLLATE "C" NOT NULL,
    -- A line for each prefix and each key.
    prefixes     TEXT COLLATE "C" NOT NULL,
    keys         TEXT COLLATE "C" NOT NULL,
    strip_prefix TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    -- Of the archive as it was requested.
    etag         TEXT COLLATE "C" NOT NULL,
    expires_at   BIGINT NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX shared_archive_owner ON shared_archive (owner, expires_at);
CREATE INDEX shared_archive_expiry ON shared_archive (expires_at);

-- Checksums of the entries of archives, many in each row, for downloads that continue.
CREATE TABLE archive_block (
    etag       TEXT COLLATE "C" NOT NULL,
    number     BIGINT NOT NULL,
    checksums  BYTEA    NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (etag, number)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX archive_block_expiry ON archive_block (expires_at);

-- The checksum of the beginning of an entry whose download broke off.
CREATE TABLE archive_progress (
    etag       TEXT COLLATE "C" NOT NULL,
    entry      BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    crc        BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (etag, entry)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX archive_progress_expiry ON archive_progress (expires_at);
