-- Links to files and folders. Of their tokens and passwords, only digests are stored. Rows of links that have ended are kept for a while,
-- because the audit log refers to them.
CREATE TABLE link (
    id            TEXT    PRIMARY KEY NOT NULL,
    -- Of the token.
    digest        TEXT    NOT NULL UNIQUE,
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
    -- Wrong passwords, and when the first of them was sent.
    failures      INTEGER NOT NULL DEFAULT 0,
    failed_since  INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    revoked_at    INTEGER
) WITHOUT ROWID;

CREATE INDEX link_owner ON link (owner, created_at, id);
CREATE INDEX link_created ON link (created_at, id);

-- Downloads that ended early, which can be continued without another use of the link.
CREATE TABLE link_interruption (
    id            TEXT    PRIMARY KEY NOT NULL,
    link_id       TEXT    NOT NULL,
    -- The key; '' for an archive.
    file          TEXT    NOT NULL,
    -- The number of bytes that were sent, from the first of the file.
    reached       INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX link_interruption_link ON link_interruption (link_id, file, reached);
CREATE INDEX link_interruption_expiry ON link_interruption (expires_at);
