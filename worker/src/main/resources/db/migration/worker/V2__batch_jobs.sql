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
);

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

-- Items that a process has for itself, for as long as it is alive: those of a range that were never tried, or those that name the claim.
CREATE TABLE job_claim (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    job      INTEGER NOT NULL REFERENCES batch_job (number),
    process  TEXT    NOT NULL,
    -- The range; empty when the items name the claim.
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL
);

CREATE INDEX job_claim_job ON job_claim (job);
