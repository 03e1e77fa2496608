CREATE TABLE batch_job (
    -- In the order of submission.
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT    NOT NULL UNIQUE,
    operation         TEXT    NOT NULL,
    -- KEYS, PREFIX or MANIFEST.
    source_kind       TEXT    NOT NULL,
    -- The prefix, the manifest's key, or the first of the keys, one per line.
    source            TEXT    NOT NULL,
    source_count      INTEGER NOT NULL,
    target_prefix     TEXT,
    target_strip      TEXT,
    target_key        TEXT,
    target_type       TEXT,
    -- One name=value per line.
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
    -- Incremented by each change of state.
    version           INTEGER NOT NULL,
    -- Incremented by each change that clients can see.
    revision          INTEGER NOT NULL DEFAULT 0,
    created_at        INTEGER NOT NULL,
    started_at        INTEGER,
    finished_at       INTEGER,
    error             TEXT,
    message           TEXT,
    -- The position in the source up to which it has been read.
    checkpoint        TEXT,
    total_final       INTEGER NOT NULL,
    total             INTEGER NOT NULL DEFAULT 0,
    -- Items up to this number have been claimed at least once.
    claimed           INTEGER NOT NULL DEFAULT 0,
    -- The numbers of items with a result, updated in the same transaction as the items.
    succeeded         INTEGER NOT NULL DEFAULT 0,
    failed            INTEGER NOT NULL DEFAULT 0,
    skipped           INTEGER NOT NULL DEFAULT 0,
    bytes             INTEGER NOT NULL DEFAULT 0,
    -- The recent items per second, and the time and count from which it is measured next; 0 before the first measurement.
    rate              REAL    NOT NULL DEFAULT 0,
    rate_at           INTEGER NOT NULL DEFAULT 0,
    rate_done         INTEGER NOT NULL DEFAULT 0,
    -- Whether the job is deleted for clients; its rows are deleted in batches.
    removed           INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX batch_job_open ON batch_job (priority DESC, number) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX batch_job_finished ON batch_job (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX batch_job_removed ON batch_job (number) WHERE removed = 1;

CREATE TABLE job_item (
    job      INTEGER NOT NULL REFERENCES batch_job (number),
    number   INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    size     INTEGER,
    -- The ETag of the version that is processed, if it is recorded.
    etag     TEXT,
    -- 0: never claimed, or in the range of a claim; 1: waiting for a retry; 2: claimed again; 3: succeeded; 4: failed; 5: skipped.
    state    INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- In state 1: the time of the retry.
    due_at   INTEGER,
    -- In state 2: the claim.
    claim    INTEGER,
    error    TEXT,
    message  TEXT,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;

CREATE INDEX job_item_waiting ON job_item (job, due_at, number) WHERE state = 1;
CREATE INDEX job_item_claim ON job_item (claim) WHERE claim IS NOT NULL;

-- Items that are reserved by a process while it is alive: a range of items not yet attempted, or those that refer to the claim.
CREATE TABLE job_claim (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    job      INTEGER NOT NULL REFERENCES batch_job (number),
    process  TEXT    NOT NULL,
    -- The range; empty when the items refer to the claim.
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL
);

CREATE INDEX job_claim_job ON job_claim (job);
