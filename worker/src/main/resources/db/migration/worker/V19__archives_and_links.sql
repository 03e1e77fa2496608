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

-- Links to files and folders. Of their tokens and passwords, only digests are stored. Rows of links that have ended are kept for a while,
-- because the audit log refers to them.
CREATE TABLE link (
    id            TEXT    PRIMARY KEY NOT NULL,
    -- Of the token.
    digest        TEXT    NOT NULL UNIQUE,
    -- The key of the cookies that the link gives to browsers.
    secret        TEXT    NOT NULL,
    -- The principal who created it; '' when the service requires no authentication.
    owner         TEXT    NOT NULL,
    -- download or upload.
    kind          TEXT    NOT NULL,
    -- A key, or a prefix.
    target        TEXT    NOT NULL,
    is_prefix     INTEGER NOT NULL,
    password      TEXT,
    max_uses      INTEGER,
    -- Of each uploaded file.
    max_size      INTEGER,
    uses          INTEGER NOT NULL DEFAULT 0,
    used_at       INTEGER,
    -- Wrong passwords since the last pause, and the end of that pause.
    failures      INTEGER NOT NULL DEFAULT 0,
    blocked_until INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    revoked_at    INTEGER
) WITHOUT ROWID;

CREATE INDEX link_owner ON link (owner, created_at, id);
CREATE INDEX link_created ON link (created_at, id);
