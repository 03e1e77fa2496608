-- Times are in milliseconds since 1970, sizes in bytes, and flags are 0 or 1. All text is compared by its UTF-8 bytes, whatever the
-- database's own order is.
--
-- Tables whose rows come and go, or change often, leave free space in their pages for new versions of rows, and are vacuumed after a
-- fixed number of changes: a fraction of a table that is empty now and large later is not a useful measure.

-- The lowest schema version whose nodes can run on these tables. A later script that removes something raises it.
CREATE TABLE schema_floor (
    version INTEGER NOT NULL
);

INSERT INTO schema_floor (version) VALUES (1);

-- Rows to lock for things that have no row of their own, such as the usage of a key: the hash of a name chooses the row. They are locked in
-- the order of their numbers, and never changed. There are many, because some transactions lock a hundred of them.
CREATE TABLE lock_stripe (
    number INTEGER PRIMARY KEY
);

INSERT INTO lock_stripe (number) SELECT generate_series(0, 16383);

-- Processes, and until when each is taken to be alive.
CREATE TABLE process (
    id          TEXT COLLATE "C" PRIMARY KEY,
    alive_until BIGINT NOT NULL,
    -- When it last said that it is alive.
    heard_at    BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

-- Tasks that only one process may run at a time, and which one does. The entry of a process that is not alive does not count.
CREATE TABLE task_lease (
    task    TEXT COLLATE "C" PRIMARY KEY,
    process TEXT COLLATE "C" NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

-- Uploads about to begin: written before the store is asked, deleted when the session is written.
CREATE TABLE upload_intent (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key         TEXT COLLATE "C" NOT NULL,
    intended_at BIGINT NOT NULL,
    -- Null when the store's answer was lost.
    process     TEXT COLLATE "C",
    -- '' for principals without an id; null where the service begins the upload by itself.
    owner       TEXT COLLATE "C"
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX upload_intent_key ON upload_intent (key);
CREATE INDEX upload_intent_owner ON upload_intent (owner) WHERE owner IS NOT NULL;

-- Multipart uploads. A row outlives its upload by SESSION_RETENTION.
CREATE TABLE upload_session (
    -- The id that the store gave the upload.
    id                    TEXT COLLATE "C" PRIMARY KEY,
    key                   TEXT COLLATE "C" NOT NULL,
    -- The principal who began it; null where authentication is off.
    owner                 TEXT COLLATE "C",
    -- The values of the layout's fields in the key, a line of name=value each.
    layout_values         TEXT COLLATE "C" NOT NULL,
    -- Of the whole file; null while it is not known.
    expected_size         BIGINT,
    -- The process that sends a large file in parts by itself; null for an upload of a client.
    process               TEXT COLLATE "C",
    content_type          TEXT COLLATE "C" NOT NULL,
    -- A line of name=value each.
    metadata              TEXT COLLATE "C" NOT NULL,
    -- Cache-Control, Content-Disposition, Content-Encoding and Content-Language: a line of name=value for each that is set.
    headers               TEXT COLLATE "C" NOT NULL DEFAULT '',
    state                 TEXT COLLATE "C" NOT NULL,
    -- Grows with each change of state.
    version               BIGINT NOT NULL,
    initiated_at          BIGINT NOT NULL,
    -- It expires UPLOAD_TTL after this.
    active_at             BIGINT NOT NULL,
    -- What must hold of the object that the upload replaces, a line of name=value each; empty for nothing.
    conditions            TEXT COLLATE "C" NOT NULL DEFAULT '',
    -- The parts chosen, a line of number=tag each, and the file that they make.
    completion_parts      TEXT COLLATE "C",
    completion_size       BIGINT,
    completion_etag       TEXT COLLATE "C",
    completion_conditions TEXT COLLATE "C" NOT NULL DEFAULT '',
    -- Of resumable uploads: the id in their URL, the size of their parts, what the protocol remembers, and whether the upload makes no
    -- file, but a piece of one.
    resumable_id          TEXT COLLATE "C",
    part_size             BIGINT,
    memo                  TEXT COLLATE "C",
    partial               SMALLINT NOT NULL DEFAULT 0,
    -- Only the latest turn changes anything.
    turn                  BIGINT NOT NULL DEFAULT 0,
    -- The number of the newest attempt at a part.
    attempts              BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- For listings of unfinished uploads.
CREATE INDEX upload_session_key ON upload_session (key, id) WHERE state IN ('OPEN', 'COMPLETING');
CREATE INDEX upload_session_owner ON upload_session (owner, key, id) WHERE state IN ('OPEN', 'COMPLETING');
-- For the limit of each owner.
CREATE INDEX upload_session_open ON upload_session (owner, state, process)
    WHERE state IN ('OPEN', 'COMPLETING') AND process IS NULL;
-- For background work.
CREATE INDEX upload_session_activity ON upload_session (state, active_at, id);
CREATE INDEX upload_session_process ON upload_session (id) WHERE process IS NOT NULL;
CREATE INDEX upload_session_piece ON upload_session (active_at) WHERE partial = 1 AND state = 'COMPLETED';
CREATE UNIQUE INDEX upload_session_resumable ON upload_session (resumable_id) WHERE resumable_id IS NOT NULL;

CREATE TABLE upload_part (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    size       BIGINT NOT NULL,
    etag       TEXT COLLATE "C" NOT NULL,
    stored_at  BIGINT NOT NULL,
    PRIMARY KEY (session_id, number)
);

-- Attempts at parts are numbered within their upload, before the store is asked, so that the newest wins on whichever node it runs.
CREATE TABLE part_attempt (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    attempt    BIGINT NOT NULL,
    -- Of the part that was stored; null while the attempt is under way, or when its process ended before it was noted.
    etag       TEXT COLLATE "C",
    -- A newer attempt had begun when this one was noted, so the store may have the bytes of either.
    overtaken  SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, number, attempt)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Begins an attempt at a part that a client sends. Returns its number, and whether an older one was not recorded; no row when there is no
-- such upload that is open. The owner is null for any. The first statement locks the session; the last one sees what was committed before
-- that.
CREATE FUNCTION part_begin(of_key TEXT, of_session TEXT, of_owner TEXT, of_part INTEGER)
    RETURNS TABLE (begun BIGINT, contested BOOLEAN) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE upload_session SET attempts = attempts + 1
        WHERE id = of_session AND key = of_key AND state = 'OPEN' AND process IS NULL AND resumable_id IS NULL
            AND coalesce(of_owner, owner, '') = coalesce(owner, '')
        RETURNING attempts INTO begun;
    IF FOUND THEN
        INSERT INTO part_attempt (session_id, number, attempt) VALUES (of_session, of_part, begun);
        contested := EXISTS (
            SELECT 1 FROM part_attempt
            WHERE session_id = of_session AND number = of_part AND attempt < begun AND etag IS NULL
        );
        RETURN NEXT;
    END IF;
END $$;

-- Records the part that an attempt has stored, and returns whether it is RECORDED, OUTDATED by a newer one, or the upload is CLOSED. The
-- first statement locks the session; each of the others sees what was committed before that.
CREATE FUNCTION part_put(
    of_session TEXT, of_part INTEGER, of_attempt BIGINT, of_size BIGINT, of_etag TEXT, at_time BIGINT, of_now BIGINT
) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    is_open BOOLEAN;
BEGIN
    UPDATE upload_session SET active_at = greatest(active_at, of_now) WHERE id = of_session AND state = 'OPEN';
    is_open := FOUND;
    UPDATE part_attempt SET etag = of_etag, overtaken = CASE WHEN EXISTS (
            SELECT 1 FROM part_attempt WHERE session_id = of_session AND number = of_part AND attempt > of_attempt
        ) THEN 1 ELSE 0 END
        WHERE session_id = of_session AND number = of_part AND attempt = of_attempt;
    DELETE FROM part_attempt WHERE session_id = of_session AND number = of_part AND attempt < of_attempt
        AND etag IS NOT NULL AND overtaken = 0;
    IF NOT is_open THEN
        RETURN 'CLOSED';
    END IF;
    IF EXISTS (
        SELECT 1 FROM part_attempt
        WHERE session_id = of_session AND number = of_part AND attempt > of_attempt AND etag IS NOT NULL
    ) THEN
        RETURN 'OUTDATED';
    END IF;
    INSERT INTO upload_part (session_id, number, size, etag, stored_at)
        VALUES (of_session, of_part, of_size, of_etag, at_time)
        ON CONFLICT (session_id, number)
        DO UPDATE SET size = excluded.size, etag = excluded.etag, stored_at = excluded.stored_at;
    RETURN 'RECORDED';
END $$;

-- The bytes after the last whole part, in pieces that follow each other. The offset of an upload is the size of its parts and of its pieces
-- that are not staged. Staged pieces wait for the check of their digest, and are deleted by the next turn.
CREATE TABLE upload_tail (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    staged     SMALLINT NOT NULL,
    bytes      BYTEA NOT NULL,
    PRIMARY KEY (session_id, position)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Most of what is uploaded is compressed already.
ALTER TABLE upload_tail ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The state of the digest of an upload's bytes before a position, so that the digest of the whole file can be compared at its end.
CREATE TABLE upload_digest (
    session_id TEXT COLLATE "C" NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    state      BYTEA NOT NULL,
    PRIMARY KEY (session_id, position)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE TABLE batch_job (
    -- In the order of submission.
    number            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    id                TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The principal who submitted it; null where authentication is off.
    owner             TEXT COLLATE "C",
    operation         TEXT COLLATE "C" NOT NULL,
    -- KEYS, PREFIX or MANIFEST.
    source_kind       TEXT COLLATE "C" NOT NULL,
    -- The prefix, the manifest's key, or the first of the keys, a line each.
    source            TEXT COLLATE "C" NOT NULL,
    source_count      BIGINT NOT NULL,
    target_prefix     TEXT COLLATE "C",
    target_strip      TEXT COLLATE "C",
    target_key        TEXT COLLATE "C",
    target_type       TEXT COLLATE "C",
    -- A line of name=value each.
    target_metadata   TEXT COLLATE "C",
    -- A line of name=value for each header that the job changes; an empty value removes it.
    target_headers    TEXT COLLATE "C" NOT NULL DEFAULT '',
    dry_run           SMALLINT NOT NULL,
    stop_on_error     SMALLINT NOT NULL,
    max_attempts      INTEGER NOT NULL,
    concurrency       INTEGER NOT NULL,
    priority          INTEGER NOT NULL,
    failure_threshold BIGINT,
    idempotency_key   TEXT COLLATE "C" UNIQUE,
    fingerprint       TEXT COLLATE "C",
    state             TEXT COLLATE "C" NOT NULL,
    -- Grows with each change of state.
    version           BIGINT NOT NULL,
    -- Grows with each change of anything that clients see.
    revision          BIGINT NOT NULL DEFAULT 0,
    created_at        BIGINT NOT NULL,
    started_at        BIGINT,
    finished_at       BIGINT,
    error             TEXT COLLATE "C",
    message           TEXT COLLATE "C",
    -- How far the source was read.
    checkpoint        TEXT COLLATE "C",
    total_final       SMALLINT NOT NULL,
    total             BIGINT NOT NULL DEFAULT 0,
    -- Up to which number items were claimed for the first time.
    claimed           BIGINT NOT NULL DEFAULT 0,
    -- Counts of items with a result; changed in one transaction with them.
    succeeded         BIGINT NOT NULL DEFAULT 0,
    failed            BIGINT NOT NULL DEFAULT 0,
    skipped           BIGINT NOT NULL DEFAULT 0,
    bytes             BIGINT NOT NULL DEFAULT 0,
    -- Objects of the source that were passed over, because their keys can't be named in a request.
    unaddressable     BIGINT NOT NULL DEFAULT 0,
    -- Recent items per second, and from when and which count it is measured next; 0 for not yet.
    rate              DOUBLE PRECISION NOT NULL DEFAULT 0,
    rate_at           BIGINT NOT NULL DEFAULT 0,
    rate_done         BIGINT NOT NULL DEFAULT 0,
    -- Of a job whose items count only together: whether an attempt has ended early, so that it is begun anew.
    interrupted       SMALLINT NOT NULL DEFAULT 0,
    -- Invisible to clients; its rows are deleted little by little.
    removed           SMALLINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Jobs are worked on by turns of their owners; those without an owner are one owner's.
CREATE INDEX batch_job_turn ON batch_job (coalesce(owner, ''), priority DESC, number) WHERE state IN ('QUEUED', 'RUNNING');
-- For the limits of each owner.
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, ''), total) WHERE finished_at IS NULL;
CREATE INDEX batch_job_keyed ON batch_job (coalesce(owner, '')) WHERE idempotency_key IS NOT NULL;
CREATE INDEX batch_job_owner ON batch_job (owner, number) WHERE removed = 0;
CREATE INDEX batch_job_finished ON batch_job (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX batch_job_removed ON batch_job (number) WHERE removed = 1;

CREATE TABLE job_item (
    job       BIGINT NOT NULL REFERENCES batch_job (number),
    number    BIGINT NOT NULL,
    key       TEXT COLLATE "C" NOT NULL,
    size      BIGINT,
    -- Of the version that is worked on, where that was noted.
    etag      TEXT COLLATE "C",
    -- 0: never claimed, or within a claim's range; 1: waiting to be tried again; 2: claimed again; 3: succeeded; 4: failed; 5: skipped.
    state     SMALLINT NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    -- Of one that waits: when it is tried again.
    due_at    BIGINT,
    -- Of one claimed again: by which claim.
    claim     BIGINT,
    error     TEXT COLLATE "C",
    message   TEXT COLLATE "C",
    -- Of the copy that a move has made of that version, noted before the source is deleted.
    copy_etag TEXT COLLATE "C",
    PRIMARY KEY (job, number)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

CREATE INDEX job_item_waiting ON job_item (job, due_at, number) WHERE state = 1;
CREATE INDEX job_item_claim ON job_item (claim) WHERE claim IS NOT NULL;
-- For pages of one state: 2 for all that are pending.
CREATE INDEX job_item_state ON job_item (job, greatest(state, 2), number);

-- Items that a process has for itself while it is alive: those of a range that were never tried, or those that name the claim.
CREATE TABLE job_claim (
    number  BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    job     BIGINT NOT NULL REFERENCES batch_job (number),
    process TEXT COLLATE "C" NOT NULL,
    -- The range; empty when the items name the claim.
    first   BIGINT NOT NULL,
    last    BIGINT NOT NULL,
    -- What the claim is on: 0: items; 1: the reading of the source; 2: all items together, first to last.
    kind    SMALLINT NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE INDEX job_claim_job ON job_claim (job);

-- The keys that a job has found in its manifest so far, by the first 16 bytes of their SHA-256: a key named twice is one item. A job's rows
-- are deleted once all of its manifest was read.
CREATE TABLE job_key (
    job    BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (job, digest)
);

-- API keys. Of their secrets there are salted digests only. A row outlives its key: it says who did what in the audit log.
CREATE TABLE api_key (
    id         TEXT COLLATE "C" PRIMARY KEY,
    name       TEXT COLLATE "C" NOT NULL,
    -- A line each: everything, project=ID or prefix=TEXT.
    scopes     TEXT COLLATE "C" NOT NULL,
    -- A line each.
    actions    TEXT COLLATE "C" NOT NULL,
    salt       TEXT COLLATE "C" NOT NULL,
    digest     TEXT COLLATE "C" NOT NULL,
    -- The secret before the last rotation, and until when it works.
    old_salt   TEXT COLLATE "C",
    old_digest TEXT COLLATE "C",
    old_until  BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    -- To the minute.
    used_at    BIGINT
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Grows with each change of a key other than its use, so that nodes that hold keys in memory notice.
CREATE TABLE api_key_version (
    version BIGINT NOT NULL
) WITH (fillfactor = 10);

INSERT INTO api_key_version (version) VALUES (0);

-- Principals that an identity provider vouches for: their rights, as of the newest token.
CREATE TABLE known_principal (
    id      TEXT COLLATE "C" PRIMARY KEY,
    name    TEXT COLLATE "C" NOT NULL,
    scopes  TEXT COLLATE "C" NOT NULL,
    actions TEXT COLLATE "C" NOT NULL,
    seen_at BIGINT NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- Objects that count for a project, with their sizes as far as they are known. Exact where no intent is open.
CREATE TABLE usage_object (
    key     TEXT COLLATE "C" PRIMARY KEY,
    project TEXT COLLATE "C" NOT NULL,
    size    BIGINT NOT NULL
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- Changes of objects under way: written before the store is asked, deleted when the object's size is recorded.
CREATE TABLE usage_intent (
    id       BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    key      TEXT COLLATE "C" NOT NULL,
    project  TEXT COLLATE "C" NOT NULL,
    -- By how much the object may become larger than is counted.
    reserved BIGINT NOT NULL DEFAULT 0,
    -- The counted size that this builds on: meanwhile it is counted as no less.
    relied   BIGINT NOT NULL DEFAULT 0,
    -- The process that will settle it; null when any process may once it is due.
    process  TEXT COLLATE "C",
    due_at   BIGINT,
    -- Grows when others begin or end to change the same object.
    version  BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX usage_intent_key ON usage_intent (key);
CREATE INDEX usage_intent_process ON usage_intent (process, due_at);

-- A row once all objects were counted, with the layout that assigned them to projects.
CREATE TABLE usage_complete (
    layout TEXT COLLATE "C" NOT NULL
);

-- The totals of a project are the sum of its row in usage_project and of its rows in usage_delta; see the view usage_total. Changes only
-- add deltas, so they never wait for each other. usage_fold() moves deltas into usage_project.
CREATE TABLE usage_project (
    project  TEXT COLLATE "C" PRIMARY KEY,
    bytes    BIGINT NOT NULL DEFAULT 0,
    files    BIGINT NOT NULL DEFAULT 0,
    reserved BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE usage_delta (
    project  TEXT COLLATE "C" NOT NULL,
    bytes    BIGINT NOT NULL,
    files    BIGINT NOT NULL,
    reserved BIGINT NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE INDEX usage_delta_project ON usage_delta (project);

-- One statement has one snapshot, so it sees a delta either in usage_delta or in usage_project.
CREATE VIEW usage_total AS
    SELECT project, sum(bytes)::BIGINT AS bytes, sum(files)::BIGINT AS files, sum(reserved)::BIGINT AS reserved
    FROM (
        SELECT project, bytes, files, reserved FROM usage_project
        UNION ALL
        SELECT project, bytes, files, reserved FROM usage_delta
    ) AS rows
    GROUP BY project;

-- Folds up to that many deltas, and returns how many. May run on several nodes at once: each takes other deltas, and they change the rows
-- of projects in the same order. Both happen in one statement, so a delta is never counted twice or not at all.
CREATE FUNCTION usage_fold(most INTEGER) RETURNS BIGINT LANGUAGE SQL AS $$
    WITH folded AS (
        DELETE FROM usage_delta
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM usage_delta LIMIT most FOR UPDATE SKIP LOCKED))
        RETURNING project, bytes, files, reserved
    ), summed AS (
        INSERT INTO usage_project (project, bytes, files, reserved)
        SELECT project, sum(bytes), sum(files), sum(reserved) FROM folded GROUP BY project ORDER BY project
        ON CONFLICT (project) DO UPDATE SET
            bytes = usage_project.bytes + excluded.bytes,
            files = usage_project.files + excluded.files,
            reserved = usage_project.reserved + excluded.reserved
    )
    SELECT count(*) FROM folded;
$$;

-- The triggers run once per statement and add one delta per project.
CREATE FUNCTION usage_object_added() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, sum(size), count(*), 0 FROM added GROUP BY project;
    RETURN NULL;
END $$;

CREATE FUNCTION usage_object_removed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, -sum(size), -count(*), 0 FROM removed GROUP BY project;
    RETURN NULL;
END $$;

CREATE FUNCTION usage_object_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, sum(bytes), sum(files), 0
        FROM (
            SELECT project, size AS bytes, 1 AS files FROM added
            UNION ALL
            SELECT project, -size, -1 FROM removed
        ) AS rows
        GROUP BY project
        HAVING sum(bytes) <> 0 OR sum(files) <> 0;
    RETURN NULL;
END $$;

CREATE FUNCTION usage_intent_added() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, 0, 0, sum(reserved) FROM added GROUP BY project HAVING sum(reserved) <> 0;
    RETURN NULL;
END $$;

CREATE FUNCTION usage_intent_removed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, 0, 0, -sum(reserved) FROM removed GROUP BY project HAVING sum(reserved) <> 0;
    RETURN NULL;
END $$;

CREATE FUNCTION usage_intent_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_delta (project, bytes, files, reserved)
        SELECT project, 0, 0, sum(reserved)
        FROM (
            SELECT project, reserved FROM added
            UNION ALL
            SELECT project, -reserved FROM removed
        ) AS rows
        GROUP BY project
        HAVING sum(reserved) <> 0;
    RETURN NULL;
END $$;

CREATE TRIGGER usage_object_added AFTER INSERT ON usage_object
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_object_added();
CREATE TRIGGER usage_object_removed AFTER DELETE ON usage_object
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION usage_object_removed();
CREATE TRIGGER usage_object_changed AFTER UPDATE ON usage_object
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_object_changed();
CREATE TRIGGER usage_intent_added AFTER INSERT ON usage_intent
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_intent_added();
CREATE TRIGGER usage_intent_removed AFTER DELETE ON usage_intent
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION usage_intent_removed();
CREATE TRIGGER usage_intent_changed AFTER UPDATE ON usage_intent
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_intent_changed();
