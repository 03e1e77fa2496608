-- Archives that who has the token can download until they expire. The token itself is not stored.
CREATE TABLE shared_archive (
    digest       TEXT    PRIMARY KEY NOT NULL,
    -- The principal who requested it; '' when the service requires no authentication.
    owner        TEXT    NOT NULL,
    -- A line for each prefix and each key.
    prefixes     TEXT    NOT NULL,
    keys         TEXT    NOT NULL,
    strip_prefix TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    -- Of the archive as it was requested.
    etag         TEXT    NOT NULL,
    expires_at   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX shared_archive_owner ON shared_archive (owner, expires_at);
CREATE INDEX shared_archive_expiry ON shared_archive (expires_at);

-- Checksums of the entries of archives, many in each row, for downloads that continue.
CREATE TABLE archive_block (
    etag       TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    checksums  BLOB    NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (etag, number)
) WITHOUT ROWID;

CREATE INDEX archive_block_expiry ON archive_block (expires_at);

-- The checksum of the beginning of an entry whose download broke off.
CREATE TABLE archive_progress (
    etag       TEXT    NOT NULL,
    entry      INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    crc        INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (etag, entry)
) WITHOUT ROWID;

CREATE INDEX archive_progress_expiry ON archive_progress (expires_at);
