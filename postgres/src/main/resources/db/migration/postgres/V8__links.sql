-- Links to files and folders. Of their tokens and passwords, only digests are stored. Rows of links that have ended are kept for a while,
-- because the audit log refers to them.
CREATE TABLE link (
    id            TEXT COLLATE "C" PRIMARY KEY,
    -- Of the token.
    digest        TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The principal who created it; '' when the service requires no authentication.
    owner         TEXT COLLATE "C" NOT NULL,
    -- download or upload.
    kind          TEXT COLLATE "C" NOT NULL,
    -- A key, or a prefix.
    target        TEXT COLLATE "C" NOT NULL,
    is_prefix     SMALLINT NOT NULL,
    password      TEXT COLLATE "C",
    max_uses      BIGINT,
    -- Of each uploaded file.
    max_size      BIGINT,
    uses          BIGINT NOT NULL DEFAULT 0,
    used_at       BIGINT,
    -- Wrong passwords, and when the first of them was sent.
    failures      INTEGER NOT NULL DEFAULT 0,
    failed_since  BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT,
    revoked_at    BIGINT
);

CREATE INDEX link_owner ON link (owner, created_at, id);
CREATE INDEX link_created ON link (created_at, id);

-- Downloads that ended early, which can be continued without another use of the link.
CREATE TABLE link_interruption (
    id            TEXT COLLATE "C" PRIMARY KEY,
    link_id       TEXT COLLATE "C" NOT NULL,
    -- The key; '' for an archive.
    file          TEXT COLLATE "C" NOT NULL,
    -- The number of bytes that were sent, from the first of the file.
    reached       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL
);

CREATE INDEX link_interruption_link ON link_interruption (link_id, file, reached);
CREATE INDEX link_interruption_expiry ON link_interruption (expires_at);
