-- A database of schema 5, as an older version of the service left it in the middle of its work.
CREATE TABLE "schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX "schema_history_s_idx" ON "schema_history" ("success");
INSERT INTO schema_history VALUES
    (1, '1', 'upload sessions', 'SQL', 'V1__upload_sessions.sql', 37088507, '', '2025-06-01 10:00:00.000', 7, 1),
    (2, '2', 'batch jobs', 'SQL', 'V2__batch_jobs.sql', 1490498581, '', '2025-06-01 10:00:00.000', 1, 1),
    (3, '3', 'access', 'SQL', 'V3__access.sql', -559592513, '', '2025-06-01 10:00:00.000', 1, 1),
    (4, '4', 'project usage', 'SQL', 'V4__project_usage.sql', -204808322, '', '2025-06-01 10:00:00.000', 1, 1),
    (5, '5', 'resumable uploads', 'SQL', 'V5__resumable_uploads.sql', 2062802142, '', '2025-06-01 10:00:00.000', 1, 1);

CREATE TABLE process (
    id           TEXT    PRIMARY KEY NOT NULL,
    alive_until  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE task_lease (
    task     TEXT PRIMARY KEY NOT NULL,
    process  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE upload_intent (
    id           TEXT    PRIMARY KEY NOT NULL,
    key          TEXT    NOT NULL,
    intended_at  INTEGER NOT NULL,
    -- None when the store's answer was lost.
    process      TEXT
) WITHOUT ROWID;

CREATE INDEX upload_intent_key ON upload_intent (key);

CREATE TABLE upload_session (
    -- The name that the store gave the upload.
    id                TEXT    PRIMARY KEY NOT NULL,
    key               TEXT    NOT NULL,
    -- The principal who began it; none where nobody has to say who they are.
    owner             TEXT,
    -- What the layout calls the key's segments, a line of name=value each.
    layout_values     TEXT    NOT NULL,
    -- Of the whole, in bytes; none while it is not known.
    expected_size     INTEGER,
    -- That sends a large file in parts by itself; none for an upload that a client goes on with.
    process           TEXT,
    content_type      TEXT    NOT NULL,
    -- A line of name=value each.
    metadata          TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    -- Grows with each change of state.
    version           INTEGER NOT NULL,
    initiated_at      INTEGER NOT NULL,
    -- It expires UPLOAD_TTL after this.
    active_at         INTEGER NOT NULL,
    -- The parts chosen, a line of number=tag each, and what they make.
    completion_parts  TEXT,
    completion_size   INTEGER,
    completion_etag   TEXT
, resumable_id TEXT, part_size    INTEGER, memo         TEXT, partial      INTEGER NOT NULL DEFAULT 0, turn         INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;

CREATE INDEX upload_session_key ON upload_session (key, id) WHERE state IN ('OPEN', 'COMPLETING');

CREATE INDEX upload_session_activity ON upload_session (state, active_at, id);

CREATE INDEX upload_session_process ON upload_session (id) WHERE process IS NOT NULL;

CREATE TABLE upload_part (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    stored_at  INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
) WITHOUT ROWID;

CREATE TABLE batch_job (
    -- In the order of submission.
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT    NOT NULL UNIQUE,
    operation         TEXT    NOT NULL,
    -- KEYS, PREFIX or MANIFEST.
    source_kind       TEXT    NOT NULL,
    -- The prefix, the manifest's key, or the first of the keys, a line each.
    source            TEXT    NOT NULL,
    source_count      INTEGER NOT NULL,
    target_prefix     TEXT,
    target_strip      TEXT,
    target_key        TEXT,
    target_type       TEXT,
    -- A line of name=value each.
    target_metadata   TEXT,
    dry_run           INTEGER NOT NULL,
    stop_on_error     INTEGER NOT NULL,
    max_attempts      INTEGER NOT NULL,
    concurrency       INTEGER NOT NULL,
    priority          INTEGER NOT NULL,
    failure_threshold INTEGER,
    idempotency_key   TEXT    UNIQUE,
    fingerprint       TEXT,
    state             TEXT    NOT NULL,
    -- Grows with each change of state.
    version           INTEGER NOT NULL,
    -- Grows with each change of anything that clients see.
    revision          INTEGER NOT NULL DEFAULT 0,
    created_at        INTEGER NOT NULL,
    started_at        INTEGER,
    finished_at       INTEGER,
    error             TEXT,
    message           TEXT,
    -- How far the source was read.
    checkpoint        TEXT,
    total_final       INTEGER NOT NULL,
    total             INTEGER NOT NULL DEFAULT 0,
    -- Up to which number items were claimed for the first time.
    claimed           INTEGER NOT NULL DEFAULT 0,
    -- Of items with a result; changed in one transaction with these.
    succeeded         INTEGER NOT NULL DEFAULT 0,
    failed            INTEGER NOT NULL DEFAULT 0,
    skipped           INTEGER NOT NULL DEFAULT 0,
    bytes             INTEGER NOT NULL DEFAULT 0,
    -- Items per second of late, and since when and which count it is measured next; 0 for not yet.
    rate              REAL    NOT NULL DEFAULT 0,
    rate_at           INTEGER NOT NULL DEFAULT 0,
    rate_done         INTEGER NOT NULL DEFAULT 0,
    -- Seen by nobody any more; its rows go little by little.
    removed           INTEGER NOT NULL DEFAULT 0
, owner TEXT);

CREATE INDEX batch_job_open ON batch_job (priority DESC, number) WHERE state IN ('QUEUED', 'RUNNING');

CREATE INDEX batch_job_finished ON batch_job (finished_at) WHERE finished_at IS NOT NULL;

CREATE INDEX batch_job_removed ON batch_job (number) WHERE removed = 1;

CREATE TABLE job_item (
    job      INTEGER NOT NULL REFERENCES batch_job (number),
    number   INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    size     INTEGER,
    -- Of the version that is worked on, where that was noted.
    etag     TEXT,
    -- 0: never claimed, or within a claim's range; 1: waiting to be tried again; 2: claimed again; 3: succeeded; 4: failed; 5: skipped.
    state    INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Of one that waits: when it is tried again.
    due_at   INTEGER,
    -- Of one claimed again: by which claim.
    claim    INTEGER,
    error    TEXT,
    message  TEXT,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;

CREATE INDEX job_item_waiting ON job_item (job, due_at, number) WHERE state = 1;

CREATE INDEX job_item_claim ON job_item (claim) WHERE claim IS NOT NULL;

CREATE TABLE job_claim (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    job      INTEGER NOT NULL REFERENCES batch_job (number),
    process  TEXT    NOT NULL,
    -- The range; empty when the items name the claim.
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL
);

CREATE INDEX job_claim_job ON job_claim (job);

CREATE INDEX batch_job_owner ON batch_job (owner, number) WHERE removed = 0;

CREATE INDEX upload_session_owner ON upload_session (owner, key, id) WHERE state IN ('OPEN', 'COMPLETING');

CREATE TABLE api_key (
    id           TEXT    PRIMARY KEY NOT NULL,
    name         TEXT    NOT NULL,
    -- With the keys of which it works, a line each: everything, project=ID or prefix=TEXT.
    scopes       TEXT    NOT NULL,
    -- A line each.
    actions      TEXT    NOT NULL,
    salt         TEXT    NOT NULL,
    digest       TEXT    NOT NULL,
    -- The secret before the last rotation, and until when it works.
    old_salt     TEXT,
    old_digest   TEXT,
    old_until    INTEGER,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    -- To the minute.
    used_at      INTEGER
) WITHOUT ROWID;

CREATE TABLE api_key_version (version INTEGER NOT NULL);

CREATE TABLE known_principal (
    id       TEXT    PRIMARY KEY NOT NULL,
    name     TEXT    NOT NULL,
    scopes   TEXT    NOT NULL,
    actions  TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE usage_object (
    key      TEXT    PRIMARY KEY NOT NULL,
    project  TEXT    NOT NULL,
    -- In bytes, as all here.
    size     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE usage_project (
    project   TEXT    PRIMARY KEY NOT NULL,
    bytes     INTEGER NOT NULL DEFAULT 0,
    files     INTEGER NOT NULL DEFAULT 0,
    reserved  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE usage_intent (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT    NOT NULL,
    project   TEXT    NOT NULL,
    -- What the object may become larger by than is counted.
    reserved  INTEGER NOT NULL DEFAULT 0,
    -- The size counted that this builds on: it is counted as no less meanwhile.
    relied    INTEGER NOT NULL DEFAULT 0,
    -- The process that will settle it; none when anybody may who looks when it is due.
    process   TEXT,
    due_at    INTEGER,
    -- Grows when others begin or end to change the same object.
    version   INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX usage_intent_key ON usage_intent (key);

CREATE INDEX usage_intent_process ON usage_intent (process, due_at);

CREATE TABLE usage_complete (
    layout  TEXT NOT NULL
);

CREATE TRIGGER usage_object_added AFTER INSERT ON usage_object BEGIN
    INSERT INTO usage_project (project, bytes, files) VALUES (new.project, new.size, 1)
        ON CONFLICT (project) DO UPDATE SET bytes = bytes + excluded.bytes, files = files + 1;
END;

CREATE TRIGGER usage_object_gone AFTER DELETE ON usage_object BEGIN
    UPDATE usage_project SET bytes = bytes - old.size, files = files - 1 WHERE project = old.project;
END;

CREATE TRIGGER usage_object_resized AFTER UPDATE ON usage_object WHEN new.project = old.project BEGIN
    UPDATE usage_project SET bytes = bytes + new.size - old.size WHERE project = new.project;
END;

CREATE TRIGGER usage_object_moved AFTER UPDATE ON usage_object WHEN new.project <> old.project BEGIN
    UPDATE usage_project SET bytes = bytes - old.size, files = files - 1 WHERE project = old.project;
    INSERT INTO usage_project (project, bytes, files) VALUES (new.project, new.size, 1)
        ON CONFLICT (project) DO UPDATE SET bytes = bytes + excluded.bytes, files = files + 1;
END;

CREATE TRIGGER usage_intent_added AFTER INSERT ON usage_intent WHEN new.reserved > 0 BEGIN
    INSERT INTO usage_project (project, reserved) VALUES (new.project, new.reserved)
        ON CONFLICT (project) DO UPDATE SET reserved = reserved + excluded.reserved;
END;

CREATE TRIGGER usage_intent_changed AFTER UPDATE OF reserved ON usage_intent BEGIN
    INSERT INTO usage_project (project, reserved) VALUES (new.project, new.reserved - old.reserved)
        ON CONFLICT (project) DO UPDATE SET reserved = reserved + excluded.reserved;
END;

CREATE TRIGGER usage_intent_gone AFTER DELETE ON usage_intent WHEN old.reserved > 0 BEGIN
    UPDATE usage_project SET reserved = reserved - old.reserved WHERE project = old.project;
END;

CREATE UNIQUE INDEX upload_session_resumable ON upload_session (resumable_id) WHERE resumable_id IS NOT NULL;

CREATE INDEX upload_session_piece ON upload_session (active_at) WHERE partial = 1 AND state = 'COMPLETED';

CREATE TABLE upload_tail (
    session_id TEXT    NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    staged     INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (session_id, position)
);

INSERT INTO api_key_version VALUES (0);

-- A process that is long gone, with two uploads open and one job half done.
INSERT INTO process (id, alive_until) VALUES ('older', 1748772020000);

INSERT INTO upload_session (id, key, layout_values, content_type, metadata, state, version, initiated_at, active_at)
VALUES ('f1058ea451e4e6b778ffe500f609267c', 'raw/p1/up', 'stage=raw
project_id=p1
filename=up
', 'application/octet-stream', '', 'OPEN', 1, 1748772000000, CAST(strftime('%s', 'now') AS INTEGER) * 1000);
INSERT INTO upload_part VALUES ('f1058ea451e4e6b778ffe500f609267c', 1, 8, '3303e12af474ca11d85ed2966a932992', 1748772000000);

INSERT INTO upload_session (id, key, layout_values, expected_size, content_type, metadata, state, version, initiated_at, active_at,
    resumable_id, part_size, memo, partial, turn)
VALUES ('582ef4b56b25524fe2003b5796a8fa8f', 'raw/p1/tus', 'stage=raw
project_id=p1
filename=tus
', 10, 'application/octet-stream', '', 'OPEN', 1, 1748772000000, CAST(strftime('%s', 'now') AS INTEGER) * 1000,
    'c956e3e759af418999a2a0f39ea6c459', 8388608, 'key cmF3L3AxL3R1cw==
', 0, 1);
INSERT INTO upload_tail VALUES ('582ef4b56b25524fe2003b5796a8fa8f', 0, 5, 0, x'68656C6C6F');

-- Copies raw/p1/ to processed/p1/: a has a result, b was claimed, c and d are to come.
INSERT INTO batch_job (id, operation, source_kind, source, source_count, target_prefix, target_strip, dry_run, stop_on_error, max_attempts,
    concurrency, priority, state, version, created_at, started_at, total_final, total, claimed, succeeded, bytes)
VALUES ('half-done', 'copy', 'PREFIX', 'raw/p1/', 0, 'processed/p1/', 'raw/p1/', 0, 0, 5,
    8, 0, 'RUNNING', 2, 1748772000000, 1748772000000, 1, 4, 2, 1, 5);
INSERT INTO job_item (job, number, key, size, state, attempts) VALUES
    (1, 1, 'raw/p1/a', 5, 3, 1), (1, 2, 'raw/p1/b', 5, 0, 0), (1, 3, 'raw/p1/c', 5, 0, 0), (1, 4, 'raw/p1/d', 5, 0, 0);
INSERT INTO job_claim (job, process, first, last) VALUES (1, 'older', 2, 2);
